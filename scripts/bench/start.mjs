// How long it takes until a command has something to say: help, one verification by a contract, and the service's first answer.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./median.mjs";
import { startTarget } from "./target.mjs";
import { measure, peakMb } from "./whole-process.mjs";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const BARE =
  'const s = require("node:http").createServer((q, r) => r.end("ok")).listen(0, "127.0.0.1", () => console.log("http://127.0.0.1:" + s.address().port))';

/** @returns rows of the table; the first is the floor of its kind */
export async function startTable(rounds, folder) {
  const target = await startTarget(["bench_start"]);
  try {
    const url = target.urlOf("bench_start");
    const contract = compileContract(url, folder);
    const look = ["--contract", contract, "--database-url", url];
    return [...measureCommands(look, rounds, folder), ...(await measureServers(look, rounds))];
  } finally {
    await target.close();
  }
}

function compileContract(url, folder) {
  const path = join(folder, "contract.json");
  const args = [CLI, "compile", "--from-database", url, "-o", path];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`the contract could not be compiled:\n${stderr}`);
  return path;
}

function measureCommands(look, rounds, folder) {
  const commands = {
    "node -e 0": ["-e", "0"],
    "schemaready --version": [CLI, "--version"],
    "schemaready verify --help": [CLI, "verify", "--help"],
    "schemaready verify --contract": [CLI, "verify", ...look],
    "schemaready wait --contract": [CLI, "wait", ...look],
  };
  const rows = Object.entries(commands).map(([name, args]) => ({ name, args: [process.execPath, ...args], runs: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const { name, args, runs } of rows) {
      const run = measure(args, folder);
      if (run.code !== 0) throw new Error(`${name} ended with ${run.code}:\n${run.said}`);
      runs.push(run);
    }
  }
  const floor = median(rows[0].runs.map(({ wallMs }) => wallMs));
  return rows.map(({ name, args, runs }) => rowOf(name, runs, floor, peakMb(args, folder)));
}

async function measureServers(look, rounds) {
  const servers = {
    "bare node:http, to the first 200": ["-e", BARE],
    "schemaready serve, to the first 200": [CLI, "serve", "--port", "0", ...look],
  };
  const rows = Object.entries(servers).map(([name, args]) => ({ name, args, runs: [] }));
  for (let round = 0; round < rounds; round++) {
    for (const { args, runs } of rows) runs.push(await firstAnswer(args));
  }
  const floor = median(rows[0].runs.map(({ wallMs }) => wallMs));
  return rows.map(({ name, runs }) => rowOf(name, runs, floor, Math.max(...runs.map(({ memory }) => memory)) || null));
}

function rowOf(what, runs, floor, memory) {
  const walls = runs.map(({ wallMs }) => wallMs);
  return {
    what,
    "median ms": median(walls).toFixed(0),
    "best ms": Math.min(...walls).toFixed(0),
    "CPU ms": median(runs.map(({ cpuMs }) => cpuMs)).toFixed(0),
    "peak MB": memory ?? "-",
    "of its floor": (median(walls) / floor).toFixed(2),
  };
}

async function firstAnswer(args) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  try {
    const url = await addressFrom(child);
    const status = await new Promise((resolve, reject) => {
      get(`${url}/livez`, (response) => resolve(response.resume().statusCode)).on("error", reject);
    });
    if (status !== 200) throw new Error(`the first answer was ${status}`);
    return { wallMs: performance.now() - started, ...usageOf(child.pid) };
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
}

/** The first address that it prints. */
function addressFrom(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (chunk) => {
      said += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => reject(new Error(`it ended with ${code}:\n${said}`)));
  });
}

/** As Linux counts it; nothing elsewhere. */
function usageOf(pid) {
  if (!existsSync(`/proc/${pid}/stat`)) return { cpuMs: Number.NaN, memory: 0 };
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0;
  return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, memory: Math.round(Number(peak) / 1024) };
}
