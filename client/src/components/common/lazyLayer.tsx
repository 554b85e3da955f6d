import { type ComponentType, type FunctionComponent, lazy, Suspense, useState } from "react";
import { chunk } from "@/components/common/chunk";
import { whenIdle } from "@/components/common/whenIdle";
import { useUpdate } from "@/store/update";

/**
 * Something whose code comes when the page is idle, or `when` it is said, or when it is first opened.
 * From then on it stays, for a dialog gives focus back as it closes. Where its code is gone, a reload
 * is offered.
 */
export function lazyLayer<P extends object>(
  load: () => Promise<ComponentType<P>>,
  when: (fetch: () => void) => void = whenIdle,
): ComponentType<P> {
  const code = chunk(async () => ({ default: await load() }));
  const missing = () => {
    useUpdate.getState().announce();
    Layer = fetched();
    return { default: Nothing };
  };
  const fetched = (): FunctionComponent<P> =>
    lazy(
      () => code.here() ?? code.fetch().catch(missing),
      // The types of `lazy` do not see that its component takes what the one it loads does.
    ) as unknown as FunctionComponent<P>;
  let Layer = fetched();
  when(() => void code.fetch().catch(Nothing));
  return function LazyLayer(props) {
    const open = !("open" in props) || props.open === true;
    const [opened, setOpened] = useState(open);
    if (open && !opened) setOpened(true);
    if (!opened) return null;
    return (
      <Suspense fallback={null}>
        <Layer {...props} />
      </Suspense>
    );
  };
}

const Nothing = () => null;
