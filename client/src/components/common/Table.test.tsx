import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Table } from "@/components/common/Table";
import { Td } from "@/components/common/Td";
import { Th } from "@/components/common/Th";
import { Tr } from "@/components/common/Tr";

function show(onOpen = vi.fn(), onToggle = vi.fn(), onSort = vi.fn()) {
  render(
    <Table label="People">
      <thead>
        <tr>
          <Th sort="ascending" onSort={onSort}>
            Name
          </Th>
        </tr>
      </thead>
      <tbody>
        {["Ana", "Bo", "Cy"].map((name) => (
          <Tr key={name} onOpen={() => onOpen(name)} onToggle={() => onToggle(name)}>
            <Td label="Name">
              {name} <button type="button">More</button>
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>,
  );
  return { onOpen, onToggle, onSort };
}

test("rows are one tab stop; arrows move, Enter opens, Space selects", async () => {
  const { onOpen, onToggle } = show();
  await userEvent.tab();
  await userEvent.tab();
  expect(screen.getByRole("row", { name: /Ana/ })).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}{Enter}{End}[Space]");
  expect(onOpen.mock.calls).toEqual([["Bo"]]);
  expect(onToggle.mock.calls).toEqual([["Cy"]]);
});

test("a click on a row opens it, one on a control inside does not", async () => {
  const { onOpen } = show();
  await userEvent.click(screen.getByText("Bo"));
  await userEvent.click(screen.getAllByRole("button", { name: "More" })[0] as HTMLElement);
  expect(onOpen.mock.calls).toEqual([["Bo"]]);
});

test("a sorted column says so and sorts by its button", async () => {
  const { onSort } = show();
  expect(screen.getByRole("columnheader")).toHaveAttribute("aria-sort", "ascending");
  await userEvent.click(screen.getByRole("button", { name: "Name" }));
  expect(onSort).toHaveBeenCalledOnce();
});
