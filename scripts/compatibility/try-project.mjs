// compile -> second replay -> verify, for one project.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replay } from "../../dist/expect/replay/index.js";
import { readMigrationDirectory } from "../../dist/history/index.js";
import { runCommand } from "../bench/run.mjs";

/** Whether the tool recorded its migrations is not what is tried here: no tool ran. */
const HISTORY = "MIGRATION_NOT_APPLIED";

/**
 * result: `same` (no gap, nothing unverified, nothing besides), `differs`, the code of the diagnosis or of the error that
 * compile gave, or `timeout`. details: lines for people.
 */
export async function tryProject({ project, directory, scratch, timeoutMs }) {
  const { tool, path, schema } = project;
  const migrations = join(directory, path);
  const contract = join(directory, "contract.json");
  const args = ["compile", "--migrations", migrations, "--tool", tool, "-o", contract];
  const compiled = await runCommand(schema === undefined ? args : [...args, "--schema", schema], timeoutMs);
  const figures = { seconds: compiled.seconds, memoryMb: compiled.memoryMb, notes: notesOf(compiled.stderr) };
  const count = await countMigrations(tool, migrations);
  if (compiled.code !== 0) return { ...figures, migrations: count, ...refusalOf(compiled) };
  const objects = JSON.parse(readFileSync(contract, "utf8")).applications[0].relations.length;
  const verified = await verifySecondReplay({ tool, migrations, contract, scratch, schema, timeoutMs });
  rmSync(contract);
  return { ...figures, migrations: count, objects, ...verified };
}

async function countMigrations(tool, directory) {
  try {
    return (await readMigrationDirectory({ tool, directory })).scripts.length;
  } catch {
    return null;
  }
}

async function verifySecondReplay({ tool, migrations, contract, scratch, schema, timeoutMs }) {
  const connection = await scratch.connect();
  try {
    const directory = await readMigrationDirectory({ tool, directory: migrations });
    const schemas = schema === undefined ? "all" : [schema];
    const { failures } = await replay({ directory, connection, schemas, keepGoing: false });
    if (failures.length > 0) return { result: "second-replay-fails", details: failures.map(({ message }) => message) };
    const args = ["verify", "--contract", contract, "--database-url", connection.url, "--format", "json"];
    const verified = await runCommand(args, timeoutMs);
    if (verified.stdout === "") return { result: "verify-fails", details: verified.stderr.split("\n").slice(0, 20) };
    return judge(JSON.parse(verified.stdout), verified.seconds);
  } finally {
    await connection.close();
  }
}

function judge({ gaps, unverified, extras, summary }, verifySeconds) {
  const about = ({ subject }) =>
    [subject.kind, subject.schema, subject.relation, subject.name].filter(Boolean).join(" ");
  const details = [
    ...gaps.filter(({ code }) => code !== HISTORY).map((gap) => `gap ${gap.code}: ${about(gap)}: ${gap.message}`),
    ...unverified.map((each) => `unverified: ${about(each)}: ${each.reason}`),
    ...extras.map((extra) => `extra: ${about(extra)}`),
  ];
  const result = details.length === 0 ? "same" : "differs";
  return { result, details, expectations: summary.expectations, verifySeconds };
}

function refusalOf({ code, stderr }) {
  if (code === null) return { result: "timeout", details: [] };
  const lines = stderr.split("\n").filter((line) => !/^(note|warning)\b/.test(line));
  const [, named] = /\([0-9A-Z]{5}\)\. ([A-Z_]+):/.exec(stderr) ?? /^error ([A-Z_]+):/m.exec(stderr) ?? [];
  return { result: named ?? `exit ${code}`, details: lines };
}

function notesOf(stderr) {
  return stderr.split("\n").filter((line) => /^(note|warning)\b/.test(line));
}
