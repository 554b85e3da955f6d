import { Monitor, Smartphone, Tablet, Terminal } from "lucide-react";

// The words of the server's domain/devices.py.
const KINDS = [
  [/iPhone|Android/, Smartphone],
  [/iPad/, Tablet],
  [/curl|Python|Postman|Node\.js/, Terminal],
] as const;

export function DeviceIcon({ device }: { device: string }) {
  const Icon = KINDS.find(([words]) => words.test(device))?.[1] ?? Monitor;
  return (
    <span
      aria-hidden
      data-fill
      className="flex size-8 shrink-0 items-center justify-center rounded-control bg-sunken text-muted"
    >
      <Icon className="size-4" />
    </span>
  );
}
