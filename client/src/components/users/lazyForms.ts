// The forms of accounts, with what checks them, are fetched when one is opened.

import { lazyLayer } from "@/components/common/lazyLayer";

export const CreateUserSheet = lazyLayer(() =>
  import("./CreateUserSheet").then((code) => code.CreateUserSheet),
);
export const EditUserSheet = lazyLayer(() =>
  import("./EditUserSheet").then((code) => code.EditUserSheet),
);
export const NotifyDialog = lazyLayer(() =>
  import("./NotifyDialog").then((code) => code.NotifyDialog),
);
