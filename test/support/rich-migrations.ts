/** Migrations with what real ones hold: one of each thing that a reader of SQL can stumble over. */

const CRLF = (text: string): string => text.replaceAll("\n", "\r\n");

/** Name of the directory -> its migration.sql, for Prisma. They replay in this order on an empty database. */
export const RICH_MIGRATIONS: Readonly<Record<string, string>> = {
  "20240101000000_init": `-- a comment; with a semicolon
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
CREATE TABLE "people" (
  "id" SERIAL PRIMARY KEY,
  "Name" TEXT NOT NULL DEFAULT 'it''s; fine', /* nested /* comment; */ */
  "mood" "mood" NOT NULL DEFAULT 'ok',
  "tags" TEXT[] DEFAULT ARRAY['a;b']::TEXT[],
  "born" DATE CHECK ("born" > DATE '1900-01-01')
);
`,
  "20240102000000_crlf": CRLF(
    'ALTER TABLE "people" ADD COLUMN "email" TEXT;\nCREATE UNIQUE INDEX "people_email" ON "people" ("email");\n',
  ),
  "20240103000000_bom": '\ufeffALTER TABLE "people" ADD COLUMN "age" INTEGER GENERATED ALWAYS AS (0) STORED;',
  "20240104000000_empty": "",
  "20240105000000_comments": "-- nothing to do\n/* really */\n",
  "20240106000000_concurrently": 'CREATE INDEX CONCURRENTLY "people_name" ON "people" ("Name");',
  "20240107000000_label": `ALTER TYPE "mood" ADD VALUE 'happy' BEFORE 'ok';`,
  "20240108000000_label_used": `ALTER TYPE "mood" ADD VALUE 'great';\nALTER TABLE "people" ALTER COLUMN "mood" SET DEFAULT 'great';`,
  "20240109000000_commit": `BEGIN;
CREATE TYPE "state" AS ENUM ('new', 'done');
ALTER TABLE "people" ADD COLUMN "state" "state" NOT NULL DEFAULT 'new';
COMMIT;
CREATE INDEX "people_state" ON "people" ("state") WHERE "state" <> 'done';
`,
  "20240110000000_do": `DO $do$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'nobody; at all') THEN
    ALTER TABLE "people" ADD COLUMN "nick" VARCHAR(20) COLLATE "C";
  END IF;
EXCEPTION WHEN duplicate_column THEN NULL;
END $do$;
`,
  "20240111000000_schema": `CREATE SCHEMA IF NOT EXISTS "audit";
CREATE TABLE "audit"."events" (
  "id" BIGINT GENERATED ALWAYS AS IDENTITY,
  "at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "person" INTEGER REFERENCES "people" ("id") ON DELETE SET NULL,
  "body" JSONB NOT NULL DEFAULT '{"a": ";"}',
  PRIMARY KEY ("id", "at")
) PARTITION BY RANGE ("at");
CREATE TABLE "audit"."events_2024" PARTITION OF "audit"."events" FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX "events_person" ON "audit"."events" ("person");
`,
  "20240112000000_functions": `CREATE FUNCTION "audit"."touch"() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
  INSERT INTO "audit"."events" ("person", "at") VALUES (NEW."id", '2024-06-01');
  RETURN NEW;
END; $f$;
CREATE TRIGGER "people_touch" AFTER INSERT OR UPDATE OF "Name" ON "people" FOR EACH ROW EXECUTE FUNCTION "audit"."touch"();
CREATE FUNCTION "adults"() RETURNS SETOF integer LANGUAGE sql AS $_1$ SELECT "id" FROM "people" WHERE "age" > 17; $_1$;
`,
  "20240113000000_views": `CREATE VIEW "names" AS SELECT "id", upper("Name") AS "name" FROM "people";
CREATE MATERIALIZED VIEW "counts" AS SELECT "state", count(*) AS "n" FROM "people" GROUP BY "state";
CREATE UNIQUE INDEX "counts_state" ON "counts" ("state");
`,
  "20240114000000_security": `ALTER TABLE "people" ENABLE ROW LEVEL SECURITY;
CREATE POLICY "own" ON "people" USING ("Name" = current_user);
ALTER TABLE "people" ADD CONSTRAINT "nick_long" CHECK (length("nick") > 1) NOT VALID;
ALTER TABLE "people" VALIDATE CONSTRAINT "nick_long";
`,
  "20240115000000_rename": `ALTER TABLE "people" RENAME COLUMN "nick" TO "alias";
CREATE TEMP TABLE "moved" ("id" INTEGER) ON COMMIT DROP;
INSERT INTO "people" ("Name") SELECT 'x' FROM generate_series(1, 3);
ALTER TABLE "people" ALTER COLUMN "email" TYPE VARCHAR(90);
DROP INDEX "people_name"`,
};
