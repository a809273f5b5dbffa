/** Small values of the model for tests of the pure stages: every field has a plain default, a test states what it is about. */
import type { Application, Contract, ExpectedRelation, Feature, RelationUse } from "../../src/model/contract.js";
import type { PrismaReading, PrismaRecord } from "../../src/model/observation.js";
import type { Gap, History, Migration, Subject } from "../../src/model/report.js";
import type { Column, TypeRef } from "../../src/model/schema.js";

export function contractOf(...applications: readonly Application[]): Contract {
  return { id: "sha256:0", source: "check-files", applications, provenance: [] };
}

export function application(fields: Partial<Application> = {}): Application {
  return {
    name: "avatar-creator",
    schema: "public",
    role: null,
    relations: [],
    enums: [],
    domains: [],
    sequences: [],
    functions: [],
    extensions: [],
    migrations: null,
    features: [],
    ...fields,
  };
}

/** An application of which only the required Prisma migrations matter. */
export function migrated(required: readonly string[], fields: Partial<Application> = {}): Application {
  return application({ migrations: { tool: "prisma", schema: null, required }, ...fields });
}

export function relation(
  name: string,
  columns: readonly Column[],
  fields: Partial<ExpectedRelation> = {},
): ExpectedRelation {
  return {
    schema: "public",
    name,
    kind: null,
    complete: false,
    columns,
    constraints: [],
    indexes: [],
    triggers: [],
    introducedBy: null,
    columnIntroducedBy: {},
    ...fields,
  };
}

export const TEXT: TypeRef = {
  text: "text",
  schema: "pg_catalog",
  name: "text",
  extension: null,
  modifier: -1,
  array: false,
  kind: "base",
  category: "S",
};

export function column(name: string, fields: Partial<Column> = {}): Column {
  return {
    name,
    position: 1,
    type: TEXT,
    nullable: false,
    notNullValidated: true,
    default: null,
    identity: null,
    generated: null,
    sequence: null,
    collation: null,
    privileges: { select: true, insert: true, update: true },
    ...fields,
  };
}

export function feature(id: string, uses: readonly RelationUse[], fields: Partial<Feature> = {}): Feature {
  return { id, title: id, application: "avatar-creator", endpoints: [], uses, rows: [], migrations: [], ...fields };
}

export function use(name: string, fields: Partial<RelationUse> = {}): RelationUse {
  return { relation: { schema: "public", name }, select: [], insert: null, update: [], delete: false, ...fields };
}

export function gap(fields: Partial<Gap> & Pick<Gap, "id" | "code">): Gap {
  return {
    severity: "error",
    subject: subject("table", "avatar_generations"),
    expected: null,
    actual: null,
    applications: ["avatar-creator"],
    introducedBy: null,
    causes: [],
    features: [],
    operations: ["select", "insert", "update", "delete"],
    message: "",
    ...fields,
  };
}

export function subject(kind: Subject["kind"], name: string, relationName: string | null = null): Subject {
  return { kind, schema: "public", relation: relationName, name };
}

export function history(migrations: readonly Migration[], fields: Partial<History> = {}): History {
  return {
    application: "avatar-creator",
    tool: "prisma",
    table: "public._prisma_migrations",
    state: "behind",
    migrations,
    ...fields,
  };
}

export function migration(name: string, status: Migration["status"], fields: Partial<Migration> = {}): Migration {
  const ran = status !== "pending" && status !== "out-of-order";
  const finished = ["applied", "edited", "forged", "recorded-without-running", "unknown"].includes(status);
  return {
    name,
    status,
    required: true,
    blocks: status === "failed",
    startedAt: ran ? "2025-10-16T02:10:33.000000Z" : null,
    finishedAt: finished ? "2025-10-16T02:10:34.000000Z" : null,
    note: null,
    ...fields,
  };
}

/** A row as a run that succeeded leaves it; ids are made of name and start. */
export function record(migrationName: string, fields: Partial<PrismaRecord> = {}): PrismaRecord {
  const startedAt = fields.startedAt ?? "2025-11-16T14:58:21.081790Z";
  return {
    id: `${migrationName}@${startedAt}`,
    checksum: "2f313c213e40566d85960da3a9166a5431197092762c73d7b82959c29ce0522a",
    finishedAt: "2025-11-16T14:58:21.104988Z",
    migrationName,
    logs: null,
    rolledBackAt: null,
    appliedStepsCount: 1,
    ...fields,
    startedAt,
  };
}

export function readingOf(rows: readonly PrismaRecord[] | null, fields: Partial<PrismaReading> = {}): PrismaReading {
  return {
    application: "avatar-creator",
    tool: "prisma",
    table: rows === null ? null : { schema: "public", name: "_prisma_migrations" },
    rows: { known: true, value: rows },
    ...fields,
  };
}

/** The text that Prisma 5 stored for the failure of 2025-11-09 22:44 UTC, shortened after the message. */
export function prismaLog(migrationName: string, sqlstate: string, message: string): string {
  return [
    "A migration failed to apply. New migrations cannot be applied before the error is recovered from. Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve",
    `Migration name: ${migrationName}`,
    `Database error code: ${sqlstate}`,
    `Database error:\n${message}`,
    `DbError { severity: "ERROR", parsed_severity: Some(Error), code: SqlState(E${sqlstate}) }`,
    "   0: sql_schema_connector::apply_migration::apply_script",
  ].join("\n\n");
}
