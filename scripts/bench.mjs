// Measures compile and verify on generated migrations, side by side in one run, and prints ratios that travel better
// between machines than seconds do. Nothing fails on a time.
//   npm run bench                         100, 300 and 1000 migrations, best of 3
//   npm run bench -- --sizes 100,300 --rounds 1
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startScratch } from "../dist/scratch/index.js";
import { checkFileFor, generateMigrations } from "./bench/migrations.mjs";
import { printTable } from "./bench/print.mjs";
import { measureReplay } from "./bench/replay.mjs";
import { runMeasured } from "./bench/run.mjs";

const { values } = parseArgs({
  options: { sizes: { type: "string", default: "100,300,1000" }, rounds: { type: "string", default: "3" } },
});
const sizes = values.sizes.split(",").map(Number);
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), "schemaready-bench-"));
const scratch = await startScratch();
try {
  printMachine();
  const replays = [];
  for (const size of sizes) replays.push(await benchReplay(size));
  printTable("replay: migrations against the same scripts sent without reading the schema", replays);
  printTable("growth of the replay", growth(replays));
  const compiles = [];
  for (const size of sizes) compiles.push(await benchCompile(size));
  printTable("compile: the whole command, with the start of a throwaway PostgreSQL", compiles);
  printTable(
    "verify: with the contract, and with check files that ask for the same tables",
    await benchVerify(sizes[0]),
  );
} finally {
  await scratch.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

function printMachine() {
  const [cpu] = cpus();
  console.log(
    `${scratch.description}; Node.js ${process.versions.node}; ${availableParallelism()} x ${cpu?.model ?? "?"}`,
  );
  console.log(`best of ${rounds}`);
}

function writeMigrations(size) {
  const directory = join(folder, String(size));
  for (const { name, sql } of generateMigrations(size)) {
    mkdirSync(join(directory, name), { recursive: true });
    writeFileSync(join(directory, name, "migration.sql"), sql);
  }
  writeFileSync(join(directory, "migration_lock.toml"), 'provider = "postgresql"\n');
  return directory;
}

async function benchReplay(size) {
  const { plainMs, replayMs } = await measureReplay({ scratch, directory: writeMigrations(size), rounds });
  return {
    migrations: size,
    "plain ms": Math.round(plainMs),
    "replay ms": Math.round(replayMs),
    "replay / plain": ratio(replayMs, plainMs),
    "ms for each": (replayMs / size).toFixed(1),
  };
}

/** 1 means that each migration takes as long as before, however many there are. */
function growth(replays) {
  return replays.slice(1).map((each, index) => {
    const before = replays[index];
    const times = each.migrations / before.migrations;
    const cost = (column) => (each[column] / before[column] / times).toFixed(2);
    return {
      from: before.migrations,
      to: each.migrations,
      "plain, for each": cost("plain ms"),
      "replay, for each": cost("replay ms"),
    };
  });
}

async function benchCompile(size) {
  const args = ["compile", "--migrations", join(folder, String(size)), "--tool", "prisma", "-o", contractOf(size)];
  const { seconds, memoryMb } = await best(() => runMeasured(args));
  const bytes = readFileSync(contractOf(size)).length;
  return {
    migrations: size,
    seconds: seconds.toFixed(1),
    "peak MB": Math.round(memoryMb),
    "contract MB": (bytes / 1e6).toFixed(1),
  };
}

async function benchVerify(size) {
  const connection = await scratch.connect();
  try {
    for (const { sql } of generateMigrations(size)) await connection.execute(sql);
    const checks = join(folder, "bench.yaml");
    writeFileSync(checks, checkFileFor(JSON.parse(readFileSync(contractOf(size), "utf8"))));
    const against = ["--database-url", connection.url, "--format", `json=${join(folder, "report.json")}`];
    const contract = await best(() => runMeasured(["verify", "--contract", contractOf(size), ...against], [0, 1]));
    const files = await best(() => runMeasured(["verify", "--checks", checks, ...against], [0, 1]));
    const row = (what, { seconds, memoryMb }) => ({
      with: what,
      ms: Math.round(seconds * 1000),
      "peak MB": Math.round(memoryMb),
    });
    return [
      row("contract", contract),
      row("check files", files),
      { with: "check files / contract", ms: ratio(files.seconds, contract.seconds) },
    ];
  } finally {
    await connection.close();
  }
}

function contractOf(size) {
  return join(folder, `${size}.json`);
}

async function best(measure) {
  let found = await measure();
  for (let round = 1; round < rounds; round++) {
    const next = await measure();
    if (next.seconds < found.seconds) found = next;
  }
  return found;
}

function ratio(a, b) {
  return (a / b).toFixed(1);
}
