import "graphiql/style.css";
import "@/components/explorer/monacoWorkers";
import "@/components/explorer/explorer.css";
import { createLocalStorage } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { useEffect, useMemo, useRef } from "react";
import { openExchange } from "@/api/explorer";
import { starters } from "@/components/explorer/starters";
import { useEditorExit } from "@/components/explorer/useEditorExit";

interface ExplorerProps {
  userId: string;
  theme: "light" | "dark";
  introspection: boolean;
  /** An operation to open with. */
  query: string | null;
}

/** GraphiQL over our own requests and sockets; what is typed stays with its user. */
export function Explorer({ userId, theme, introspection, query }: ExplorerProps) {
  const container = useRef<HTMLDivElement>(null);
  const exchange = useMemo(openExchange, []);
  const storage = useMemo(
    () => createLocalStorage({ namespace: `user-dashboard.explorer.${userId}` }),
    [userId],
  );
  useEditorExit(container);
  useEffect(() => exchange.close, [exchange]);
  useEffect(() => () => document.body.classList.remove("graphiql-light", "graphiql-dark"), []);
  return (
    <div ref={container} className="explorer min-h-0 grow">
      <GraphiQL
        key={userId}
        fetcher={exchange.fetcher}
        storage={storage}
        defaultTabs={starters}
        defaultTheme={theme}
        forcedTheme={theme}
        shouldPersistHeaders={false}
        showPersistHeadersSettings={false}
        {...(query !== null && { initialQuery: query })}
        {...(!introspection && { schema: null })}
      >
        <GraphiQL.Logo> </GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}
