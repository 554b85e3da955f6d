import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "@/api/errors";
import { Panel, type PanelProps } from "@/components/common/Panel";
import { useConnection } from "@/store/connection";

function show(props: Partial<PanelProps>) {
  render(
    <Panel title="Requests" loading={false} {...props}>
      {props.children ?? <p>412 a second</p>}
    </Panel>,
  );
  return screen.getByRole("region", { name: /^Requests/ });
}

const failure = () =>
  new ApiError({ code: "UNAVAILABLE", message: "away", requestId: "req-7", status: 503 });

afterEach(() => useConnection.setState({ state: "connecting" }));

test("while loading it is busy and shows nothing that could be taken for data", () => {
  const panel = show({ loading: true });
  expect(panel).toHaveAttribute("aria-busy", "true");
  expect(screen.queryByText("412 a second")).toBeNull();
});

test("while refreshing the old data stays", () => {
  const panel = show({ refreshing: true });
  expect(panel).toHaveAttribute("aria-busy", "true");
  expect(screen.getByText("412 a second")).toBeVisible();
});

test("with nothing to show it says so instead", () => {
  show({ empty: <p>No requests yet</p> });
  expect(screen.getByText("No requests yet")).toBeVisible();
  expect(screen.queryByText("412 a second")).toBeNull();
});

test("a failure keeps the old data, names the request and can be tried again", async () => {
  const retry = vi.fn();
  show({ error: failure(), onRetry: retry });
  expect(screen.getByRole("alert")).toHaveTextContent("req-7");
  expect(screen.getByText("412 a second")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Retry" }));
  expect(retry).toHaveBeenCalledOnce();
});

test("what failed in part is named", () => {
  show({ partial: ["p95", "errors"] });
  expect(screen.getByRole("button", { name: /Could not load: p95, errors/ })).toBeInTheDocument();
});

test("data that may be out of date is dimmed", () => {
  useConnection.setState({ state: "stale" });
  show({ updatedAt: Date.now() });
  expect(screen.getByText("412 a second").parentElement).toHaveClass("stale");
});
