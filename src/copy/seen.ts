/**
 * Whether every object of a migration is there: the directory is built in a database of its own, as far as it counts as
 * applied, and what the migration made or changed in it is looked for on the copy, by the comparison that verifies.
 */

import { SchemareadyError } from "../errors/index.js";
import { type Change, contractFromModel, diffModels, readSnapshot, schemaFromMigrations } from "../expect/index.js";
import type { Contract } from "../model/contract.js";
import type { MigrationDirectory } from "../model/migrations.js";
import type { Gap, Subject } from "../model/report.js";
import type { SchemaModel } from "../model/schema.js";
import type { ScratchConnection, ScratchServer } from "../scratch/index.js";
import { deedsOf, loadGrammar } from "../sql/index.js";
import { reprintedView } from "./compare.js";
import { type Replayable, replayable } from "./replayable.js";

export interface SeenInput {
  /** The copy, after the SQL of the plan. */
  readonly connection: ScratchConnection;
  readonly directory: MigrationDirectory;
  /** Those that count as applied then: what is recorded as done, and all that is to be recorded. */
  readonly applied: readonly string[];
  /** Those to be recorded without running. */
  readonly migrations: readonly string[];
  /** Schemas of the applications, the one for unqualified names first. */
  readonly schemas: readonly string[];
  readonly scratch: ScratchServer;
  /** What the copy lacks of a contract: the verification's own comparison. */
  readonly gapsOn: (contract: Contract) => Promise<readonly Gap[]>;
}

/**
 * What is missing, by migration, for people; a migration that is not here was seen whole.
 * @throws only what is a bug
 */
export async function unseenMigrations(input: SeenInput): Promise<ReadonlyMap<string, string>> {
  const { directory, applied, migrations, schemas, scratch } = input;
  const counted = new Set([...applied, ...migrations]);
  const scripts = directory.scripts.filter(({ name }) => counted.has(name));
  const unknown = migrations.filter((name) => !scripts.some((script) => script.name === name));
  const withoutScript = unknown.map((name) => [name, "its script is not at hand"] as const);
  const schema = schemas[0] ?? "public";
  try {
    const { directory: whole, leftOut } = await replayable({ ...directory, scripts }, scratch, schema);
    const built = await schemaFromMigrations({ directory: whole, scratch, schemas: "all", schema });
    const contract = contractFromModel({ ...built, schema, name: "applied", source: "sql", migrations: null });
    const gaps = await input.gapsOn(contract);
    const others = await otherDifferences(input, built.model);
    for (const { migration, message } of await absent(input, leftOut)) {
      others.set(migration, [...(others.get(migration) ?? []), { message }]);
    }
    const lacking = scripts.flatMap(({ name }) => {
      const missing = [...gaps.filter(({ introducedBy }) => introducedBy === name), ...(others.get(name) ?? [])];
      return migrations.includes(name) && missing.length > 0 ? [[name, listed(missing)] as const] : [];
    });
    return new Map([...withoutScript, ...lacking]);
  } catch (error) {
    if (!(error instanceof SchemareadyError) || error.code === "INTERNAL") throw error;
    return new Map(migrations.map((name) => [name, `what it makes cannot be built: ${error.message}`]));
  }
}

interface Missing {
  readonly message: string;
}

/**
 * What the contract does not hold: bodies of functions and views, definitions of triggers, and what a migration drops.
 */
async function otherDifferences(
  { connection, directory, migrations }: SeenInput,
  expected: SchemaModel,
): Promise<Map<string, readonly Missing[]>> {
  const { model: actual } = await readSnapshot(connection, "all");
  const differences = await withoutPrints(connection, diffModels(expected, actual), expected, actual);
  const grammar = await loadGrammar();
  const found = new Map<string, Missing[]>();
  for (const { name, sql } of directory.scripts) {
    if (!migrations.includes(name)) continue;
    const deeds = grammar.parseScript(sql).statements.flatMap((statement) => deedsOf(statement, grammar));
    const missing = differences.flatMap(({ kind, fact: { subject, property } }): Missing[] => {
      const isMade = deeds.some((deed) => deed.act !== "drop" && isAbout(deed, subject));
      if (kind === "changed" && property === "definition" && isMade && HAS_BODY.includes(subject.kind)) {
        return [{ message: `${display(subject)} has another definition` }];
      }
      const isDropped = deeds.some((deed) => deed.act === "drop" && isAbout(deed, subject));
      return kind === "created" && property === null && isDropped
        ? [{ message: `${display(subject)} is still there` }]
        : [];
    });
    if (missing.length > 0) found.set(name, [...(found.get(name) ?? []), ...missing]);
  }
  return found;
}

/** Of statements that could not be replayed, because another migration makes the same: what they name has to be there. */
async function absent({ connection }: SeenInput, leftOut: Replayable["leftOut"]) {
  if (leftOut.length === 0) return [];
  const { model } = await readSnapshot(connection, "all");
  const there = diffModels(NO_OBJECTS, model).filter(({ fact: { property } }) => property === null);
  const grammar = await loadGrammar();
  return leftOut.flatMap(({ migration, statement }) =>
    grammar
      .parseScript(statement)
      .statements.flatMap((each) => deedsOf(each, grammar))
      .filter((deed) => deed.act !== "drop" && !there.some(({ fact: { subject } }) => isAbout(deed, subject)))
      .map(({ kind, name }) => ({ migration, message: `${kind} ${name} is not there` })),
  );
}

const NO_OBJECTS: SchemaModel = {
  ...{ serverVersion: 0, role: null, schemas: [], relations: [], enums: [], domains: [] },
  ...{ sequences: [], functions: [], extensions: [], unreadable: [] },
};

/** A view of the copy was made from its print, whose own print may be another text. */
async function withoutPrints(
  connection: ScratchConnection,
  differences: readonly Change[],
  expected: SchemaModel,
  actual: SchemaModel,
): Promise<Change[]> {
  const real: Change[] = [];
  for (const each of differences) {
    const { subject, property } = each.fact;
    const isView = each.kind === "changed" && subject.kind === "view" && property === "definition";
    const wanted = isView ? definitionOf(expected, subject) : null;
    const same = wanted !== null && (await reprintedView(connection, wanted)) === definitionOf(actual, subject);
    if (!same) real.push(each);
  }
  return real;
}

function definitionOf({ relations }: SchemaModel, { schema, name }: Subject): string | null {
  return relations.find((relation) => relation.schema === schema && relation.name === name)?.definition ?? null;
}

const HAS_BODY: readonly Subject["kind"][] = ["function", "view", "trigger"];

/** A deed names a schema only where the statement does. */
function isAbout(
  deed: {
    readonly kind: string;
    readonly schema: string | null;
    readonly relation: string | null;
    readonly name: string;
  },
  subject: Subject,
): boolean {
  const kinds = KINDS[deed.kind] ?? [deed.kind];
  const name = subject.kind === "function" ? subject.name.replace(/\(.*$/s, "") : subject.name;
  return (
    kinds.includes(subject.kind) &&
    name === deed.name &&
    (deed.schema === null || deed.schema === subject.schema) &&
    (deed.relation === null || subject.relation === null || deed.relation === subject.relation)
  );
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  relation: ["table", "view"],
  type: ["enum", "domain"],
};

function display({ kind, schema, relation, name }: Subject): string {
  return `${kind} ${[schema, relation, name].filter((part) => part !== null).join(".")}`;
}

const MOST = 3;

function listed(missing: readonly Missing[]): string {
  const rest = missing.length - MOST;
  const texts = missing.slice(0, MOST).map(({ message }) => message.replace(/\.$/, ""));
  return `${texts.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
}
