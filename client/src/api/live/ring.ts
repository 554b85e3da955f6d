/** The newest of something, up to a fixed number. */
export class Ring<T> {
  private readonly slots: (T | undefined)[];
  private next = 0;
  private count = 0;

  constructor(private readonly capacity: number) {
    this.slots = new Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  push(item: T): void {
    this.slots[this.next] = item;
    this.next = (this.next + 1) % this.capacity;
    if (this.count < this.capacity) this.count++;
  }

  /** Newest first. */
  newestFirst(): T[] {
    const found: T[] = [];
    for (let back = 1; back <= this.count; back++) {
      found.push(this.slots[(this.next - back + this.capacity) % this.capacity] as T);
    }
    return found;
  }

  /** Puts these, newest first, in place of all there was. */
  refill(newestFirst: readonly T[]): void {
    this.clear();
    for (let i = Math.min(newestFirst.length, this.capacity) - 1; i >= 0; i--) {
      this.push(newestFirst[i] as T);
    }
  }

  clear(): void {
    this.slots.fill(undefined);
    this.next = 0;
    this.count = 0;
  }
}
