// Many subscribers of one thing: when each of them is told of each change.
import WebSocket from 'ws';
import { obey, settings, tell } from './talk.mjs';

const { url, token, query, count } = settings;
const VERSION = /"version":(\d+)/;
const versions = new Array(count).fill(0);
const arrivals = new Map(); // of each version, in nanoseconds
let started = 0;

function take(index, text) {
  const found = VERSION.exec(text);
  if (!found) throw new Error(text);
  const version = Number(found[1]);
  if (version <= versions[index]) return tell('again', { version });
  const isFirst = versions[index] === 0;
  versions[index] = version;
  if (isFirst) {
    started += 1;
    if (started === count) tell('ready');
    return;
  }
  const times = arrivals.get(version) ?? [];
  arrivals.set(version, times);
  times.push(process.hrtime.bigint());
  if (times.length === count) {
    const at = (share) => Number(times[Math.max(Math.ceil(share * count), 1) - 1]);
    tell('round', { version, first: at(0), p50: at(0.5), p99: at(0.99), last: at(1) });
    arrivals.clear();
  }
}

function open(index) {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
  const say = (frame) => socket.send(JSON.stringify(frame));
  socket.on('open', () =>
    say({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } }),
  );
  socket.on('message', (data) => {
    const text = data.toString();
    if (text.includes('"type":"next"') || text.includes('"type": "next"')) take(index, text);
    else if (text.includes('connection_ack'))
      say({ type: 'subscribe', id: `s${index}`, payload: { query } });
    else if (text.includes('"ping"')) say({ type: 'pong' });
    else throw new Error(text);
  });
  socket.on('close', (code) => tell('closed', { code }));
  return new Promise((resolve) => socket.on('open', resolve));
}

obey({});
tell('started');
for (let index = 0; index < count; index += 50) {
  const some = Array.from({ length: Math.min(50, count - index) }, (_, i) => open(index + i));
  await Promise.all(some);
}
