import { condense, sparkPath } from "./sparkline";

const SIZE = { width: 120, height: 28 };

/** Decorative: the figure beside it and the chart below say the same in words. */
export function Sparkline({ values }: { values: (number | null)[] }) {
  const path = sparkPath(condense(values), SIZE);
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      preserveAspectRatio="none"
      className="h-7 w-full text-accent"
    >
      {path ? (
        <path
          d={path}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
          strokeLinejoin="round"
        />
      ) : (
        <line
          x1="0"
          x2={SIZE.width}
          y1="27"
          y2="27"
          className="text-hairline"
          stroke="currentColor"
          strokeDasharray="2 3"
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
