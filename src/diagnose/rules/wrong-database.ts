/**
 * WRONG_DATABASE: nearly everything is missing at once, and the database is not one that merely waits for its first
 * deploy. `.env.local` wins over `.env`, a copied DATABASE_URL, a database name with `_dev` at its end.
 */
import { isRecordedAsDone } from "../../model/history.js";
import { qualifiedKey } from "../../model/names.js";
import type { Gap, GapCode } from "../../model/report.js";
import type { Ledger } from "../ledger.js";
import type { Evidence, Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";

/** Fewer are a part of an application, not all of it. */
const FEWEST = 3;
const MOST_OF_IT = 0.8;

export function wrongDatabase(facts: Facts): Explanation[] {
  const { gaps, contract, ledgers, surroundings, target } = facts;
  if (surroundings === null || target === null) return [];
  const required = new Set(contract.applications.flatMap(({ relations }) => relations.map(qualifiedKey))).size;
  const missing = gaps.filter(({ code }) => code === "MISSING_TABLE" || code === "MISSING_VIEW");
  if (missing.length < FEWEST || missing.length < required * MOST_OF_IT) return [];
  if (areElsewhere(facts, missing) || ledgers.some(knowsThisApplication)) return [];
  const held = surroundings.database.schemas.reduce((sum, { relations }) => sum + relations, 0);
  // What the migrations have not made yet is not missing from the wrong place. A fresh database of a hosting provider
  // has schemas full of tables beside the application's own.
  const waits = contract.applications.some(({ migrations }) => migrations !== null);
  if (waits && ownSchemas(facts) === 0 && !ledgers.some(isAnothers)) return [];
  return [
    {
      code: "WRONG_DATABASE",
      key: [target.database],
      confidence: held === 0 ? "possible" : "likely",
      gaps: gaps.filter(isAbsence).map(({ id }) => id),
      restates: gaps.filter(({ code }) => code === "MIGRATION_NOT_APPLIED").map(({ id }) => id),
      message: `${missing.length} of the ${required} tables that the application needs are missing: ${target.database} is probably not its database.`,
      evidence: evidence(facts, held),
      doubt:
        held === 0
          ? "the database is empty: it may also be the right one, before anything was made in it"
          : "it may also be the right one, if the application was never deployed to it",
      doubtSource: "catalog of the database",
    },
  ];
}

/** What another application's tables of the same name lack or block is no fault of theirs. */
function isAbsence({ code }: Gap): boolean {
  return !OTHER_REASONS.includes(code);
}

const OTHER_REASONS: readonly GapCode[] = ["MISSING_PRIVILEGE", "ROW_SECURITY_HIDES_ROWS", "MIGRATION_NOT_APPLIED"];

/** In another schema of this database, or under other names: then it is the right one. */
function areElsewhere({ surroundings }: Facts, missing: readonly Gap[]): boolean {
  const found = new Set((surroundings?.nearby ?? []).map(({ wanted }) => qualifiedKey(wanted)));
  return found.size * 2 > missing.length;
}

/** The record table has a migration of this application as done: then its tables were here, or should be. */
function knowsThisApplication({ migrations }: Ledger): boolean {
  return migrations.some((migration) => migration.required && isRecordedAsDone(migration));
}

/** What stands in the schemas where the application looks. */
function ownSchemas({ surroundings, contract }: Facts): number {
  const own = contract.applications.flatMap(({ schema, relations }) => [
    schema,
    ...relations.map((each) => each.schema),
  ]);
  return (surroundings?.database.schemas ?? [])
    .filter(({ name }) => own.includes(name))
    .reduce((sum, { relations }) => sum + relations, 0);
}

/** The record table has migrations, and none of them is of this application. */
function isAnothers({ table, migrations }: Ledger): boolean {
  return table !== null && migrations.some(({ required, status }) => !required && status !== "pending");
}

function evidence({ surroundings, target, ledgers }: Facts, held: number): Evidence {
  const schemas = surroundings?.database.schemas ?? [];
  const databases = surroundings?.database.databases ?? [];
  const holds =
    held === 0
      ? "it holds no tables at all"
      : `it holds ${held} other tables and views, in ${listNames(schemas.map(({ name, relations }) => `schema ${name} (${relations})`))}`;
  return [
    {
      fact: `the connection leads to database ${target?.database ?? ""} on ${target?.host ?? ""}:${target?.port ?? ""}, as role ${target?.user ?? ""}`,
      source: "the connection that was used",
    },
    { fact: holds, source: "catalog of the database" },
    ...ledgers.flatMap(foreignHistory),
    {
      fact:
        databases.length === 0
          ? "the server has no other database that this role may use"
          : `other databases on this server: ${databases.join(", ")}`,
      source: "pg_database",
    },
  ];
}

function foreignHistory({ table, applications, migrations }: Ledger): Evidence {
  const others = migrations.filter(({ required, status }) => !required && status !== "pending").length;
  if (table === null || others === 0) return [];
  return [
    {
      fact: `${table} holds ${others} migrations, and none of those that ${applications.join(", ")} requires`,
      source: table,
    },
  ];
}
