// Load on one route, over so many connections. No pipelining, no library, so that the one who asks costs little and the
// same for everybody who is asked; he shares the machine with the server.
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

const MOST_ANSWERS = 2 ** 22;
const times = new Float64Array(MOST_ANSWERS);

/**
 * Closed loop: each connection asks again as soon as it has its answer. With a rate: each asks at fixed times, whether
 * or not others have been answered, and waits from the moment when it should have asked.
 *
 * @param {{ port: number, path: string, connections: number, seconds: number, rate?: number }} options rate: requests a second
 * @returns how many answers, answers a second, latencies in ms, answers by status code, connections without any answer
 */
export async function load({ port, path, connections, seconds, rate }) {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost:${port}\r\nconnection: keep-alive\r\n\r\n`);
  const statuses = new Map();
  const clients = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const silent = new Set(clients);
  let count = 0;
  const take = (socket, ms, status) => {
    times[count] = ms;
    if (count < MOST_ANSWERS - 1) count += 1;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    silent.delete(socket);
  };
  const started = performance.now();
  const askers = clients.map((socket) => createAsker(socket, request, take));
  const stop = rate === undefined ? askAtOnce(askers) : askAtRate(askers, rate);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const elapsed = (performance.now() - started) / 1000;
  stop();
  for (const socket of clients) socket.destroy();
  const sorted = times.slice(0, count).sort();
  const at = (part) => sorted[Math.min(count - 1, Math.floor(count * part))] ?? Number.NaN;
  const latencies = { p50: at(0.5), p99: at(0.99), max: at(1) };
  return {
    answers: count,
    perSecond: count / elapsed,
    ...latencies,
    statuses: Object.fromEntries(statuses),
    silent: silent.size,
  };
}

function askAtOnce(askers) {
  let stopped = false;
  for (const asker of askers) {
    asker.answered = () => !stopped && asker.ask(performance.now());
    asker.ask(performance.now());
  }
  return () => {
    stopped = true;
  };
}

/** One connection after the other; one that still waits asks when it has its answer, and is late. */
function askAtRate(askers, rate) {
  const every = 1000 / rate;
  const overdue = askers.map(() => []);
  let due = performance.now();
  let next = 0;
  for (const [at, asker] of askers.entries()) {
    asker.answered = () => overdue[at].length > 0 && asker.ask(overdue[at].shift());
  }
  const timer = setInterval(() => {
    for (const now = performance.now(); due <= now; due += every) {
      const asker = askers[next];
      if (asker.waits) overdue[next].push(due);
      else asker.ask(due);
      next = (next + 1) % askers.length;
    }
  }, 1);
  return () => clearInterval(timer);
}

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true }, () => resolve(socket));
    socket.on("error", reject);
  });
}

function createAsker(socket, request, take) {
  const asker = {
    waits: false,
    answered: () => {},
    ask: (since) => {
      asker.waits = true;
      asker.since = since;
      socket.write(request);
    },
    since: 0,
  };
  const isWhole = createReader();
  socket.on("data", (chunk) => {
    const status = isWhole(chunk);
    if (status === null) return;
    asker.waits = false;
    take(socket, performance.now() - asker.since, status);
    asker.answered();
  });
  return asker;
}

/** Reads the status of an answer when it is complete, otherwise null. An answer as long as one before is not looked into. */
function createReader() {
  let pending = null;
  let known = -1;
  return (chunk) => {
    if (pending === null && chunk.length === known) return statusOf(chunk);
    pending = pending === null ? chunk : Buffer.concat([pending, chunk]);
    const end = pending.indexOf("\r\n\r\n");
    if (end < 0) return null;
    const length = Number(/content-length: (\d+)/i.exec(pending.latin1Slice(0, end))?.[1]);
    if (pending.length < end + 4 + length) return null;
    known = pending.length;
    const status = statusOf(pending);
    pending = null;
    return status;
  };
}

function statusOf(answer) {
  return (answer[9] - 48) * 100 + (answer[10] - 48) * 10 + answer[11] - 48;
}
