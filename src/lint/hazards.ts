/** Hazards in few words, and how a statement gets out of a transaction. */
import type { LintHazard, LintHazardKind, LockMode } from "../model/lint.js";
import type { MigrationTool } from "../model/migrations.js";

export function lock(mode: LockMode, subject: string | null): LintHazard {
  return { kind: "lock", lock: mode, subject };
}

export function hazard(kind: Exclude<LintHazardKind, "lock">, subject: string | null): LintHazard {
  return { kind, lock: null, subject };
}

/** How to write a migration whose statements run outside of a transaction block, for each tool. */
const OUTSIDE: Readonly<Record<MigrationTool, string>> = {
  prisma: "in a migration of its own that holds nothing but this statement",
  drizzle: "by hand or by a job outside of drizzle-kit, which runs every file in a transaction",
  knex: "in a migration of its own with `config = { transaction: false }`",
  "node-pg-migrate": "in a migration of its own that calls `pgm.noTransaction()`",
  flyway: "in a file of its own with `executeInTransaction=false` in its .sql.conf",
  dbmate: "in a file of its own that begins with `-- migrate:up transaction:false`",
  goose: "in a file of its own with `-- +goose NO TRANSACTION`",
  "golang-migrate": "in a file of its own that holds nothing but this statement",
  sqlx: "in a file of its own that begins with `-- no-transaction` and holds nothing but this statement",
  supabase: "in a file of its own that holds nothing but this statement",
  atlas: "in a file of its own that begins with `-- atlas:txmode none`",
  rails: "in a migration of its own with `disable_ddl_transaction!`",
  sql: "in a file of its own that holds nothing but this statement",
};

export function outsideTransaction(tool: MigrationTool): string {
  return OUTSIDE[tool];
}
