/** Migration tools in words: what they are called, how they are run, and what they do about trouble. */
import type { RecordTool } from "./migrations.js";

export interface ToolWords {
  readonly title: string;
  /** The command that applies what is pending. */
  readonly deploy: string;
  /** The column that names a migration in the record table. */
  readonly column: string;
  /** What the tool does while the row of a failed migration stands. */
  readonly afterFailure: string;
  /** Whether it refuses to run anything as long as that row stands. */
  readonly failureBlocks: boolean;
  /** What it does with a migration that is older than one that is applied; null: it applies it. */
  readonly late: string | null;
  /** What it does when an applied file is another one now; null: nothing. */
  readonly edited: string | null;
}

const words = (title: string, deploy: string, column: string, more: Partial<ToolWords> = {}): ToolWords => ({
  title,
  deploy,
  column,
  afterFailure: `${title} keeps no record of failures`,
  failureBlocks: false,
  late: null,
  edited: null,
  ...more,
});

const TOOLS: Readonly<Record<RecordTool, ToolWords>> = {
  prisma: words("Prisma", "npx prisma migrate deploy", "migration_name", {
    afterFailure: "prisma migrate deploy refuses to go on while its row stands (P3009)",
    failureBlocks: true,
  }),
  "prisma-next": words("Prisma", "npx prisma-next migration apply", "migration_name"),
  drizzle: words("Drizzle", "npx drizzle-kit migrate", "hash", {
    late: "Drizzle passes it over and reports success",
  }),
  knex: words("Knex", "npx knex migrate:latest", "name"),
  typeorm: words("TypeORM", "npx typeorm migration:run", "name"),
  sequelize: words("Sequelize", "npx sequelize-cli db:migrate", "name"),
  "mikro-orm": words("MikroORM", "npx mikro-orm migration:up", "name"),
  "node-pg-migrate": words("node-pg-migrate", "npx node-pg-migrate up", "name", {
    late: "node-pg-migrate refuses to run anything (unless checkOrder is off)",
  }),
  flyway: words("Flyway", "flyway migrate", "script", {
    afterFailure: "Flyway refuses to go on until flyway repair has removed its row",
    failureBlocks: true,
    late: "Flyway refuses or ignores it, unless outOfOrder is set",
    edited: "Flyway refuses to migrate until the file is as it was, or flyway repair has been run",
  }),
  liquibase: words("Liquibase", "liquibase update", "id", {
    edited: "Liquibase refuses to update until the change set is as it was",
  }),
  rails: words("Rails", "bin/rails db:migrate", "version"),
  django: words("Django", "python manage.py migrate", "name"),
  alembic: words("Alembic", "alembic upgrade head", "version_num"),
  "golang-migrate": words("golang-migrate", "migrate up", "version", {
    afterFailure: "golang-migrate refuses to go on until somebody has put things right and forced a version",
    failureBlocks: true,
  }),
  goose: words("goose", "goose up", "version_id", { late: "goose refuses to go on, unless --allow-missing is given" }),
  dbmate: words("dbmate", "dbmate up", "version"),
  atlas: words("Atlas", "atlas migrate apply", "version", {
    afterFailure: "Atlas tries the rest of it again with the next atlas migrate apply",
    late: "Atlas refuses it as out of order, unless --exec-order says otherwise",
  }),
  sqlx: words("sqlx", "sqlx migrate run", "version", {
    afterFailure: "sqlx refuses to go on while its row says success = false",
    failureBlocks: true,
    edited: "sqlx refuses to go on until the file is as it was",
  }),
  diesel: words("diesel", "diesel migration run", "version"),
  ecto: words("Ecto", "mix ecto.migrate", "version"),
  supabase: words("Supabase", "supabase db push", "version", {
    late: "supabase db push refuses it without --include-all",
  }),
  pgroll: words("pgroll", "pgroll migrate", "name"),
};

export function toolWords(tool: RecordTool): ToolWords {
  return TOOLS[tool];
}
