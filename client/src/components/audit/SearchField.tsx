import { Search } from "lucide-react";
import { type Ref, useEffect, useRef, useState } from "react";
import { SEARCH_MAX } from "@/components/audit/auditView";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";
import { useDebounced } from "@/hooks/useDebounced";
import { auditText } from "@/messages/audit";

interface SearchFieldProps {
  value: string;
  onSearch: (text: string) => void;
  inputRef?: Ref<HTMLInputElement>;
}

export function SearchField({ value, onSearch, inputRef }: SearchFieldProps) {
  const [draft, setDraft] = useState(value);
  const settled = useDebounced(draft);
  const asked = useRef(value);
  const search = useRef(onSearch);
  search.current = onSearch;
  useEffect(() => {
    // The address changed by other hands: back, or a filter taken away.
    if (value !== asked.current) setDraft(value);
    asked.current = value;
  }, [value]);
  useEffect(() => {
    const text = settled.trim();
    if (text === asked.current) return;
    asked.current = text;
    search.current(text);
  }, [settled]);
  return (
    <Field label={auditText.search}>
      {(control) => (
        <Input
          {...control}
          ref={inputRef}
          type="search"
          icon={<Search />}
          value={draft}
          maxLength={SEARCH_MAX}
          placeholder={auditText.searchHint}
          onChange={(event) => setDraft(event.target.value)}
        />
      )}
    </Field>
  );
}
