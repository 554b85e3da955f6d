/** Code that comes by itself. */

export interface Chunk<T> {
  fetch(): Promise<T>;
  /**
   * What has come already, for React's `lazy`: it takes that at once where a promise lets it show its
   * fallback first, and draw a second time.
   */
  here(): Promise<T> | undefined;
}

export function chunk<T>(load: () => Promise<T>): Chunk<T> {
  let come: { code: T } | undefined;
  return {
    fetch: async () => {
      come = { code: await load() };
      return come.code;
    },
    here: () => {
      if (!come) return undefined;
      const { code } = come;
      // biome-ignore lint/suspicious/noThenProperty: `lazy` asks for nothing else
      const taken = { then: (take: (code: T) => void) => take(code) };
      return taken as unknown as Promise<T>;
    },
  };
}
