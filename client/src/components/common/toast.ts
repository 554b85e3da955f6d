import { toast as sonner } from "sonner";

const SUCCESS_MS = 6000;

interface ToastOptions {
  description?: string;
  action?: { label: string; onClick: () => void };
  /** A toast with the same id replaces the one shown. */
  id?: string;
}

/** Short news of what the user did. Errors stay until closed: nobody reads on a clock. */
export const toast = {
  success(message: string, options?: ToastOptions): void {
    sonner.success(message, { duration: SUCCESS_MS, ...options });
  },
  info(message: string, options?: ToastOptions): void {
    sonner(message, { duration: SUCCESS_MS, ...options });
  },
  error(message: string, options?: ToastOptions): void {
    sonner.error(message, { duration: Number.POSITIVE_INFINITY, ...options });
  },
};
