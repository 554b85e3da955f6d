// A stock Socket.IO v4 client.
import { io } from 'socket.io-client';
import { obey, settings, tell } from './talk.mjs';

const socket = io(settings.url, {
  auth: { token: settings.token },
  reconnectionDelay: 100,
  reconnectionDelayMax: 200,
  ...(settings.transports && { transports: settings.transports }),
});
socket.on('connect', () => tell('connected'));
socket.on('connect_error', (error) => tell('refused', { message: error.message }));
socket.on('disconnect', (why) => tell('closed', { reason: why }));
socket.onAny((event, data) => tell('event', { event, data }));

obey({ emit: ({ event, data }) => socket.emit(event, data) });
tell('started');
