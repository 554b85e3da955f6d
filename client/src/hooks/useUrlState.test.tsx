import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter, useLocation, useNavigate } from "react-router-dom";
import { expect, test } from "vitest";
import {
  choiceParam,
  listParam,
  numberParam,
  optionalParam,
  textParam,
  useUrlState,
} from "@/hooks/useUrlState";

const SCHEMA = {
  q: textParam(),
  sort: choiceParam(["name", "created"], "created"),
  size: numberParam(25, [25, 50]),
  roles: listParam(),
  after: optionalParam<string>(),
};

const FUTURE = { v7_startTransition: true, v7_relativeSplatPath: true };

function render(url: string) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={[url]} future={FUTURE}>
      {children}
    </MemoryRouter>
  );
  const use = () => ({
    state: useUrlState(SCHEMA),
    search: useLocation().search,
    go: useNavigate(),
  });
  return renderHook(use, { wrapper }).result;
}

test("nonsense in the URL counts as the default", () => {
  const [values] = render("/?sort=rm&size=99&roles=").current.state;

  expect(values).toEqual({ q: "", sort: "created", size: 25, roles: [], after: null });
});

test("a patch keeps what it does not name, and leaves defaults out", () => {
  const result = render("/?q=ana&size=50&other=1");
  act(() => result.current.state[1]({ size: 25, roles: ["ADMIN", "MEMBER"] }));

  expect(result.current.search).toBe("?q=ana&other=1&roles=ADMIN%2CMEMBER");
  expect(result.current.state[0].roles).toEqual(["ADMIN", "MEMBER"]);
});

test("Back undoes a committed step, and not each letter typed", () => {
  const result = render("/");
  act(() => result.current.state[1]({ sort: "name" }));
  act(() => result.current.state[1]({ q: "a" }, "replace"));
  act(() => result.current.state[1]({ q: "an" }, "replace"));
  act(() => result.current.go(-1));

  expect(result.current.search).toBe("");
});

test("a page is turned of what is shown, and not of a filter that is on its way", () => {
  const result = render("/");
  act(() => {
    result.current.state[1]({ q: "ana" }, "replace");
    result.current.state[1]({ after: "cursor of all" }, "turn");
  });
  expect(result.current.search).toBe("?q=ana");

  act(() => result.current.state[1]({ after: "cursor of ana" }, "turn"));
  expect(result.current.search).toBe("?q=ana&after=cursor+of+ana");
});
