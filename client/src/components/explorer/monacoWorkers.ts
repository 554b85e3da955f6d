/** The editor's helpers, each a file of ours: the bundler finds them only where the whole
 * call is written out. */

const make: Record<string, () => Worker> = {
  graphql: () =>
    new Worker(new URL("../../workers/graphql.worker.ts", import.meta.url), { type: "module" }),
  json: () =>
    new Worker(new URL("../../workers/json.worker.ts", import.meta.url), { type: "module" }),
};

function makeEditorWorker(): Worker {
  return new Worker(new URL("../../workers/editor.worker.ts", import.meta.url), { type: "module" });
}

const getWorker = (_: string, label: string) => (make[label] ?? makeEditorWorker)();

Object.assign(globalThis, { MonacoEnvironment: { getWorker } });
