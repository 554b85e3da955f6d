import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { ApiError } from "@/api/errors";
import { Button } from "@/components/common/Button";
import { ConfirmDialog } from "@/components/common/ConfirmDialog";

function Page({ onConfirm, typed }: { onConfirm: () => unknown; typed?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Delete Ana</Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Delete Ana Silva?"
        body="Her sessions end at once."
        confirmLabel="Delete"
        danger
        typed={typed}
        onConfirm={onConfirm}
      />
    </>
  );
}

async function ask(onConfirm: () => unknown, typed?: string) {
  render(<Page onConfirm={onConfirm} {...(typed !== undefined && { typed })} />);
  await userEvent.click(screen.getByRole("button", { name: "Delete Ana" }));
  return screen.findByRole("alertdialog", { name: "Delete Ana Silva?" });
}

test("nothing happens before the word is typed, by click or by Enter", async () => {
  const deleted = vi.fn();
  await ask(deleted, "ana@example.com");
  const confirm = screen.getByRole("button", { name: "Delete" });
  expect(confirm).toBeDisabled();
  const field = screen.getByLabelText("Type ana@example.com to confirm");
  await userEvent.type(field, "ana@example.co{Enter}");
  expect(deleted).not.toHaveBeenCalled();
  await userEvent.type(field, "m");
  await userEvent.click(confirm);
  expect(deleted).toHaveBeenCalledOnce();
});

test("it closes once the promise is kept, and gives focus back", async () => {
  const dialog = await ask(() => Promise.resolve());
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByRole("button", { name: "Delete Ana" })).toHaveFocus());
});

test("a refusal is shown in place, and can be tried again", async () => {
  const refused = () => Promise.reject(new ApiError({ code: "FORBIDDEN", message: "no" }));
  await ask(refused);
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("not allowed");
  expect(screen.getByRole("button", { name: "Delete" })).toBeEnabled();
});

test("Esc keeps everything as it was", async () => {
  const deleted = vi.fn();
  const dialog = await ask(deleted);
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  expect(deleted).not.toHaveBeenCalled();
});
