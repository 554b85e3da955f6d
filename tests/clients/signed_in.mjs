// A session with whatever tokens the test gives, and a socket that comes back at once.
import WebSocket from 'ws';
import { liveClient } from './live.mjs';
import { openSession } from './session.mjs';
import { settings } from './talk.mjs';

globalThis.WebSocket = WebSocket; // browsers have it, and Node from version 22 on
export const session = openSession(settings.url, settings);
export const live = liveClient(settings.url, session, {
  retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
});
