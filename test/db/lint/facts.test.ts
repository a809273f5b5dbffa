/** What the rules say of statements, measured on PostgreSQL itself: which are rewrites, which read the table, which lock. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lintMigrations } from "../../../src/lint/index.js";
import { type LintHazard, LOCK_MODES } from "../../../src/model/lint.js";
import type { MigrationScript } from "../../../src/model/migrations.js";
import { loadGrammar } from "../../../src/sql/index.js";
import { CASES, TABLES } from "../../support/lint-cases.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

const ROWS = `
insert into users (id, email, name, age, price, feeling) select n, n::text, n::text, 20 + n, n, 'ok' from generate_series(1, 50) n;
insert into posts (id, author) select n, n from generate_series(1, 50) n;
create unique index u on posts (id);
create schema archive;
alter table users add constraint c0 check (age < 1000);`;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase("lint_facts");
  await database.sql(`${TABLES}; ${ROWS}`);
});
afterAll(() => database.drop());

/** Statements that need what only a larger setting has, or PostgreSQL 18: tablespaces, partitioned tables. */
const ELSEWHERE = /unknown|tablespace|attach partition|detach partition|gist|virtual|using index u/;
const STATEMENTS = CASES.flatMap(([, hurts, safe]) => [hurts, safe])
  .flatMap((sql) => sql.split("; "))
  .filter((sql) => /^(alter table|create index on|lock|truncate)/.test(sql) && !ELSEWHERE.test(sql));

/** What lint says of the statement, about a table. */
async function hazardsOf(sql: string, table: string): Promise<LintHazard[]> {
  const script = (name: string, text: string): MigrationScript => ({
    ...{ name, file: name, sql: text, firstLine: 1, transaction: "script", checksum: null },
  });
  const { findings } = lintMigrations({
    directory: { tool: "sql", scripts: [script("1", TABLES), script("2", sql)], otherOrder: null, warnings: [] },
    ...{ grammar: await loadGrammar(), schema: "public", files: [], known: null, everything: false, refused: null },
  });
  return findings
    .filter(({ migration, code }) => migration === "2" && code !== "NO_LOCK_TIMEOUT")
    .flatMap(({ hazards }) => hazards.filter(({ subject }) => subject === table));
}

interface Measured {
  readonly refused: string | null;
  readonly rewritten: boolean;
  readonly scanned: boolean;
  readonly lock: string | null;
}

/** Runs the statement in a transaction that is rolled back, and looks at the table before and after. */
async function measure(sql: string, table: string): Promise<Measured> {
  const client = await database.connect();
  const { rows: found } = await client.query("select $1::regclass::oid as oid", [table]);
  const oid: unknown = found[0]?.oid;
  const look = async () => {
    const { rows } = await client.query(
      "select pg_relation_filenode(oid) as file, pg_stat_get_xact_numscans(oid) as scans from pg_class where oid = $1",
      [oid],
    );
    return { file: String(rows[0]?.file), scans: Number(rows[0]?.scans) };
  };
  await client.query("begin");
  try {
    const before = await look();
    await client.query(sql);
    const { rows } = await client.query(
      "select mode from pg_locks where pid = pg_backend_pid() and relation = $1 and granted",
      [oid],
    );
    const after = await look();
    const modes = rows.map(({ mode }) => lockName(String(mode)));
    const lock = [...LOCK_MODES].reverse().find((mode) => modes.includes(mode)) ?? null;
    return { refused: null, rewritten: after.file !== before.file, scanned: after.scans > before.scans, lock };
  } catch (error) {
    return {
      refused: error instanceof Error ? error.message : String(error),
      rewritten: false,
      scanned: false,
      lock: null,
    };
  } finally {
    await client.query("rollback");
  }
}

/** `AccessExclusiveLock` -> `ACCESS EXCLUSIVE` */
const lockName = (mode: string): string =>
  mode
    .replace(/Lock$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();

/** Refused because of the rows, as the finding says. */
const FAILS = /add a int not null$|default null|type varchar\(50\)$/;

describe("what lint says of a statement, PostgreSQL does", () => {
  it("is asked of a good number of statements", () => {
    expect(STATEMENTS.length).toBeGreaterThan(40);
  });

  it.each(STATEMENTS)("%s", async (sql) => {
    const table = /\bposts (add|disable)|table posts|on posts/.test(sql) ? "posts" : "users";
    const measured = await measure(sql, table);
    const hazards = await hazardsOf(sql, table);
    const kinds = hazards.map(({ kind }) => kind);
    if (measured.refused !== null) {
      expect([sql, measured.refused]).toEqual([expect.stringMatching(FAILS), expect.any(String)]);
      return;
    }
    const truncated = sql.startsWith("truncate");
    if (!truncated)
      expect({ sql, rewritten: measured.rewritten }).toEqual({ sql, rewritten: kinds.includes("table-rewrite") });
    const reads = kinds.includes("table-rewrite") || kinds.includes("full-scan");
    if (!truncated && !/set unlogged/.test(sql))
      expect({ sql, scanned: measured.scanned }).toEqual({ sql, scanned: reads });
    const claimed = LOCK_MODES.findLast((mode) => hazards.some(({ lock }) => lock === mode));
    if (claimed !== undefined && measured.lock !== null)
      expect({ sql, lock: claimed }).toEqual({ sql, lock: measured.lock });
  });
});
