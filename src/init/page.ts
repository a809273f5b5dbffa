/** What init says: what it found, what it wrote, what comes next. Pure. */
import type { SchemareadyError } from "../errors/index.js";
import type { Candidate } from "./candidates.js";
import type { InitPlan } from "./plan.js";
import type { DatabaseService } from "./surroundings.js";

/** @param written false: the files are only shown (--dry-run) */
export function initPage(plan: InitPlan, written: boolean): string {
  const parts = [
    section("Found", foundLines(plan)),
    section(
      "Not taken",
      plan.failures.flatMap(({ candidate, error }) => failureLines(candidate, error)),
    ),
    section(written ? "Wrote" : "Would write", fileLines(plan)),
    section("Next", nextLines(plan)),
  ];
  const page = parts.filter((part) => part !== "").join("\n\n");
  const files = written ? [] : plan.files.filter(({ path }) => path.endsWith(".yaml"));
  return `${[page, ...files.map(({ path, text }) => `# ---- ${path}\n${text.trimEnd()}`)].join("\n\n")}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}

function foundLines({ found, checkFiles, surroundings }: InitPlan): string[] {
  const rows: [string, string][] = [
    ...found.usable.map((candidate): [string, string] => [candidate.path, describe(candidate)]),
    ...found.programs.map((path): [string, string] => [path, "migrations that are programs: not run here"]),
    ...checkFiles.map((path): [string, string] => [path, "a check file; those of one application count together"]),
    ...surroundings.services.map((service): [string, string] => [service.file, describeService(service)]),
    ...surroundings.variables.map(({ file, names }): [string, string] => [
      file,
      `sets ${names.join(", ")} (values are not read)`,
    ]),
  ];
  const width = Math.max(0, ...rows.map(([path]) => path.length));
  return rows.map(([path, what]) => `${path.padEnd(width)}  ${what}`);
}

function describe(candidate: Candidate): string {
  if (candidate.kind === "prisma") return "a Prisma schema";
  if (candidate.kind === "sql") return "a file of SQL";
  return candidate.tool === "sql" ? "numbered SQL files" : `migrations of ${candidate.tool}`;
}

function describeService({ service, port }: DatabaseService): string {
  return `PostgreSQL, service ${service}${port === null ? "" : `, port ${port} of this machine`}`;
}

function failureLines(candidate: Candidate, { problems, message }: SchemareadyError): string[] {
  const reasons =
    problems.length === 0 ? [message] : problems.map((each) => [each.place, each.message].filter(Boolean).join(": "));
  return [candidate.path, ...reasons.map((reason) => `  ${reason}`)];
}

function fileLines({ files, contract, application, chosen }: InitPlan): string[] {
  const count = contract.applications.reduce((sum, { relations }) => sum + relations.length, 0);
  const from = chosen === null ? "the reference database" : chosen.path;
  const what = `${count} ${count === 1 ? "relation" : "relations"} of ${application}, from ${from}; it compiles`;
  return files.map(({ path }) =>
    path.endsWith(".json") ? `${path}: the contract, to commit` : `${path}: expects ${what}`,
  );
}

function nextLines(plan: InitPlan): string[] {
  const check = plan.files.find(({ path }) => path.endsWith(".yaml"))?.path ?? "checks";
  const inFile = plan.surroundings.variables.find(({ names }) => names.includes("DATABASE_URL"));
  return [
    `export DATABASE_URL='${exampleUrl(plan.surroundings.services)}'`,
    ...(inFile === undefined ? [] : [`# or what ${inFile.file} sets: set -a; . ./${inFile.file}; set +a`]),
    `schemaready verify --checks ${check}    # does this database have all of it?`,
    `schemaready compile --checks ${check} -o contract.json    # in the build; then verify --contract contract.json`,
    `# then name the features in ${check}, so that reports say what is broken`,
  ];
}

function exampleUrl([service]: readonly DatabaseService[]): string {
  const { user = null, port = null, database = null } = service ?? {};
  return `postgresql://${user ?? "USER"}:PASSWORD@${port === null ? "HOST:5432" : `localhost:${port}`}/${database ?? "DATABASE"}`;
}
