import { useMutation } from "@tanstack/react-query";
import { download } from "@/api/rest";

interface Wanted {
  path: string;
  filename: string;
}

/** Saves a file of the API; it may take as long as there are rows. */
export function useDownload() {
  return useMutation({ mutationFn: ({ path, filename }: Wanted) => download(path, filename) });
}
