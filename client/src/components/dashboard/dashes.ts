const LINE_DASHES = [undefined, [6, 3], [2, 3], [8, 3, 2, 3], [1, 2], [10, 4]];

/** Lines differ by more than their colour. */
export function dashOf(index: number): number[] | undefined {
  return LINE_DASHES[index % LINE_DASHES.length];
}
