// Load on one route: so many connections, each asks again as soon as it has its answer. No pipelining, no library, so
// that the one who asks costs little and the same for everybody who is asked.
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

/**
 * @param {{ port: number, path: string, connections: number, seconds: number }} options
 * @returns answers a second, latencies in ms, answers by status code, connections without any answer
 */
export async function load({ port, path, connections, seconds }) {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: keep-alive\r\n\r\n`);
  const latencies = [];
  const statuses = new Map();
  const clients = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const started = performance.now();
  const silent = new Set(clients);
  for (const socket of clients) {
    ask(socket, request, (ms, status) => {
      latencies.push(ms);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      silent.delete(socket);
    });
  }
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const elapsed = (performance.now() - started) / 1000;
  for (const socket of clients) socket.destroy();
  latencies.sort((a, b) => a - b);
  const at = (part) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * part))] ?? Number.NaN;
  return {
    perSecond: latencies.length / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    statuses: Object.fromEntries(statuses),
    silent: silent.size,
  };
}

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.on("error", reject);
  });
}

function ask(socket, request, answered) {
  let pending = null;
  let sentAt = performance.now();
  socket.on("data", (chunk) => {
    pending = pending === null ? chunk : Buffer.concat([pending, chunk]);
    const end = pending.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = pending.latin1Slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    if (pending.length < end + 4 + length) return;
    pending = null;
    const now = performance.now();
    answered(now - sentAt, head.slice(9, 12));
    sentAt = now;
    socket.write(request);
  });
  socket.write(request);
}
