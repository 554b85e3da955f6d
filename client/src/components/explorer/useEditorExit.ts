import { type RefObject, useEffect } from "react";

const EDITOR = ".monaco-editor";
const SUGGESTIONS = ".suggest-widget.visible";
const TOGGLE_TAB = "editor.action.toggleTabFocusMode";

/** In the editors Tab indents. After Esc it moves on, so that no keyboard is caught there;
 * Ctrl+M switches for good, as the editor has it. */
export function useEditorExit(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let leaving = false;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Shift") return;
      const isTab = event.key === "Tab";
      if (isTab && leaving) letTabMove();
      leaving = event.key === "Escape" && isIdleEditor(event.target);
    };
    element.addEventListener("keydown", onKeyDown, { capture: true });
    return () => element.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [container]);
}

function isIdleEditor(target: EventTarget | null): boolean {
  const editor = target instanceof Element ? target.closest(EDITOR) : null;
  return editor !== null && editor.querySelector(SUGGESTIONS) === null;
}

/** For this one key: the editor asks its mode while the event is on its way to it. */
function letTabMove(): void {
  const { __MONACO: monaco } = globalThis as { __MONACO?: typeof import("monaco-editor") };
  const editor = monaco?.editor.getEditors().find((one) => one.hasTextFocus());
  if (!monaco || !editor || editor.getOption(monaco.editor.EditorOption.tabFocusMode)) return;
  editor.trigger("keyboard", TOGGLE_TAB, null);
  setTimeout(() => editor.trigger("keyboard", TOGGLE_TAB, null));
}
