/** The rows that migration tools write into their record tables, as SQL: for trials on a copy, and for people. Pure. */
import type { ExpectedScript } from "./contract.js";
import type { RecordTool } from "./migrations.js";
import { type QualifiedName, quoteIdentifier, quoteLiteral, quoteQualified } from "./names.js";

export interface ToRecord {
  /** As the tool records it. */
  readonly name: string;
  /** Null: its script is not known, so neither are its checksum and its file. */
  readonly script: Pick<ExpectedScript, "file" | "checksum" | "recordedAs"> | null;
}

/** ran: after its script; marked: by the tool's own command that records without running, or by hand where there is none. */
export type HowRecorded = "ran" | "marked";

type Values = Readonly<Record<string, string>>;
/** The row of one migration; null: it needs something that is not known. */
type RowOf = (migration: ToRecord, how: HowRecorded, table: string) => Values | null;

/**
 * Statements that record one migration as applied, the old record of a failure included. Null: nobody can write this row
 * but the tool itself, or the script is not known.
 */
export function recordStatements(
  tool: RecordTool,
  table: QualifiedName,
  migration: ToRecord,
  how: HowRecorded,
): string[] | null {
  const name = quoteQualified(table);
  const values = ROWS[tool]?.(migration, how, name) ?? null;
  if (values === null) return null;
  const columns = Object.keys(values).map(quoteIdentifier).join(", ");
  const insert = `INSERT INTO ${name} (${columns}) VALUES (${Object.values(values).join(", ")});`;
  return [...replaced(tool, name, migration.name), insert];
}

/** Statements that take back the record of a failure, so that the next deploy goes on; null: as recordStatements. */
export function failureRemoved(
  tool: RecordTool,
  table: QualifiedName,
  failed: string,
  before: string | null,
): string[] | null {
  const name = quoteQualified(table);
  if (tool === "golang-migrate") {
    const insert = `INSERT INTO ${name} ("version", "dirty") VALUES (${numberOf(before ?? "")}, false);`;
    return before === null
      ? [`DELETE FROM ${name};`]
      : numberOf(before) === null
        ? null
        : [`DELETE FROM ${name};`, insert];
  }
  if (tool !== "prisma" && tool !== "flyway" && tool !== "sqlx") return null;
  return replaced(tool, name, failed);
}

/** What has to go, or to be changed, before the new row. */
function replaced(tool: RecordTool, table: string, name: string): string[] {
  const text = quoteLiteral(name);
  switch (tool) {
    case "prisma":
      return [
        `UPDATE ${table} SET "rolled_back_at" = now() WHERE "migration_name" = ${text} AND "finished_at" IS NULL AND "rolled_back_at" IS NULL;`,
      ];
    case "flyway":
      return [`DELETE FROM ${table} WHERE "script" = ${text} AND NOT "success";`];
    case "sqlx":
      return [`DELETE FROM ${table} WHERE "version"::text = ${text} AND NOT "success";`];
    case "atlas":
      return [`DELETE FROM ${table} WHERE "version" = ${text};`];
    // One row stands for all that is older.
    case "golang-migrate":
    case "alembic":
      return [`DELETE FROM ${table};`];
    default:
      return [];
  }
}

const named: RowOf = ({ name }) => ({ name: quoteLiteral(name) });
const versioned: RowOf = ({ name }) => ({ version: quoteLiteral(name) });
const UTC_NOW = "now() AT TIME ZONE 'UTC'";

const ROWS: Readonly<Partial<Record<RecordTool, RowOf>>> = {
  prisma: prismaRow,
  drizzle: ({ script }) => {
    const when = numberOf(script?.recordedAs ?? "");
    if (script === null || when === null) return null;
    return { hash: quoteLiteral(script.checksum), created_at: when };
  },
  knex: (migration, how, table) => ({
    ...named(migration, how, table),
    batch: `(SELECT coalesce(max("batch"), 0) + 1 FROM ${table})`,
    migration_time: "now()",
  }),
  typeorm: ({ name }) => {
    const [, timestamp] = /(\d{13})$/.exec(name) ?? [];
    return timestamp === undefined ? null : { timestamp, name: quoteLiteral(name) };
  },
  sequelize: named,
  "mikro-orm": ({ name }) => ({ name: quoteLiteral(name), executed_at: "now()" }),
  "node-pg-migrate": ({ name }) => ({ name: quoteLiteral(name), run_on: UTC_NOW }),
  flyway: flywayRow,
  liquibase: liquibaseRow,
  rails: versioned,
  django: ({ name }) => {
    const dot = name.indexOf(".");
    if (dot < 0) return null;
    return { app: quoteLiteral(name.slice(0, dot)), name: quoteLiteral(name.slice(dot + 1)), applied: "now()" };
  },
  alembic: ({ name }) => ({ version_num: quoteLiteral(name) }),
  "golang-migrate": ({ name }) => withNumber(name, (version) => ({ version, dirty: "false" })),
  goose: ({ name }) => withNumber(name, (version_id) => ({ version_id, is_applied: "true", tstamp: UTC_NOW })),
  dbmate: versioned,
  atlas: atlasRow,
  sqlx: sqlxRow,
  diesel: ({ name }) => ({ version: quoteLiteral(name), run_on: UTC_NOW }),
  ecto: ({ name }) => withNumber(name, (version) => ({ version, inserted_at: UTC_NOW })),
  supabase: versioned,
};

/** A run counts its step and takes time; `resolve --applied` writes one instant, no step, and logs that are empty. */
function prismaRow({ name, script }: ToRecord, how: HowRecorded): Values | null {
  if (script === null) return null;
  const row = {
    id: "gen_random_uuid()::text",
    checksum: quoteLiteral(script.checksum),
    migration_name: quoteLiteral(name),
  };
  return how === "ran"
    ? {
        ...row,
        started_at: "clock_timestamp() - interval '1 ms'",
        finished_at: "clock_timestamp()",
        applied_steps_count: "1",
      }
    : { ...row, started_at: "now()", finished_at: "now()", applied_steps_count: "0", logs: "''" };
}

function flywayRow({ name, script }: ToRecord, _how: HowRecorded, table: string): Values | null {
  const file = name.slice(name.lastIndexOf("/") + 1);
  const [, version, description = ""] = /^(?:[VB](\d+(?:[._]\d+)*)|R)__(.+)\.sql$/.exec(file) ?? [];
  const checksum = script === null ? null : integerOf(script.checksum);
  if (checksum === null || description === "") return null;
  return {
    installed_rank: `(SELECT coalesce(max("installed_rank"), 0) + 1 FROM ${table})`,
    version: version === undefined ? "NULL" : quoteLiteral(version.replaceAll("_", ".")),
    description: quoteLiteral(description.replaceAll("_", " ")),
    type: quoteLiteral(file.startsWith("B") ? "SQL_BASELINE" : "SQL"),
    script: quoteLiteral(name),
    checksum,
    installed_by: "current_user",
    installed_on: UTC_NOW,
    execution_time: "0",
    success: "true",
  };
}

function liquibaseRow({ name }: ToRecord, how: HowRecorded, table: string): Values | null {
  const [filename, id, author] = name.split("::");
  if (filename === undefined || id === undefined || author === undefined) return null;
  return {
    id: quoteLiteral(id),
    author: quoteLiteral(author),
    filename: quoteLiteral(filename),
    dateexecuted: UTC_NOW,
    orderexecuted: `(SELECT coalesce(max("orderexecuted"), 0) + 1 FROM ${table})`,
    exectype: how === "ran" ? "'EXECUTED'" : "'MARK_RAN'",
  };
}

const EXECUTED = "2";
const RESOLVED = "4";

function atlasRow({ name, script }: ToRecord, how: HowRecorded): Values | null {
  if (script === null) return null;
  const file = script.file.slice(script.file.lastIndexOf("/") + 1).replace(/\.sql$/, "");
  return {
    version: quoteLiteral(name),
    description: quoteLiteral(file.startsWith(`${name}_`) ? file.slice(name.length + 1) : ""),
    type: how === "ran" ? EXECUTED : RESOLVED,
    applied: "1",
    total: "1",
    executed_at: "now()",
    execution_time: "0",
    hash: quoteLiteral(script.checksum),
    operator_version: "''",
  };
}

function sqlxRow({ name, script }: ToRecord): Values | null {
  const [, description] = /(?:^|\/)\d+_(.+?)(?:\.up)?\.sql$/.exec(script?.file ?? "") ?? [];
  if (script === null || description === undefined || !/^[0-9a-f]{96}$/.test(script.checksum)) return null;
  return withNumber(name, (version) => ({
    version,
    description: quoteLiteral(description.replaceAll("_", " ")),
    installed_on: "now()",
    success: "true",
    checksum: `decode('${script.checksum}', 'hex')`,
    execution_time: "-1",
  }));
}

function withNumber(text: string, row: (digits: string) => Values): Values | null {
  const digits = numberOf(text);
  return digits === null ? null : row(digits);
}

/** Digits that can stand in SQL as they are; null for anything else. */
function numberOf(text: string): string | null {
  return /^\d{1,18}$/.test(text) ? text : null;
}

function integerOf(text: string): string | null {
  return /^-?\d{1,10}$/.test(text) ? text : null;
}
