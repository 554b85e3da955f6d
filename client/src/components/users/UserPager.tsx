import { useId } from "react";
import type { UsersPageQuery } from "@/api/gql/graphql";
import { Pager } from "@/components/common/Pager";
import { Select } from "@/components/common/Select";
import type { Patch } from "@/hooks/useUrlState";
import { usersText } from "@/messages/users";
import { FIRST_PAGE, type listParams, PAGE_SIZES } from "./listState";

interface UserPagerProps {
  size: number;
  pageInfo: UsersPageQuery["users"]["pageInfo"];
  /** What is shown is of another filter or page. */
  busy: boolean;
  patch: Patch<typeof listParams>;
}

const SIZES = PAGE_SIZES.map((size) => ({ value: String(size), label: String(size) }));

export function UserPager({ size, pageInfo, busy, patch }: UserPagerProps) {
  const sizeId = useId();
  const { hasPreviousPage, hasNextPage, startCursor, endCursor } = pageInfo;
  return (
    <footer className="flex flex-wrap items-center justify-between gap-2 border-t border-hairline px-3 py-2">
      <label htmlFor={sizeId} className="flex items-center gap-2 text-table text-muted">
        {usersText.pageSize}
        <Select
          id={sizeId}
          className="w-20"
          value={size}
          options={SIZES}
          onChange={(event) => patch({ size: Number(event.target.value), ...FIRST_PAGE })}
        />
      </label>
      <Pager
        label={usersText.pageLabel}
        hasPrevious={hasPreviousPage && !busy}
        hasNext={hasNextPage && !busy}
        onPrevious={() => patch({ before: startCursor, after: null }, "turn")}
        onNext={() => patch({ after: endCursor, before: null }, "turn")}
      />
    </footer>
  );
}
