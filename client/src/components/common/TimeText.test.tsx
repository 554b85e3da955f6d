import { act, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { TimeText } from "@/components/common/TimeText";
import { useUi } from "@/store/ui";

const at = "2026-01-15T23:30:05Z";

afterEach(() => {
  vi.useRealTimers();
  useUi.setState({ timeZone: "system", hour12: false });
});

test("a change of zone changes the words and never the moment", () => {
  useUi.setState({ timeZone: "UTC", hour12: false });
  render(<TimeText at={at} mode="absolute" />);
  const time = screen.getByText("15 Jan 2026, 23:30");
  act(() => useUi.setState({ timeZone: "Asia/Tokyo", hour12: true }));
  expect(time).toHaveTextContent("16 Jan 2026, 8:30 am");
  expect(time).toHaveAttribute("datetime", "2026-01-15T23:30:05.000Z");
});

test("a relative time grows old by itself and has the exact one as its tooltip", () => {
  vi.useFakeTimers({ now: Date.parse(at) + 5_000 });
  useUi.setState({ timeZone: "UTC", hour12: false });
  render(<TimeText at={at} />);
  const time = screen.getByText("5 s ago");
  act(() => vi.advanceTimersByTime(60_000));
  expect(time).toHaveTextContent("1 min ago");
  expect(time).toHaveAttribute("title", "15 Jan 2026, 23:30:05 UTC");
});

test("what never happened says so", () => {
  render(<TimeText at={null} />);
  expect(screen.getByText("Never")).toBeInTheDocument();
});
