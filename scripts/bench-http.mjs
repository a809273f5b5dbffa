// Compares /schema/health with a bare node:http server, Fastify, @godaddy/terminus and a query for each request, side by
// side in one run; then asks while PostgreSQL hangs. Each server is a process of its own. Nothing fails on a time.
//   npm run bench:http
//   npm run bench:http -- --connections 50 --seconds 2 --rounds 5 --rate 5000
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { load } from "./bench/load.mjs";
import { median } from "./bench/median.mjs";
import { printTable } from "./bench/print.mjs";
import { contractFor, startTarget, TABLES } from "./bench/target.mjs";

const { values } = parseArgs({
  options: {
    connections: { type: "string", default: "50" },
    seconds: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    rate: { type: "string", default: "5000" },
  },
});
const [connections, seconds, rounds, rate] = [values.connections, values.seconds, values.rounds, values.rate].map(
  Number,
);
const SERVERS = fileURLToPath(new URL("bench/http-servers.mjs", import.meta.url));
const NAMES = {
  bare: "bare node:http, a fixed buffer",
  headers: "bare node:http, with our headers",
  fastify: "bare Fastify, a fixed buffer",
  terminus: "@godaddy/terminus",
  schemaready: "schemaready /schema/health",
  query: "information_schema for each request",
};
const HANGING_CONNECTIONS = 100;
/** Of each server in a round: what else the machine does changes within seconds. */
const TURNS = 4;
const SETTLE_MS = 500;

const folder = mkdtempSync(join(tmpdir(), "schemaready-bench-"));
writeFileSync(join(folder, "contract.json"), JSON.stringify(contractFor(TABLES)));
writeFileSync(join(folder, "package.json"), '{"private":true}');
const kinds = Object.keys(NAMES).filter((kind) => kind !== "terminus" || installTerminus());
const target = await startTarget(kinds.map((kind) => `asked_by_${kind}`));
const running = [];
try {
  for (const kind of kinds) running.push(await start(kind));
  const [cpu] = cpus();
  console.log(`Node.js ${process.versions.node}; ${availableParallelism()} x ${cpu?.model ?? "?"}`);
  console.log(
    `load of the machine before: ${loadavg()[0]?.toFixed(1)}; ${rounds} rounds of ${seconds} s in ${TURNS} turns; the best turn of each`,
  );
  const began = performance.now();
  const measured = await compare();
  const elapsed = (performance.now() - began) / 1000;
  const verifications = await runsOf(running.find(({ kind }) => kind === "schemaready"));
  const hanging = await whileHanging();
  await Promise.all(running.splice(0).map(({ stop }) => stop()));
  await report(measured, elapsed, verifications);
  printTable(
    `PostgreSQL hangs (SIGSTOP), ${HANGING_CONNECTIONS} connections, ${rounds} turns of ${seconds / 2} s`,
    hanging,
  );
} finally {
  target.thaw();
  await Promise.all(running.map(({ stop }) => stop()));
  await target.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

function installTerminus() {
  const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "@godaddy/terminus@4"];
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: "ignore", timeout: 60_000 });
  const installed = status === 0 && existsSync(join(folder, "node_modules/@godaddy/terminus"));
  if (!installed) console.log("skipped: @godaddy/terminus cannot be installed from npm here");
  return installed;
}

async function start(kind) {
  const args = [SERVERS, kind, target.urlOf(`asked_by_${kind}`), folder];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const [port] = await once(child.stdout, "data");
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.stdin.end();
    const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(timer);
  };
  return {
    kind,
    port: Number(port),
    path: kind === "schemaready" ? "/schema/health" : "/health",
    stop,
    pid: child.pid,
  };
}

/** Processor time of a process in ms, as Linux counts it; what else the machine does disturbs it less than it does the clock. */
function cpuMs(pid) {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return Number.NaN;
  const fields = readFileSync(stat, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Queries of those who have gone are still made; whoever is asked next must not wait for them. */
async function settle({ kind }) {
  if (kind === "query") await sleep(SETTLE_MS);
}

/** In turns, so that what else the machine does falls on all of them. */
async function compare() {
  for (const server of running) {
    await load({ ...server, connections, seconds: 0.5 });
    await settle(server);
  }
  const rows = running.map(({ kind }) => ({ kind, best: null, answers: 0, cpu: 0, ratios: [] }));
  for (let turn = 0; turn < rounds * TURNS; turn++) {
    let bare = 0;
    for (const [at, server] of running.entries()) {
      const cpuBefore = cpuMs(server.pid);
      const result = await load({ ...server, connections, seconds: seconds / TURNS });
      await settle(server);
      if (server.kind === "bare") bare = result.perSecond;
      const row = rows[at];
      row.answers += result.answers;
      row.cpu += cpuMs(server.pid) - cpuBefore;
      row.ratios.push(result.perSecond / bare);
      if (row.best === null || result.perSecond > row.best.perSecond) row.best = result;
    }
  }
  return rows;
}

async function runsOf({ port }) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^schemaready_verify_runs_total (\d+)$/m.exec(text)?.[1]);
}

async function whileHanging() {
  const rows = [];
  const paces = { "at once": {}, [`${rate} a second`]: { rate } };
  const asked = running.filter(({ kind }) => ["bare", "headers", "query", "schemaready"].includes(kind));
  target.freeze();
  try {
    await sleep(1_000);
    for (const [pace, options] of Object.entries(paces)) {
      const results = asked.map(() => []);
      for (let turn = 0; turn < rounds; turn++) {
        for (const [at, server] of asked.entries()) {
          results[at].push(
            await load({ ...server, connections: HANGING_CONNECTIONS, seconds: seconds / 2, ...options }),
          );
        }
      }
      for (const [at, { kind }] of asked.entries()) {
        rows.push({ server: NAMES[kind], "asked again": pace, ...hangingRow(results[at]) });
      }
    }
  } finally {
    target.thaw();
  }
  return rows;
}

/** The median of the turns; the worst of all. */
function hangingRow(results) {
  const of = (key) => results.map((result) => result[key]);
  const ms = (value) => (Number.isNaN(value) ? "-" : value.toFixed(1));
  return {
    "requests/s": Math.round(median(of("perSecond"))),
    "p50 ms": ms(median(of("p50"))),
    "p99 ms": ms(median(of("p99"))),
    "max ms": ms(Math.max(...of("max"))),
    "connections without any answer": Math.max(...of("silent")),
    "status codes": [...new Set(of("statuses").flatMap(Object.keys))].join(", "),
  };
}

async function report(measured, elapsed, verifications) {
  // What ended connections did is told to the statistics when they end.
  await sleep(1_500);
  const bare = measured.find(({ kind }) => kind === "bare").best.perSecond;
  const rows = [];
  const bareCpu = measured[0].cpu / measured[0].answers;
  for (const { kind, best, answers, cpu, ratios } of measured) {
    rows.push({
      server: NAMES[kind],
      "requests/s": Math.round(best.perSecond),
      "of bare": (best.perSecond / bare).toFixed(2),
      "median of ratios": median(ratios).toFixed(2),
      "p50 ms": best.p50.toFixed(2),
      "p99 ms": best.p99.toFixed(2),
      "CPU us/request": ((cpu / answers) * 1000).toFixed(1),
      "bare CPU / its CPU": (bareCpu / (cpu / answers)).toFixed(2),
      requests: answers,
      transactions: ["query", "schemaready"].includes(kind) ? await target.transactions(`asked_by_${kind}`) : 0,
    });
  }
  printTable(`${connections} connections that ask without a pause`, rows);
  console.log(`\nschemaready verified ${verifications} times in ${elapsed.toFixed(0)} s at --refresh-interval 1s`);
}
