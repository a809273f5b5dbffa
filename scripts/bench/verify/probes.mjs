// Probes of /schema/health at a fixed rate: node probes.mjs PORT PER_SECOND SECONDS, as a child with a channel. A latency
// counts from when the probe was due, so that one slow answer does not hide those behind it.
import { Agent, get } from "node:http";
import { atPart } from "./measure.mjs";

const [port, perSecond, seconds] = process.argv.slice(2).map(Number);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const latencies = [];
const statuses = new Map();
const started = performance.now();
const total = perSecond * seconds;
let sent = 0;
let answered = 0;

const clock = setInterval(() => {
  while (sent < total && performance.now() - started >= (sent * 1000) / perSecond)
    ask(started + (sent++ * 1000) / perSecond);
  if (sent === total) clearInterval(clock);
}, 1);

function ask(due) {
  // What this process itself is late by is not the service's.
  const from = Math.max(due, performance.now() - 1);
  const done = (status) => {
    latencies.push(performance.now() - from);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (++answered === total) tell();
  };
  const request = get({ port, path: "/schema/health", host: "127.0.0.1", agent }, (response) => {
    response.resume();
    response.on("end", () => done(response.statusCode));
  });
  request.on("error", () => done("error"));
}

function tell() {
  latencies.sort((a, b) => a - b);
  process.send({
    p50: atPart(latencies, 0.5),
    p99: atPart(latencies, 0.99),
    max: latencies.at(-1),
    probes: latencies.length,
    statuses: Object.fromEntries(statuses),
  });
  agent.destroy();
  process.disconnect();
}
