import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import { DEFAULT_LIMITS, withReadSession } from "../../../src/db/index.js";
import { buildHistories, historyUnverified, migrationGaps, readRecordTables } from "../../../src/history/index.js";
import type { Contract } from "../../../src/model/contract.js";
import { application, contractOf, migrated } from "../../support/builders.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";

/** As Prisma 2.13 to 7 creates it. */
const createTable = (schema: string) => `create table "${schema}"._prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;
const CHECKSUM = "2f313c213e40566d85960da3a9166a5431197092762c73d7b82959c29ce0522a";
const insert = (schema: string, values: string) =>
  `insert into "${schema}"._prisma_migrations (id, checksum, finished_at, migration_name, logs, rolled_back_at, started_at, applied_steps_count) values ${values}`;

let db: TestDatabase;
const read = (contract: Contract, url = db.url) =>
  withReadSession(parseConnectionString(url), DEFAULT_LIMITS, (session) => readRecordTables(session, contract));
const inSchema = (schema: string, required: readonly string[] = ["a"], name = "app") =>
  migrated(required, { name, schema });

/** A schema of its own with a record table that holds one applied migration `a`, unless told otherwise. */
async function schemaWith(
  schema: string,
  rows = `('1', '${CHECKSUM}', '2025-11-16 14:58:21.104988+00', 'a', null, null, '2025-11-16 14:58:21.08179+00', 1)`,
) {
  await db.sql(`create schema "${schema}"; ${createTable(schema)}; ${insert(schema, rows)}`);
}

beforeAll(async () => {
  db = await createTestDatabase("history");
});
afterAll(() => db?.drop());

describe("readRecordTables", () => {
  it("reads rows as they are, with times to the microsecond in UTC, whatever the session's time zone", async () => {
    await schemaWith("plain");
    await db.sql(`alter database "${db.name}" set timezone = 'Asia/Kathmandu'`);
    const readings = await read(contractOf(inSchema("plain")));
    expect(readings).toEqual([
      {
        application: "app",
        tool: "prisma",
        table: { schema: "plain", name: "_prisma_migrations" },
        rows: {
          known: true,
          value: [
            {
              id: "1",
              checksum: CHECKSUM,
              finishedAt: "2025-11-16T14:58:21.104988Z",
              migrationName: "a",
              logs: null,
              rolledBackAt: null,
              startedAt: "2025-11-16T14:58:21.081790Z",
              appliedStepsCount: 1,
            },
          ],
        },
      },
    ]);
  });

  it("keeps two rows of one name apart and sees the mark of resolve --applied in the production rows of 2025-11-09", async () => {
    const name = "20251108_add_onboarding_applications";
    await schemaWith(
      "contrezz",
      `('1', '${CHECKSUM}', null, '${name}', E'A migration failed to apply.\\n\\nDatabase error code: 42P01\\n\\nDatabase error:\\nERROR: relation "admins" does not exist\\n', '2025-11-09 22:45:47.257756+00', '2025-11-09 22:44:03.66888+00', 0),
       ('2', '${CHECKSUM}', '2025-11-09 22:46:15.447749+00', '${name}', '', null, '2025-11-09 22:46:15.447749+00', 0)`,
    );
    const contract = contractOf(inSchema("contrezz", [name]));
    expect(buildHistories(contract, await read(contract))).toMatchObject([
      {
        state: "up-to-date",
        table: "contrezz._prisma_migrations",
        migrations: [
          {
            name,
            status: "recorded-without-running",
            note: expect.stringContaining('ERROR: relation "admins" does not exist (SQLSTATE 42P01)'),
          },
        ],
      },
    ]);
  });

  it("reads a row whose steps a third-party tool left NULL, timestamps without time zone, and a quoted hostile schema", async () => {
    const schema = 'x"; drop table y; --\n😀';
    await db.sql(`create schema "${schema.replaceAll('"', '""')}"`);
    await db.sql(createTable(schema.replaceAll('"', '""')));
    await db.sql(`alter table "${schema.replaceAll('"', '""')}"._prisma_migrations alter applied_steps_count drop not null,
      alter started_at type timestamp using started_at at time zone 'UTC', alter finished_at type timestamp using finished_at at time zone 'UTC'`);
    await db.sql(
      insert(
        schema.replaceAll('"', '""'),
        `('1', '${CHECKSUM}', '2025-01-01 12:00:00', 'a', null, null, '2025-01-01 11:59:59', null)`,
      ),
    );
    const [reading] = await read(contractOf(inSchema(schema)));
    expect(reading?.rows).toMatchObject({
      known: true,
      value: [
        {
          appliedStepsCount: null,
          startedAt: "2025-01-01T11:59:59.000000Z",
          finishedAt: "2025-01-01T12:00:00.000000Z",
        },
      ],
    });
  });

  it("cuts long logs and keeps no password from them", async () => {
    await schemaWith(
      "logs",
      `('1', '${CHECKSUM}', null, 'a', 'could not connect to postgresql://app:s3cr3t@db/app ' || repeat('x', 100000), null, now(), 0),
       ('2', '${CHECKSUM}', null, 'b', repeat('x', 3970) || ' postgresql://app:s3cr3t@db/app', null, now(), 0)`,
    );
    const [reading] = await read(contractOf(inSchema("logs")));
    const logs = reading?.rows.known
      ? (reading.rows.value ?? []).map((row) => ("logs" in row ? (row.logs ?? "") : ""))
      : [];
    expect(logs.map((text) => text.length <= 4_096)).toEqual([true, true]);
    expect(logs.join()).toContain("postgresql://app:***@");
    expect(logs.join()).not.toContain("s3cr");
  });

  it("looks in the application's schema, then public, then wherever there is just one; a view does not count", async () => {
    const own = await createTestDatabase("where");
    try {
      const where = async (schema: string, named: string | null = null) => {
        const contract = contractOf(
          migrated([], { schema, migrations: { tool: "prisma", schema: named, required: [] } }),
        );
        return (await read(contract, own.url))[0];
      };
      await own.sql("create schema one; create view one._prisma_migrations as select 1 as id");
      expect(await where("app")).toMatchObject({ table: null, rows: { known: true, value: null } });
      await own.sql(`create schema two; ${createTable("two")}`);
      expect(await where("app")).toMatchObject({ table: { schema: "two" }, rows: { known: true, value: [] } });
      await own.sql(`create schema three; ${createTable("three")}`);
      expect(await where("app")).toMatchObject({
        table: null,
        rows: {
          known: false,
          reason: expect.stringMatching(/several record tables.*three\._prisma_migrations, two\._prisma_migrations/),
        },
      });
      await own.sql(createTable("public"));
      expect(await where("app")).toMatchObject({ table: { schema: "public" } });
      await own.sql(`create schema app; ${createTable("app")}`);
      expect(await where("app")).toMatchObject({ table: { schema: "app" } });
      expect(await where("app", "two")).toMatchObject({ table: { schema: "two" } });
      expect(await where("app", "four")).toMatchObject({ table: null, rows: { known: true, value: null } });
    } finally {
      await own.drop();
    }
  });

  it("does not take another program's table for Prisma's", async () => {
    await db.sql(
      "create schema foreign_shape; create table foreign_shape._prisma_migrations (id int, migration_name text)",
    );
    const contract = contractOf(inSchema("foreign_shape"));
    const readings = await read(contract);
    expect(readings).toMatchObject([
      { rows: { known: false, reason: expect.stringContaining("has no column checksum, finished_at, logs") } },
    ]);
    expect(buildHistories(contract, readings)).toMatchObject([{ state: "unreadable", migrations: [] }]);
  });

  it("says that other types cannot be read, and goes on", async () => {
    await db.sql(
      `create schema other_types; ${createTable("other_types")}; alter table other_types._prisma_migrations alter finished_at type text`,
    );
    await schemaWith("after_it");
    const readings = await read(
      contractOf(inSchema("other_types", ["a"], "first"), inSchema("after_it", ["a"], "second")),
    );
    expect(readings).toMatchObject([{ rows: { known: false, sqlstate: "42883" } }, { rows: { known: true } }]);
  });

  it("refuses a table that is too long to be a record table", async () => {
    await schemaWith("long");
    await db.sql(
      insert("long", "").replace(
        "values ",
        `select g::text, '${CHECKSUM}', now(), g::text, null, null, now(), 1 from generate_series(2, 10001) g`,
      ),
    );
    expect(await read(contractOf(inSchema("long")))).toMatchObject([
      { rows: { known: false, reason: expect.stringContaining("more than 10000 rows") } },
    ]);
  });
});

describe("a role that may not look", () => {
  it("gives the GRANTs instead of pending migrations", async () => {
    await schemaWith("locked");
    const role = await db.createRole();
    const contract = contractOf(inSchema("locked"));
    const readings = await read(contract, role.url);
    expect(readings).toMatchObject([
      {
        table: { schema: "locked" },
        rows: {
          known: false,
          sqlstate: "42501",
          reason: `role ${role.name} may not read locked._prisma_migrations; to allow it: GRANT USAGE ON SCHEMA "locked" TO "${role.name}"; GRANT SELECT ON "locked"."_prisma_migrations" TO "${role.name}";`,
        },
      },
    ]);
    expect(migrationGaps(contract, buildHistories(contract, readings))).toEqual([]);
    expect(historyUnverified(contract, readings)).toMatchObject([
      { subject: { kind: "history", schema: "locked" }, sqlstate: "42501" },
    ]);
    const grants = (readings[0]?.rows.known === false ? readings[0].rows.reason : "").split("to allow it: ")[1] ?? "";
    await db.sql(grants);
    expect(await read(contract, role.url)).toMatchObject([{ rows: { known: true, value: [{ migrationName: "a" }] } }]);
  });

  it("is told of row security, which would hide every row without an error", async () => {
    await schemaWith("rls");
    const role = await db.createRole({
      grants: "grant usage on schema rls to ROLE; grant select on rls._prisma_migrations to ROLE",
    });
    await db.sql("alter table rls._prisma_migrations enable row level security");
    const contract = contractOf(inSchema("rls"));
    const readings = await read(contract, role.url);
    expect(readings).toMatchObject([
      {
        rows: {
          known: false,
          sqlstate: "42501",
          reason: expect.stringContaining("row security is enabled on the table"),
        },
      },
    ]);
    const bypassing = await db.createRole({
      attributes: "bypassrls",
      grants: "grant usage on schema rls to ROLE; grant select on rls._prisma_migrations to ROLE",
    });
    expect(await read(contract, bypassing.url)).toMatchObject([
      { rows: { known: true, value: [{ migrationName: "a" }] } },
    ]);
  });

  it("says that the table is locked, and does not wait for longer than the lock timeout", async () => {
    await schemaWith("busy");
    const other = await db.connect();
    await other.query("begin; lock table busy._prisma_migrations in access exclusive mode");
    try {
      const started = performance.now();
      expect(await read(contractOf(inSchema("busy")))).toMatchObject([
        { rows: { known: false, sqlstate: "55P03", reason: expect.stringContaining("is locked by another session") } },
      ]);
      expect(performance.now() - started).toBeLessThan(5_000);
    } finally {
      await other.query("rollback");
    }
  });
});

describe("round trips", () => {
  /** The statements that reach the server, savepoints aside. */
  async function statements(contract: Contract): Promise<number> {
    return withReadSession(parseConnectionString(db.url), DEFAULT_LIMITS, async (session) => {
      let count = 0;
      const counting = {
        ...session,
        query: <R extends object>(text: string, params?: readonly unknown[]) => {
          count += 1;
          return session.query<R>(text, params);
        },
      };
      await readRecordTables(counting, contract);
      return count;
    });
  }

  it("are none without migrations, one without a table, and one more for each table, however many applications share it", async () => {
    await schemaWith("shared");
    expect(await statements(contractOf(application({ name: "x" })))).toBe(0);
    expect(
      await statements(contractOf(migrated([], { migrations: { tool: "prisma", schema: "nowhere", required: [] } }))),
    ).toBe(1);
    expect(await statements(contractOf(inSchema("shared", ["a"], "a"), inSchema("shared", [], "b")))).toBe(2);
  });

  it("are one more for who migrates, only when something is not applied, and once for a shared table", async () => {
    await schemaWith("unfinished");
    expect(await statements(contractOf(inSchema("unfinished", ["b"], "a"), inSchema("unfinished", ["b"], "b")))).toBe(
      3,
    );
  });
});
