import { Component, type ErrorInfo, type ReactNode } from "react";
import { CrashPage } from "@/components/layout/CrashPage";
import { StalePage } from "@/components/layout/StalePage";
import { useUpdate } from "@/store/update";

interface PageBoundaryProps {
  /** Going elsewhere gives the page another chance. */
  place: string;
  onFailed: () => void;
  /** Drawn anew at each try: what failed has been replaced meanwhile. */
  children: () => ReactNode;
}

interface Failed {
  error: Error | null;
}

/** Keeps a page's failure from taking the shell with it. */
export class PageBoundary extends Component<PageBoundaryProps, Failed> {
  override state: Failed = { error: null };

  static getDerivedStateFromError(error: unknown): Failed {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onFailed();
    if (isChunkError(error)) useUpdate.getState().announce();
    else console.error("A page failed", error, info.componentStack);
  }

  override componentDidUpdate(before: PageBoundaryProps): void {
    if (before.place !== this.props.place && this.state.error) this.reset();
  }

  reset = () => this.setState({ error: null });

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children();
    if (isChunkError(error)) return <StalePage onRetry={this.reset} />;
    return <CrashPage error={error} onRetry={this.reset} />;
  }
}

function isChunkError(error: Error): boolean {
  return error.name === "ChunkError";
}
