// Programs that read the same schema, each as a whole process, from its start to its end.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median } from "../median.mjs";
import { peakMb, serverCpuMs, shown } from "./measure.mjs";

const CLI = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));
const READER = fileURLToPath(new URL("reader.mjs", import.meta.url));
export const PACKAGES = [
  "kysely@0.29.9",
  "pg-introspection@1.0.1",
  "zapatos@6.6.1",
  "@pgkit/migra@0.6.1",
  "drizzle-kit@0.31.11",
  "drizzle-orm@0.45.4",
  "pg@8.16.3",
];
const LIMIT_MS = 60_000;
const LOOK_MS = 20;

/** Into a folder of the bench's own; says which cannot be had. */
export function installPeers(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", ...PACKAGES];
  const { status } = spawnSync("npm", args, { cwd: folder, stdio: "ignore", timeout: 180_000 });
  if (status !== 0) console.log("skipped: peers from npm: they cannot be installed here");
  return status === 0;
}

/** @returns [what people call it, command line, or the reason why it is not there][] */
export function wholeProcesses({ url, serverMajor, settings, contract, folder, packages }) {
  const here = (name) => join(packages, "node_modules/.bin", name);
  const fromNpm = (name, ...args) => (existsSync(here(name)) ? [here(name), ...args] : "not installed");
  const dump = findDump(serverMajor);
  writeFileSync(
    join(folder, "zapatosconfig.json"),
    JSON.stringify({ db: { connectionString: url }, outDir: folder, schemas: { app: { include: "*", exclude: [] } } }),
  );
  const schemaready = [
    process.execPath,
    CLI,
    "verify",
    "--contract",
    contract,
    "--database-url",
    url,
    "--timeout",
    "60s",
  ];
  return [
    ["schemaready verify", schemaready],
    ["floor: raw catalogs through pg", [process.execPath, READER, "floor", settings, "once"]],
    ["kysely introspection (tables, columns)", [process.execPath, READER, "kysely", settings, "once"]],
    ["pg-introspection", [process.execPath, READER, "pg-introspection", settings, "once"]],
    ["pg_dump --schema-only", typeof dump === "string" ? dump : [...dump, "--schema-only", "--file=/dev/null", url]],
    ["apgdiff of two dumps", apgdiff(dump, url, folder)],
    ["check_postgres same_schema", checkPostgres(url)],
    ["zapatos", fromNpm("zapatos")],
    ["@pgkit/migra, database against itself", fromNpm("migra", url, url)],
    ["drizzle-kit pull", drizzlePull(here("drizzle-kit"), url, join(folder, "drizzle"))],
  ];
}

/** It ends with 0 also when it has read nothing: then there is no file. */
function drizzlePull(program, url, out) {
  if (!existsSync(program)) return "not installed";
  const script = `"$0" pull --dialect postgresql --url "$1" --out "$2" --schemaFilters app && test -s "$2/schema.ts"`;
  return ["sh", "-c", script, program, url, out];
}

/** pg_dump refuses a server that is newer than it is. */
function findDump(serverMajor) {
  const installed = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql") : [];
  const places = ["pg_dump", ...installed.map((version) => `/usr/lib/postgresql/${version}/bin/pg_dump`)];
  const found = places
    .map((place) => [place, Number(/ (\d+)/.exec(versionOf(place))?.[1])])
    .filter(([, major]) => major);
  const fit = found.find(([, major]) => major >= serverMajor);
  if (fit !== undefined) return [fit[0]];
  return found.length === 0 ? "not installed" : `pg_dump ${found[0][1]} refuses a server of version ${serverMajor}`;
}

function versionOf(program) {
  return spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "";
}

function apgdiff(dump, url, folder) {
  if (spawnSync("sh", ["-c", "command -v apgdiff"]).status !== 0) return "not installed";
  if (typeof dump === "string") return `needs pg_dump: ${dump}`;
  const [one, other] = [join(folder, "one.sql"), join(folder, "other.sql")];
  const script = `"$0" --schema-only --file="$1" "$3" && "$0" --schema-only --file="$2" "$3" && apgdiff "$1" "$2" > /dev/null`;
  return ["sh", "-c", script, dump[0], one, other, url];
}

function checkPostgres(url) {
  if (spawnSync("sh", ["-c", "command -v check_postgres"]).status !== 0) return "not installed";
  const { hostname, port, username, password, pathname } = new URL(url);
  const one = [`--dbhost=${hostname}`, `--dbport=${port}`, `--dbuser=${username}`, `--dbname=${pathname.slice(1)}`];
  const other = [
    `--dbhost2=${hostname}`,
    `--dbport2=${port}`,
    `--dbuser2=${username}`,
    `--dbname2=${pathname.slice(1)}`,
  ];
  // It has no timeout of its own above 10 s for one query unless told.
  return [
    "env",
    `PGPASSWORD=${decodeURIComponent(password)}`,
    "check_postgres",
    "--action=same_schema",
    "--timeout=60",
    ...one,
    ...other,
  ];
}

/** In turns; what does not end in time, or fails, is not asked again. */
export async function measureProcesses(commands, { serverPid, rounds, cwd }) {
  const runs = commands.map(([name, command]) => ({
    name,
    command,
    looks: [],
    failed: typeof command === "string" ? command : null,
  }));
  for (let round = 0; round < rounds; round++) {
    for (const run of runs.filter(({ failed }) => failed === null)) {
      const result = await runOnce(run.command, { serverPid, cwd });
      if (typeof result === "string") run.failed = result;
      else run.looks.push(result);
    }
  }
  for (const { name, failed } of runs) if (failed !== null) console.log(`skipped: ${name}: ${failed}`);
  return runs.filter(({ looks }) => looks.length > 0);
}

export function processTable(runs) {
  const middle = (looks, key) => median(looks.map((look) => look[key]));
  const ours = middle(runs[0].looks, "ms");
  return runs.map(({ name, looks }) => ({
    process: name,
    "wall s": (middle(looks, "ms") / 1000).toFixed(2),
    "of schemaready": (middle(looks, "ms") / ours).toFixed(2),
    "server CPU s": (middle(looks, "serverMs") / 1000).toFixed(2),
    "own CPU s": shown(middle(looks, "cpuMs") / 1000),
    "peak MB": Math.round(middle(looks, "peakMb")),
  }));
}

async function runOnce([program, ...args], { serverPid, cwd }) {
  const before = serverCpuMs(serverPid);
  const started = performance.now();
  // The shell tells the processor time of what it waited for.
  const timed = ["-c", 'TIMEFORMAT="cpu %U %S"; time "$0" "$@"', program, ...args];
  const child = spawn("bash", timed, { cwd, stdio: ["ignore", "ignore", "pipe"], detached: true });
  let text = "";
  let peak = 0;
  child.stderr.setEncoding("utf8").on("data", (part) => {
    text = (text + part).slice(-4_000);
  });
  const look = setInterval(() => {
    peak = Math.max(peak, peakMb(child.pid));
  }, LOOK_MS);
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), LIMIT_MS);
  const [code, signal] = await once(child, "close");
  const ms = performance.now() - started;
  clearInterval(look);
  clearTimeout(timer);
  if (signal !== null) return `more than ${LIMIT_MS / 1000} s`;
  await sleep(50);
  const cpu = /cpu ([\d.]+) ([\d.]+)/.exec(text);
  if (code !== 0)
    return `it failed (${code}): ${text
      .replace(/cpu .*/, "")
      .trim()
      .split("\n")
      .slice(-3)
      .join(" ")
      .slice(0, 300)}`;
  const cpuMs = (Number(cpu?.[1]) + Number(cpu?.[2])) * 1000;
  return { ms, cpuMs, peakMb: peak, serverMs: serverCpuMs(serverPid) - before };
}
