import { create } from "zustand";

type Sonner = typeof import("sonner").toast;

const SUCCESS_MS = 6000;

interface ToastOptions {
  description?: string;
  action?: { label: string; onClick: () => void };
  /** A toast with the same id replaces the one shown. */
  id?: string;
}

/** Whether something is to be told: the toaster's code is fetched late. */
export const useToasts = create<{ wanted: boolean }>()(() => ({ wanted: false }));

let ready: (sonner: Sonner) => void;
const sonner = new Promise<Sonner>((resolve) => {
  ready = resolve;
});

/** What is to be told waits until then. */
export const toasterIsReady = (toaster: Sonner) => ready(toaster);

function tell(act: (sonner: Sonner) => void): void {
  useToasts.setState({ wanted: true });
  void sonner.then(act);
}

/** Short news of what the user did. Errors stay until closed: nobody reads on a clock. */
export const toast = {
  success(message: string, options?: ToastOptions): void {
    tell((shown) => shown.success(message, { duration: SUCCESS_MS, ...options }));
  },
  info(message: string, options?: ToastOptions): void {
    tell((shown) => shown(message, { duration: SUCCESS_MS, ...options }));
  },
  error(message: string, options?: ToastOptions): void {
    tell((shown) => shown.error(message, { duration: Number.POSITIVE_INFINITY, ...options }));
  },
};
