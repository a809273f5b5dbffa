// What a verification costs in a large database, against reading the same catalogs raw, against what people write by hand,
// and against other programs that read a schema; side by side, in turns. Nothing fails on a time.
//   npm run bench:verify                                    all parts with 10,000 tables; makes them first (about a minute)
//   npm run bench:verify -- --size M --rounds 3             1,000 tables, quick
//   npm run bench:verify -- --only named,all                some of: named all unchanged probes start locked processes
//   npm run bench:verify -- --hold FILE                     makes the database, writes its URL to FILE, stays until it is stopped
//   npm run bench:verify -- --use FILE                      uses that one
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contractId } from "../dist/expect/contract-id.js";
import { startPostmaster } from "../dist/scratch/index.js";
import { printTable } from "./bench/print.mjs";
import { fillDatabase, SCHEMA, SIZES, tableName } from "./bench/verify/database.mjs";
import { measureLocked } from "./bench/verify/locked.mjs";
import { shown } from "./bench/verify/measure.mjs";
import { installPeers, measureProcesses, processTable, wholeProcesses } from "./bench/verify/peers.mjs";
import { open } from "./bench/verify/readings.mjs";
import {
  measureStarts,
  probe,
  runsOf,
  starters,
  startService,
  temporary,
  untilVerdict,
} from "./bench/verify/service.mjs";
import { inTurns, tableOf } from "./bench/verify/turns.mjs";

const PARTS = ["named", "all", "unchanged", "probes", "start", "locked", "processes"];
const { values } = parseArgs({
  options: {
    size: { type: "string", default: "L" },
    rounds: { type: "string", default: "5" },
    only: { type: "string", default: PARTS.join(",") },
    hold: { type: "string" },
    use: { type: "string" },
  },
});
const size = SIZES[values.size];
const rounds = Number(values.rounds);
const only = values.only.split(",");
const unknown = only.filter((part) => !PARTS.includes(part));
if (size === undefined || unknown.length > 0)
  throw new Error(`--size is one of ${Object.keys(SIZES)}, --only some of ${PARTS}`);
const NAMED = 100;
const BY_HAND = [
  ["floor", "floor: raw catalogs through pg"],
  ["catalog", "pg_catalog by hand"],
  ["information", "information_schema by hand"],
];
const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

const made =
  values.use === undefined ? await makeServer() : { url: readFileSync(values.use, "utf8"), stop: async () => {} };
const { url } = made;
const temp = temporary();
const admin = await open(url);
try {
  const { serverPid, version, major } = await facts();
  await printMachine(version);
  if (values.hold !== undefined) await holdUntilStopped();
  const all = Array.from({ length: size.tables }, (_, at) => tableName(at + 1));
  const step = Math.max(1, Math.floor(size.tables / NAMED));
  const named = all.filter((_, at) => at % step === 0).slice(0, NAMED);
  const whole = compileContract();
  const packages = join(temp.folder, "packages");
  if (only.some((part) => ["all", "processes"].includes(part))) installPeers(packages);
  const settingsOf = (name, tables, contract) => temp.write(`${name}.json`, { url, tables, packages, contract });
  const few = temp.write("few.contract.json", restrict(JSON.parse(readFileSync(whole, "utf8")), new Set(named)));
  const forAll = settingsOf("all", all, whole);
  const forNamed = settingsOf("named", named, few);
  const run = { serverPid, rounds };

  if (only.includes("named")) await benchNamed(forNamed, run);
  if (only.includes("all")) await benchAll(forAll, run);
  if (only.includes("unchanged")) await benchUnchanged(forNamed, forAll, run);
  if (only.includes("probes")) await benchProbes(whole);
  if (only.includes("start"))
    printTable("start of the process to its first 200", await measureStarts(starters({ url, contract: few }), rounds));
  if (only.includes("locked"))
    printTable(
      `${NAMED} tables, one of them under ACCESS EXCLUSIVE`,
      await measureLocked({ url, contract: few, tables: named }),
    );
  if (only.includes("processes")) {
    const commands = wholeProcesses({
      url,
      serverMajor: major,
      settings: forAll,
      contract: whole,
      folder: temp.folder,
      packages,
    });
    const runs = await measureProcesses(commands, { serverPid, rounds: Math.min(rounds, 3), cwd: temp.folder });
    printTable(`whole processes, all ${size.tables} tables`, processTable(runs));
  }
} finally {
  await admin.end();
  await made.stop();
  temp.remove();
}

async function makeServer() {
  const settings = { shared_buffers: "256MB", max_wal_size: "1GB" };
  const postmaster = await startPostmaster(process.env.TEST_POSTGRES_BINARIES || null, {
    listen: "loopback",
    settings,
  });
  try {
    const began = performance.now();
    await fillDatabase(postmaster.url, size);
    console.log(`${size.tables} tables made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    return postmaster;
  } catch (error) {
    await postmaster.stop();
    throw error;
  }
}

async function facts() {
  const { rows } = await admin.query(
    "select pg_backend_pid() as pid, current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major",
  );
  const [{ pid, version, major }] = rows;
  const parent = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  return { serverPid: parent, version, major };
}

async function printMachine(version) {
  const [cpu] = cpus();
  console.log(
    `PostgreSQL ${version}; Node.js ${process.versions.node}; ${availableParallelism()} x ${cpu?.model ?? "?"}; load before: ${loadavg()[0].toFixed(1)}`,
  );
  const { rows } =
    await admin.query(`select (select count(*) from pg_class where relnamespace = '${SCHEMA}'::regnamespace and relkind = 'r') as tables,
    (select count(*) from pg_attribute a join pg_class c on c.oid = attrelid where relnamespace = '${SCHEMA}'::regnamespace and relkind = 'r' and attnum > 0) as columns,
    (select count(*) from pg_indexes where schemaname = '${SCHEMA}') as indexes, (select count(*) from pg_constraint where contype <> 'n') as constraints`);
  console.log(
    Object.entries(rows[0])
      .map(([what, count]) => `${count} ${what}`)
      .join(", "),
  );
}

async function holdUntilStopped() {
  writeFileSync(values.hold, url);
  console.log(`its URL stands in ${values.hold}`);
  const timer = setInterval(() => {}, 1_000_000);
  await new Promise((done) => process.once("SIGTERM", done).once("SIGINT", done));
  clearInterval(timer);
  only.length = 0;
}

/** By the command that people use. */
function compileContract() {
  const file = join(temp.folder, "whole.contract.json");
  const args = [CLI, "compile", "--from-database", url, "--schema", SCHEMA, "-o", file, "--timeout", "120s"];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`no contract: ${stderr}`);
  return file;
}

/** A contract of some of the tables. */
function restrict(contract, tables) {
  const [application] = contract.applications;
  const relations = application.relations.filter(({ name }) => tables.has(name));
  const used = new Set(relations.flatMap(({ columns }) => columns.map(({ type }) => type.name)));
  const enums = application.enums.filter(({ name }) => used.has(name));
  const some = { ...contract, applications: [{ ...application, relations, enums }] };
  return { ...some, id: contractId(some) };
}

async function benchNamed(settings, run) {
  const kinds = [...BY_HAND, ["read", "schemaready: read, as a model"], ["verify", "schemaready: verify"]];
  const rows = await inTurns({ ...run, kinds, settings, warmUp: 30, rounds: rounds * 10 });
  printTable(`${NAMED} of ${size.tables} tables, on a connection that stays open`, tableOf(rows, "pg_catalog by hand"));
}

async function benchAll(settings, run) {
  const more = [
    ["kysely", "kysely introspection (tables, columns)"],
    ["pg-introspection", "pg-introspection"],
  ];
  const ours = [
    ["read", "schemaready: read, as a model"],
    ["verify", "schemaready: verify"],
  ];
  const kept = await inTurns({ ...run, kinds: [...BY_HAND, ...ours, ...more], settings });
  printTable(`all ${size.tables} tables, on a connection that stays open`, tableOf(kept, "pg_catalog by hand"));
  const kinds = [
    ["catalog-new", "pg_catalog by hand"],
    ["verify-new", "schemaready: verify"],
  ];
  const fresh = await inTurns({ ...run, kinds, settings, warmUp: 1 });
  printTable(`all ${size.tables} tables, on a new connection each time`, tableOf(fresh, "pg_catalog by hand"));
}

/** What the service does each interval: nothing is written; or something is, each time. */
async function benchUnchanged(forNamed, forAll, run) {
  await admin.query("create table if not exists public.bench_writes (id int)");
  const write = () => admin.query("insert into public.bench_writes values (1)");
  const rows = [];
  for (const [tables, settings] of [
    [NAMED, forNamed],
    [size.tables, forAll],
  ]) {
    for (const [server, between] of [
      ["idle", undefined],
      ["busy", write],
    ]) {
      const [row] = await inTurns({
        ...run,
        kinds: [["watch", `${tables} tables, ${server} server`]],
        settings,
        warmUp: 2,
        between,
      });
      if (row !== undefined) rows.push(row);
    }
  }
  const shownRows = rows.map(({ name, ms, serverMs, clientMs, peakMb }) => ({
    ...{ verified: name, "wall ms": shown(ms), "server CPU ms": shown(serverMs), "client CPU ms": shown(clientMs) },
    "client peak MB": Math.round(peakMb),
  }));
  printTable("each interval of the service, when nothing that it verifies has changed", shownRows);
}

async function benchProbes(contract) {
  const service = await startService({ url, contract });
  try {
    await untilVerdict(service.port);
    const load = { perSecond: 200, seconds: 10 };
    await probe(service.port, { perSecond: 200, seconds: 2 });
    const rows = [await probedRow("nothing is written: nothing to verify", service.port, load)];
    const writing = setInterval(() => admin.query("select pg_catalog.txid_current()").catch(() => {}), 100);
    rows.push(
      await probedRow(`something is written all the time: ${size.tables} tables again and again`, service.port, load),
    );
    clearInterval(writing);
    printTable("200 probes of /schema/health a second, from another process", rows);
  } finally {
    await service.stop();
  }
}

async function probedRow(name, port, load) {
  const before = await runsOf(port);
  const { p50, p99, max, statuses } = await probe(port, load);
  const verified = (await runsOf(port)) - before;
  return {
    ...{
      meanwhile: name,
      verifications: verified,
      "p50 ms": p50.toFixed(2),
      "p99 ms": p99.toFixed(2),
      "max ms": max.toFixed(1),
    },
    answers: Object.entries(statuses)
      .map(([status, count]) => `${count} x ${status}`)
      .join(", "),
  };
}
