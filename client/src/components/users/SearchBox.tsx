import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "@/components/common/Input";
import { useDebounced } from "@/hooks/useDebounced";
import { useShortcut } from "@/hooks/useShortcut";
import { usersText } from "@/messages/users";
import { SEARCH_MAX } from "./listState";

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
}

/** Searches once the typing pauses; `/` leads here. */
export function SearchBox({ value, onChange }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed);
  const told = useRef(value);
  useShortcut("/", () => input.current?.select(), { label: usersText.search });

  // Another address (Back, "Clear filters") puts its own words here.
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);

  useEffect(() => {
    if (settled !== typed || settled === told.current) return;
    told.current = settled;
    onChange(settled);
  }, [settled, typed, onChange]);

  return (
    <Input
      ref={input}
      type="search"
      icon={<Search />}
      value={typed}
      maxLength={SEARCH_MAX}
      placeholder={usersText.searchHint}
      aria-label={usersText.search}
      aria-keyshortcuts="/"
      className="w-full sm:w-64"
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}
