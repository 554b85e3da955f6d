/** What is wrong with a form as a whole. */
export function FormError({ message }: { message: string | undefined }) {
  if (!message) return null;
  return (
    <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-body text-bad">
      {message}
    </p>
  );
}
