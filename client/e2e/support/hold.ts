import type { BrowserContext } from "playwright-core";

/** Holds back what is asked of the API in these words, or at all, until the answer is called for. */
export async function hold(context: BrowserContext, words = ""): Promise<() => void> {
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await context.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes(words)) await held;
    return route.fallback();
  });
  return answer;
}
