// How a client talks with the test that started it: a JSON object per line, both ways.
import { createInterface } from 'node:readline';

export const settings = JSON.parse(process.argv[2]);

export function tell(told, more = {}) {
  process.stdout.write(`${JSON.stringify({ told, ...more })}\n`);
}

/** Calls `commands[line.do](line)` for each line; ends with the input. */
export function obey(commands) {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  });
  lines.on('close', () => process.exit(0));
}

/** What a failure is, whether it is an error, a close event or GraphQL errors. */
export function reason(error) {
  if (Array.isArray(error)) return { codes: error.map((one) => one.extensions?.code) };
  return { code: error?.code, message: String(error?.reason ?? error?.message ?? error) };
}
