/**
 * One keyboard listener for the page, and the list of what the keys do.
 *
 * Keys are written `mod+k` (Ctrl, or Cmd on a Mac), `shift+p`, `/`, or as a chord `g d`: one after
 * the other. Character keys rest while somebody types, while a dialog is open, and when switched off.
 */

import { useUi } from "@/store/ui";

export interface Shortcut {
  keys: string;
  label: string;
  group: string;
  handler: (event: KeyboardEvent) => void;
}

const CHORD_MS = 1500;
const TYPING =
  "input, textarea, select, [contenteditable=true], .monaco-editor, .graphiql-container";
const OPEN_LAYER = "[role=dialog], [role=alertdialog], [role=menu]";

let registered: readonly Shortcut[] = [];
let firstKey: { key: string; at: number } | undefined;
const listeners = new Set<() => void>();

function change(next: readonly Shortcut[]): void {
  registered = next;
  for (const listener of listeners) listener();
}

/** Adds a shortcut until the returned function is called. The latest of the same keys wins. */
export function registerShortcut(shortcut: Shortcut): () => void {
  if (registered.length === 0) window.addEventListener("keydown", onKeyDown);
  change([...registered, shortcut]);
  return () => {
    change(registered.filter((other) => other !== shortcut));
    if (registered.length === 0) window.removeEventListener("keydown", onKeyDown);
  };
}

export const shortcutList = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  getSnapshot: () => registered,
};

/** A key press in the notation above; undefined for a modifier alone. */
export function strokeOf(event: KeyboardEvent): string | undefined {
  const { key } = event;
  if (["Shift", "Control", "Alt", "Meta", "AltGraph", "Dead"].includes(key)) return undefined;
  const name = key.toLowerCase();
  // Whether "?" needs Shift is the keyboard layout's business.
  const shifted = event.shiftKey && (name.length > 1 || name !== key.toUpperCase());
  const mod = event.ctrlKey || event.metaKey;
  return `${mod ? "mod+" : ""}${event.altKey ? "alt+" : ""}${shifted ? "shift+" : ""}${name}`;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const stroke = strokeOf(event);
  if (stroke === undefined) return;
  const keys = stroke.startsWith("mod+") ? stroke : characterKeys(stroke, event);
  const found = keys && registered.findLast((shortcut) => normal(shortcut.keys) === keys);
  if (!found) return;
  event.preventDefault();
  firstKey = undefined;
  found.handler(event);
}

/** `g d` once the second key came in time; undefined where letters are only letters. */
function characterKeys(stroke: string, event: KeyboardEvent): string | undefined {
  const target = event.target instanceof Element ? event.target : null;
  const asleep = target?.closest(TYPING) || document.querySelector(OPEN_LAYER);
  if (asleep || !useUi.getState().shortcuts) return undefined;
  const before = firstKey;
  firstKey = undefined;
  if (before && event.timeStamp - before.at < CHORD_MS) return `${before.key} ${stroke}`;
  const begins = registered.some((shortcut) => shortcut.keys.startsWith(`${stroke} `));
  if (begins) firstKey = { key: stroke, at: event.timeStamp };
  return stroke;
}

/** `shift+?` and `?` are one key. */
function normal(keys: string): string {
  return keys.replace(/^shift\+(?=[^a-z]$)/, "");
}
