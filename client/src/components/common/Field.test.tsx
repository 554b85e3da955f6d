import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Field } from "@/components/common/Field";
import { Input } from "@/components/common/Input";

test("a control is named by its label and described by its error and hint", () => {
  render(
    <Field label="E-mail" error="This address is taken" hint="Used to sign in">
      {(control) => <Input {...control} />}
    </Field>,
  );
  const input = screen.getByLabelText("E-mail");
  expect(input).toBeInvalid();
  expect(input).toHaveAccessibleDescription("This address is taken Used to sign in");
});

test("without an error the control is not invalid", () => {
  render(<Field label="Name">{(control) => <Input {...control} />}</Field>);
  expect(screen.getByLabelText("Name")).toBeValid();
});
