import { Th } from "@/components/common/Th";
import { VisuallyHidden } from "@/components/common/VisuallyHidden";

interface HeadRowProps {
  columns: readonly string[];
  /** Names the column of buttons at the end for screen readers; they say what they do. */
  actions: string;
}

/** The head of a table whose rows end in what can be done with them. */
export function HeadRow({ columns, actions }: HeadRowProps) {
  return (
    <thead>
      <tr>
        {columns.map((name) => (
          <Th key={name}>{name}</Th>
        ))}
        <Th>
          <VisuallyHidden>{actions}</VisuallyHidden>
        </Th>
      </tr>
    </thead>
  );
}
