import { useEffect, useState } from "react";

/** Whole seconds left, and how to start counting them down. */
export function useCountdown(): [leftS: number, start: (seconds: number) => void] {
  const [endsAt, setEndsAt] = useState(0);
  const [leftS, setLeftS] = useState(0);
  useEffect(() => {
    if (endsAt === 0) return;
    const tick = () => {
      const left = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
      setLeftS(left);
      if (left === 0) setEndsAt(0);
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [endsAt]);
  return [leftS, (seconds) => setEndsAt(Date.now() + seconds * 1000)];
}
