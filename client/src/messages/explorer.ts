export const explorerText = {
  title: "API explorer",
  real: "Signed in as you: mutations here are real.",
  leave: "Esc, then Tab leaves an editor.",
  noIntrospection:
    "This server does not describe its schema (introspection is off): no docs and no completion here; operations still run.",
  off: "The API explorer is off",
  offBody: "Whoever runs this server can switch it on with DASHBOARD_GRAPHIQL.",
  adminsOnly: "The API explorer is for administrators",
  adminsOnlyBody: "The API itself answers you all the same, at /graphql.",
} as const;
