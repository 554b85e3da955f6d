/** Keys in the notation of `aria-keyshortcuts`, which has none for one key after another. */
export function ariaKeys(keys: string | undefined): string | undefined {
  if (keys === undefined || keys.includes(" ")) return undefined;
  const named = keys.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  if (!named.startsWith("Mod+")) return named;
  return `${named.replace("Mod", "Control")} ${named.replace("Mod", "Meta")}`;
}
