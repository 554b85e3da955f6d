/** Ids met lately: a connection may break after an event was told and before its cursor was kept. */
export class Seen {
  private readonly ids = new Set<string>();

  constructor(private readonly window = 1_000) {}

  has(id: string): boolean {
    return this.ids.has(id);
  }

  /** Whether it is new; from now on it is not. */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    // A set keeps the order of arrival: its first is the oldest.
    if (this.ids.size > this.window) this.ids.delete(this.ids.values().next().value as string);
    return true;
  }

  clear(): void {
    this.ids.clear();
  }
}
