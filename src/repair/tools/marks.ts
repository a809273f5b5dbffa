/**
 * How each tool is told that a migration is applied although it did not run. Only for what was seen: the command asks no
 * questions. A tool without such a command gets the row for its table, which the plan leaves to people.
 */
import type { Application, ExpectedScript } from "../../model/contract.js";
import type { RecordTool } from "../../model/migrations.js";
import { recordStatements } from "../../model/record-rows.js";
import { shellQuote } from "../commands.js";
import { type Standing, tableOf } from "./standing.js";

/** One command line, and what it marks. */
export interface Mark {
  readonly run: string;
  readonly migrations: readonly string[];
}

export type Marking =
  | { readonly kind: "commands"; readonly marks: readonly Mark[] }
  /** The tool has no command that marks just these. */
  | { readonly kind: "by-hand"; readonly statements: readonly string[]; readonly why: string };

type Command = (names: readonly string[]) => readonly Mark[];

const oneByOne =
  (run: (name: string) => string): Command =>
  (names) =>
    names.map((name) => ({ run: run(name), migrations: [name] }));

/** One command stands for all up to the last. */
const upTo =
  (run: (last: string, count: number) => string): Command =>
  (names) => {
    const last = names.at(-1);
    return last === undefined ? [] : [{ run: run(last, names.length), migrations: names }];
  };

interface MarkingRule {
  /** any: just the ones it is told; first: what waits first, so nothing that waits before may stay out; all: everything. */
  readonly marks: "any" | "first" | "all";
  readonly command: Command;
}

/** docs/repair.md has the page of each tool's documentation. */
const RULES: Readonly<Partial<Record<RecordTool, MarkingRule>>> = {
  prisma: { marks: "any", command: oneByOne((name) => `npx prisma migrate resolve --applied ${shellQuote(name)}`) },
  supabase: {
    marks: "any",
    command: oneByOne((name) => `supabase migration repair --status applied ${shellQuote(name)}`),
  },
  liquibase: { marks: "first", command: oneByOne(() => "liquibase mark-next-changeset-ran") },
  "node-pg-migrate": { marks: "first", command: upTo((_, count) => `npx node-pg-migrate up ${count} --fake`) },
  alembic: { marks: "first", command: upTo((last) => `alembic stamp ${shellQuote(last)}`) },
  "golang-migrate": { marks: "first", command: upTo((last) => `migrate force ${shellQuote(last)}`) },
  atlas: { marks: "first", command: upTo((last) => `atlas migrate set ${shellQuote(last)}`) },
  // It marks what the named one depends on as well.
  django: {
    marks: "first",
    command: oneByOne((name) => {
      const dot = name.indexOf(".");
      return `python manage.py migrate --fake ${shellQuote(name.slice(0, dot))} ${shellQuote(name.slice(dot + 1))}`;
    }),
  },
  typeorm: { marks: "all", command: upTo(() => "npx typeorm migration:run --fake") },
};

/** Only for a database without a record table: everything up to a version was there already. */
const flywayBaseline: MarkingRule = {
  marks: "first",
  command: upTo((last) => `flyway -baselineVersion=${shellQuote(versionOf(last))} baseline`),
};

function versionOf(script: string): string {
  return /(?:^|\/)[VB](\d+(?:[._]\d+)*)__/.exec(script)?.[1]?.replaceAll("_", ".") ?? script;
}

/** `names` in the order in which they wait. */
export function markingOf(standing: Standing, names: readonly string[], applications: readonly Application[]): Marking {
  const { history, waiting } = standing;
  const rule = history.tool === "flyway" && history.table === null ? flywayBaseline : RULES[history.tool];
  const inOrder = waiting.map(({ name }) => name);
  if (rule !== undefined && marksJust(rule, standing, names, inOrder)) {
    return { kind: "commands", marks: rule.command(names) };
  }
  const why =
    rule === undefined ? "its tool has no command for that" : "its tool would mark others as well, which did not run";
  return { kind: "by-hand", statements: rowsFor(standing, names, applications), why };
}

function marksJust(
  { marks }: MarkingRule,
  { history }: Standing,
  names: readonly string[],
  waiting: readonly string[],
): boolean {
  // Of what is applied after it, such a command forgets the record.
  const isLate = history.migrations.some(({ name, status }) => status === "out-of-order" && names.includes(name));
  if (marks === "any") return true;
  const isFirst = names.every((name, at) => waiting[at] === name);
  return isFirst && !isLate && (marks === "first" || names.length === waiting.length);
}

/** The rows for the record table, as far as they are known. */
function rowsFor({ history }: Standing, names: readonly string[], applications: readonly Application[]): string[] {
  const table = tableOf(history);
  if (table === null) return [];
  const scripts = new Map(
    applications.flatMap(({ migrations }) => migrations?.scripts ?? []).map((each) => [each.name, each]),
  );
  return names.flatMap((name) => {
    const script: ExpectedScript | null = scripts.get(name) ?? null;
    const statements = recordStatements(history.tool, table, { name, script }, "marked") ?? [];
    const hasFailed = history.migrations.some((each) => each.name === name && each.status === "failed");
    return hasFailed ? statements : statements.slice(-1);
  });
}
