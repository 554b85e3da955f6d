/** How long anything may take that a test waits for: machines are slow, and busy with more. */
export const PATIENCE_MS = 30_000;
