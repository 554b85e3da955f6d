import { describe, expect, it } from "vitest";
import { isLive, parseView, shownRange, writeView } from "./view";

const read = (text: string) => parseView(new URLSearchParams(text));
const FULL =
  "from=2015-05-19T00:00Z&to=2015-05-20T00:00Z&zoom=2015-05-19T18:00Z~2015-05-19T21:00Z" +
  "&show=response&metric=http.requests,shop.orders&compare=day&every=PT1H&kind=user";

describe("the view in the address", () => {
  it("is the same after being written and read again", () => {
    const view = read(FULL);
    expect(read(writeView(view, new URLSearchParams()).toString())).toEqual(view);
    expect(decodeURIComponent(writeView(view, new URLSearchParams()).toString())).toBe(FULL);
  });

  it("leaves out what is so anyway, and keeps what belongs to others", () => {
    expect(writeView(read("range=24h"), new URLSearchParams("range=24h&tab=x")).toString()).toBe(
      "range=24h&tab=x",
    );
    expect(writeView(read(""), new URLSearchParams()).toString()).toBe("");
  });

  it("takes nonsense for nothing", () => {
    const nonsense =
      "range=soon&from=x&to=y&zoom=1~2&show=all&metric=A b,ok.name&compare=z&every=PT2M";
    expect(read(nonsense)).toEqual({ ...read(""), metrics: ["ok.name"] });
  });

  it("has at most four metrics, each once", () => {
    expect(read("metric=a,b,a,c,d,e").metrics).toEqual(["a", "b", "c", "d"]);
    expect(read("metric=").metrics).toEqual([]);
    expect(read("").metrics).toBeUndefined();
  });

  it("is live only when it ends now", () => {
    expect(isLive(read("range=1h"))).toBe(true);
    expect(isLive(read("range=1h&zoom=2015-05-19T18:00Z~2015-05-19T21:00Z"))).toBe(false);
    expect(isLive(read(FULL))).toBe(false);
    expect(shownRange(read(FULL))).toEqual(read(FULL).zoom);
  });
});
