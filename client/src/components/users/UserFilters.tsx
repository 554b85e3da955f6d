import { X } from "lucide-react";
import { Button } from "@/components/common/Button";
import { Select } from "@/components/common/Select";
import type { Patch } from "@/hooks/useUrlState";
import { presenceText, roleText, statusText, usersText } from "@/messages/users";
import { FIRST_PAGE, hasFilter, type listParams, NO_FILTER, type UserListState } from "./listState";
import { SearchBox } from "./SearchBox";

interface UserFiltersProps {
  state: UserListState;
  patch: Patch<typeof listParams>;
}

export function UserFilters({ state, patch }: UserFiltersProps) {
  return (
    <section aria-label={usersText.filters} className="flex flex-wrap items-center gap-2">
      <SearchBox
        value={state.search}
        onChange={(search) => patch({ search, ...FIRST_PAGE }, "replace")}
      />
      <FilterSelect
        label={usersText.role}
        any={usersText.anyRole}
        options={["ADMIN", "MEMBER"]}
        words={roleText}
        value={state.role}
        onChange={(role) => patch({ role, ...FIRST_PAGE })}
      />
      <FilterSelect
        label={usersText.status}
        any={usersText.anyStatus}
        options={["ACTIVE", "DISABLED"]}
        words={statusText}
        value={state.status}
        onChange={(status) => patch({ status, ...FIRST_PAGE })}
      />
      <FilterSelect
        label={usersText.presence}
        any={usersText.anyPresence}
        options={["ONLINE", "OFFLINE"]}
        words={presenceText}
        value={state.presence}
        onChange={(presence) => patch({ presence, ...FIRST_PAGE })}
      />
      {hasFilter(state) && (
        <Button variant="ghost" onClick={() => patch({ ...NO_FILTER, ...FIRST_PAGE })}>
          <X aria-hidden />
          {usersText.clearFilters}
        </Button>
      )}
    </section>
  );
}

interface FilterSelectProps<T extends string> {
  label: string;
  /** The word for no filter. */
  any: string;
  options: readonly T[];
  words: Readonly<Record<T, string>>;
  value: T | null;
  onChange: (value: T | null) => void;
}

function FilterSelect<T extends string>(props: FilterSelectProps<T>) {
  const { label, any, options, words, value, onChange } = props;
  return (
    <Select
      aria-label={label}
      className="w-auto grow sm:grow-0"
      value={value ?? ""}
      onChange={(event) => {
        const chosen = event.target.value;
        onChange(options.find((option) => option === chosen) ?? null);
      }}
      options={[
        { value: "", label: any },
        ...options.map((option) => ({ value: option, label: words[option] })),
      ]}
    />
  );
}
