// The service while it verifies: latency of probes, start to first answer.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median } from "../median.mjs";
import { peakMb, shown } from "./measure.mjs";

const CLI = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));
const PROBES = fileURLToPath(new URL("probes.mjs", import.meta.url));
const FIRST_VERDICT_MS = 60_000;

/** `schemaready serve` on a free port. */
export async function startService({ url, contract, interval = "1s" }) {
  const port = await freePort();
  const args = [
    CLI,
    "serve",
    "--contract",
    contract,
    "--port",
    String(port),
    "--refresh-interval",
    interval,
    "--timeout",
    "60s",
  ];
  const child = spawn(process.execPath, [...args, "--host", "127.0.0.1"], {
    stdio: "ignore",
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "error" },
  });
  return { port, child, stop: () => stop(child) };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Verifications so far, as the service counts them, and the status of its last answer. */
export async function runsOf(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^schemaready_verify_runs_total (\d+)$/m.exec(text)?.[1]);
}

export async function untilVerdict(port) {
  const deadline = performance.now() + FIRST_VERDICT_MS;
  while (performance.now() < deadline) {
    if ((await statusOf(port, "/schema/health")) === 200) return;
    await sleep(50);
  }
  throw new Error("the service has found no verdict in time");
}

function statusOf(port, path) {
  return new Promise((done) => {
    const request = get({ port, path, host: "127.0.0.1", agent: false }, (response) => {
      response.resume();
      done(response.statusCode);
    });
    request.on("error", () => done(0));
  });
}

/** Probes at a fixed rate from a process of its own: a latency counts from when the probe was due. */
export async function probe(port, { perSecond, seconds }) {
  const child = fork(PROBES, [String(port), String(perSecond), String(seconds)]);
  const [result] = await once(child, "message");
  return result;
}

/** Milliseconds from the start of a process to its first 200, in turns. */
export async function measureStarts(kinds, rounds) {
  const rows = kinds.map(([name]) => ({ name, ms: [], peak: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const [at, [, start]] of kinds.entries()) {
      const port = await freePort();
      const began = performance.now();
      const { args, env = {}, path } = start(port);
      const child = spawn(process.execPath, args, {
        stdio: "ignore",
        env: { ...process.env, ...env },
      });
      while ((await statusOf(port, path)) !== 200 && performance.now() - began < 30_000) await sleep(1);
      rows[at].ms.push(performance.now() - began);
      rows[at].peak.push(peakMb(child.pid));
      await stop(child);
    }
  }
  const bare = median(rows[0].ms);
  return rows.map(({ name, ms, peak }) => ({
    server: name,
    "first 200, ms": shown(median(ms)),
    "of bare": (median(ms) / bare).toFixed(2),
    "peak MB": Math.round(median(peak)),
  }));
}

/** Who is compared when it comes to starting. */
export function starters({ url, contract }) {
  const script = (text) => ["--input-type=module", "-e", text];
  const body = 'JSON.stringify({ status: "pass" })';
  const fastify = new URL("../../../node_modules/fastify/fastify.js", import.meta.url).href;
  const bare = (port) =>
    script(`import { createServer } from "node:http";
    createServer((_, response) => response.end(${body})).listen(${port}, "127.0.0.1");`);
  const framework = (port) =>
    script(`import fastify from ${JSON.stringify(fastify)};
    const app = fastify(); app.get("/", () => ${body}); await app.listen({ port: ${port} });`);
  const serve = (port) => [CLI, "serve", "--contract", contract, "--port", String(port), "--host", "127.0.0.1"];
  const env = { DATABASE_URL: url, LOG_LEVEL: "error" };
  return [
    ["bare node:http", (port) => ({ args: bare(port), path: "/" })],
    ["bare Fastify", (port) => ({ args: framework(port), path: "/" })],
    ["schemaready serve: /livez", (port) => ({ args: serve(port), env, path: "/livez" })],
    ["schemaready serve: /schema/health (verified)", (port) => ({ args: serve(port), env, path: "/schema/health" })],
  ];
}

/** A temporary folder that is removed at the end. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), "schemaready-bench-"));
  return {
    folder,
    write: (name, value) => {
      const file = join(folder, name);
      writeFileSync(file, JSON.stringify(value));
      return file;
    },
    remove: () => existsSync(folder) && rmSync(folder, { recursive: true, force: true, maxRetries: 10 }),
  };
}
