import { useEffect, useState } from "react";
import { lazyLayer } from "@/components/common/lazyLayer";
import { useToasts } from "@/components/common/toast";
import { whenIdle } from "@/components/common/whenIdle";

const Toaster = lazyLayer<{ open: boolean }>(() =>
  import("@/components/common/Toaster").then((code) => code.Toaster),
);

/** There before the first toast where it can be: screen readers tell what changes in it. */
export function Toasts() {
  const wanted = useToasts((toasts) => toasts.wanted);
  const [idle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  return <Toaster open={wanted || idle} />;
}
