export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

export type Strength = "weak" | "fair" | "strong";

/**
 * A word for how hard a password is to guess, from its length and from how much of it repeats.
 * A hint only: what is too common is for the server to refuse.
 */
export function passwordStrength(password: string): Strength {
  const characters = [...password.normalize("NFC")];
  const different = new Set(characters.map((character) => character.toLowerCase())).size;
  if (different < 6 || isRun(characters)) return "weak";
  const score = characters.length + kindsOf(password) * 2 + Math.min(different, 12) / 2;
  if (score < 22) return "weak";
  return score < 28 ? "fair" : "strong";
}

function kindsOf(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password))
    .length;
}

/** `abcdefgh1234`: most characters follow the one before. */
function isRun(characters: string[]): boolean {
  const steps = characters.filter((character, index) => {
    const before = characters[index - 1]?.codePointAt(0);
    return before !== undefined && Math.abs((character.codePointAt(0) ?? 0) - before) === 1;
  });
  return steps.length > characters.length * 0.6;
}
