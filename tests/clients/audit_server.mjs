// graphql-http's audits of a server's HTTP: prints one line for each, then ends.
import { auditServer } from 'graphql-http';
import { settings, tell } from './talk.mjs';

for (const { id, name, status, reason } of await auditServer({ url: settings.url }))
  tell(status, { id, name, reason });
