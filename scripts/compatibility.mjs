// Tries the migrations of public projects: compiles each, builds a database in a second replay, verifies it against the
// contract, and prints a table. The list of projects is data; their code is read from clones that you make yourself.
//   npm run build && node scripts/compatibility.mjs --clones DIR [--only TEXT] [--list FILE] [--json FILE] [--timeout S]
// A project is looked for in DIR/OWNER/NAME, as a clone or as a bare repository, at the commit in the list; with --head
// at whatever the clone's HEAD is. Exit code 1 when a result is not the expected one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startScratch } from "../dist/scratch/index.js";
import { extract } from "./compatibility/extract.mjs";
import { markdownTable } from "./compatibility/table.mjs";
import { tryProject } from "./compatibility/try-project.mjs";

const OPTIONS = {
  clones: { type: "string" },
  list: { type: "string" },
  only: { type: "string" },
  json: { type: "string" },
  head: { type: "boolean" },
  timeout: { type: "string", default: "300" },
};

const options = readOptions();
const listed = JSON.parse(
  readFileSync(options.list ?? new URL("./compatibility/projects.json", import.meta.url), "utf8"),
);
const projects = listed.filter((project) => nameOf(project).includes(options.only ?? ""));
const workspace = mkdtempSync(join(tmpdir(), "schemaready-compatibility-"));
const scratch = await startScratch();
const results = [];
try {
  for (const project of projects) results.push(await outcomeOf(project));
} finally {
  await scratch.close();
  rmSync(workspace, { recursive: true, force: true, maxRetries: 10 });
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\n${scratch.description}, Node.js ${process.versions.node}\n\n${markdownTable(results)}`);
const surprises = results.filter(({ project, outcome }) => !isExpected(project, outcome));
for (const { project, outcome } of surprises) console.log(`\nnot as expected: ${nameOf(project)}: ${outcome.result}`);
process.exitCode = surprises.length === 0 ? 0 : 1;

function readOptions() {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (values.clones !== undefined) return values;
    throw new Error("--clones DIR is needed: where the clones are, as DIR/OWNER/NAME");
  } catch (error) {
    console.error(`compatibility: ${error.message}`);
    process.exit(2);
  }
}

function nameOf({ repository, path, tool }) {
  return `${repository} ${path} ${tool}`;
}

async function outcomeOf(project) {
  process.stderr.write(`${nameOf(project)} ... `);
  const directory = join(workspace, nameOf(project).replaceAll(/[^A-Za-z0-9]+/g, "-"));
  try {
    const commit = options.head === true ? "HEAD" : project.commit;
    extract({ clone: join(options.clones, project.repository), commit, path: project.path, into: directory });
    const outcome = await tryProject({ project, directory, scratch, timeoutMs: 1000 * Number(options.timeout) });
    process.stderr.write(`${outcome.result}\n`);
    for (const line of outcome.details) process.stderr.write(`    ${line}\n`);
    return { project, outcome };
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A project that cannot be replayed says in the list with which code; one that compiles has to agree with its database. */
function isExpected({ expect = "same" }, { result }) {
  return result === expect;
}
