import type { ReactNode } from "react";
import { EmptyState } from "@/components/common/EmptyState";
import { ErrorState } from "@/components/common/ErrorState";
import { Sheet } from "@/components/common/Sheet";
import { Skeleton } from "@/components/common/Skeleton";
import { useUser } from "@/hooks/useUsers";
import { formText } from "@/messages/users";
import { EditUserSheet } from "./lazyForms";

export interface SheetProps {
  /** `saved`: what was written is with the server. */
  onClose: (saved?: boolean) => void;
}

/** The sheet of an account that has to be asked for first. */
export function UserSheet({ id, onClose }: SheetProps & { id: string }) {
  const { data: user, error, refetch } = useUser(id);
  if (user) return <EditUserSheet key={id} user={user} onClose={onClose} />;
  let shown: ReactNode = <Skeleton lines={8} />;
  if (error) shown = <ErrorState error={error} onRetry={() => void refetch()} />;
  else if (user === null) shown = <EmptyState title={formText.gone} />;
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={formText.editTitle}>
      {shown}
    </Sheet>
  );
}
