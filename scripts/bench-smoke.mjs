// Compares `schemaready smoke` with curl in a shell script, newman and Step CI: the same six steps against a local server,
// whole processes, in turns; then how long commands take to start. Nothing fails on a time.
//   npm run bench:smoke
//   npm run bench:smoke -- --rounds 7 --only schemaready,curl --no-start
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median } from "./bench/median.mjs";
import { printTable } from "./bench/print.mjs";
import { STEPS } from "./bench/smoke-flows.mjs";
import { smokeTools } from "./bench/smoke-tools.mjs";
import { startTable } from "./bench/start.mjs";
import { measure, peakMb } from "./bench/whole-process.mjs";

const { values } = parseArgs({
  allowNegative: true,
  options: {
    rounds: { type: "string", default: "9" },
    only: { type: "string", default: "" },
    start: { type: "boolean", default: true },
  },
});
const rounds = Number(values.rounds);
const FLOOR = { name: "node -e 0", command: [process.execPath, "-e", "0"], env: {} };

const folder = mkdtempSync(join(tmpdir(), "schemaready-bench-"));
const server = spawn(process.execPath, [fileURLToPath(new URL("bench/smoke-server.mjs", import.meta.url))], {
  stdio: ["pipe", "pipe", "inherit"],
});
try {
  const [port] = await once(server.stdout, "data");
  const baseUrl = `http://127.0.0.1:${Number(port)}`;
  const only = values.only.split(",").filter((name) => name !== "");
  const tools = smokeTools(folder, baseUrl, only);
  printMachine(tools);
  const noticed = new Map();
  for (const tool of tools) noticed.set(tool, await wrongAnswersNoticed(tool, baseUrl));
  const rows = await compare(tools, baseUrl);
  printTable(`six steps against a local server, whole process, ${rounds} rounds in turns`, table(rows, noticed));
  if (values.start) printTable("from the start of the process", await startTable(rounds, folder));
} finally {
  server.stdin.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

function printMachine(tools) {
  const [cpu] = cpus();
  console.log(`Node.js ${process.versions.node}; ${availableParallelism()} x ${cpu?.model ?? "?"}`);
  console.log([...new Set(tools.map(({ version }) => version))].join("; "));
  console.log(`load of the machine before: ${loadavg()[0]?.toFixed(1)}`);
}

/** A runner that does not look is fast: each must fail when any one step is answered wrongly, and pass when none is. */
async function wrongAnswersNoticed(tool, baseUrl) {
  let count = 0;
  for (const step of STEPS) {
    await begin(baseUrl, step);
    const { code, said } = measure(tool.command, folder, tool.env);
    if (code === 0) throw new Error(`${tool.name} passes although ${step} is answered wrongly:\n${said}`);
    count += 1;
  }
  await begin(baseUrl, null);
  await pass(tool, baseUrl);
  return count;
}

/** One run that must pass and must have made the six requests, each once and in order. */
async function pass(tool, baseUrl) {
  const run = measure(tool.command, folder, tool.env);
  if (run.code !== 0) throw new Error(`${tool.name} ended with ${run.code}:\n${run.said}`);
  const seen = await (await fetch(`${baseUrl}/_seen`)).json();
  if (seen.join() !== STEPS.join()) throw new Error(`${tool.name} sent ${seen.join(", ")}`);
  return run;
}

async function begin(baseUrl, wrong) {
  await (await fetch(`${baseUrl}/_begin${wrong === null ? "" : `?wrong=${wrong}`}`)).text();
}

async function compare(tools, baseUrl) {
  const rows = [{ tool: FLOOR, runs: [] }, ...tools.map((tool) => ({ tool, runs: [] }))];
  for (let round = 0; round < rounds; round++) {
    for (const { tool, runs } of rows) {
      await begin(baseUrl, null);
      runs.push(tool === FLOOR ? measure(FLOOR.command, folder) : await pass(tool, baseUrl));
    }
  }
  for (const row of rows) {
    await begin(baseUrl, null);
    row.memory = peakMb(row.tool.command, folder, row.tool.env);
  }
  return rows;
}

function table(rows, noticed) {
  const wall = ({ runs }) => median(runs.map(({ wallMs }) => wallMs));
  const floor = wall(rows[0]);
  const curl = rows.find(({ tool }) => tool.name.includes("curl"));
  return rows.map((row) => ({
    runner: row.tool.name,
    "median ms": wall(row).toFixed(0),
    "best ms": Math.min(...row.runs.map(({ wallMs }) => wallMs)).toFixed(0),
    "CPU ms": median(row.runs.map(({ cpuMs }) => cpuMs)).toFixed(0),
    "peak MB": row.memory ?? "-",
    "of curl": curl === undefined ? "-" : (wall(row) / wall(curl)).toFixed(2),
    "of node -e 0": (wall(row) / floor).toFixed(2),
    "requests a run": row.tool === FLOOR ? 0 : STEPS.length,
    "wrong answers noticed": row.tool === FLOOR ? "-" : `${noticed.get(row.tool)} of ${STEPS.length}`,
  }));
}
