import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { useShortcut } from "@/hooks/useShortcut";
import { useUi } from "@/store/ui";

const pressed = vi.fn<(keys: string) => void>();

function Page({ keys, when = true }: { keys: readonly string[]; when?: boolean }) {
  return (
    <>
      <input aria-label="Name" />
      {keys.map((one) => (
        <Bound key={one} keys={one} when={when} />
      ))}
    </>
  );
}

function Bound({ keys, when }: { keys: string; when: boolean }) {
  useShortcut(keys, () => pressed(keys), { label: keys, when });
  return null;
}

beforeEach(() => {
  pressed.mockClear();
  useUi.setState({ shortcuts: true });
});

test.each([
  ["mod+k", "{Control>}k{/Control}"],
  ["mod+k", "{Meta>}k{/Meta}"],
  ["g d", "gd"],
  ["/", "/"],
  ["shift+p", "{Shift>}P{/Shift}"],
  ["shift+?", "{Shift>}?{/Shift}"],
])("%s answers to %s", async (keys, typed) => {
  render(<Page keys={[keys]} />);
  await userEvent.keyboard(typed);
  expect(pressed.mock.calls).toEqual([[keys]]);
});

test("letters typed into a field are only letters, Ctrl+K is not", async () => {
  render(<Page keys={["g d", "/", "mod+k"]} />);
  await userEvent.type(screen.getByLabelText("Name"), "gd/{Control>}k{/Control}");
  expect(pressed.mock.calls).toEqual([["mod+k"]]);
});

test("character keys can be switched off, Ctrl+K stays", async () => {
  useUi.setState({ shortcuts: false });
  render(<Page keys={["g d", "mod+k"]} />);
  await userEvent.keyboard("gd{Control>}k{/Control}");
  expect(pressed.mock.calls).toEqual([["mod+k"]]);
});

test("character keys rest while a dialog is open", async () => {
  render(
    <>
      <Page keys={["/"]} />
      <div role="dialog" aria-label="Something" />
    </>,
  );
  await userEvent.keyboard("/");
  expect(pressed).not.toHaveBeenCalled();
});

test("another key in between ends a chord", async () => {
  render(<Page keys={["g d"]} />);
  await userEvent.keyboard("gxd");
  expect(pressed).not.toHaveBeenCalled();
});

test("keys do nothing any more once their page is left, or while they do not apply", async () => {
  const { rerender, unmount } = render(<Page keys={["/"]} when={false} />);
  await userEvent.keyboard("/");
  rerender(<Page keys={["/"]} when={true} />);
  unmount();
  await userEvent.keyboard("/");
  expect(pressed).not.toHaveBeenCalled();
});
