/** What the role that looks is not allowed to see: the exact GRANT, or the owner who could look. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Contract } from "../../../src/model/contract.js";
import { createTestDatabase, type TestDatabase } from "../../support/postgres.js";
import { causesOf, contractNow, evidenceOf, needingRows, rowsIn, verifyAs } from "./support.js";

const RECORDS = `create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(),
  applied_steps_count int not null default 0);
insert into _prisma_migrations values (gen_random_uuid()::text, repeat('a', 64), now(), '1_init', null, null, now() - interval '1 s', 1)`;

let database: TestDatabase;
let contract: Contract;

beforeEach(async () => {
  database = await createTestDatabase("access");
  await database.sql("create table plans (id int primary key); insert into plans values (1)");
  const migrations = { tool: "prisma", schema: null, required: ["1_init"] } as const;
  contract = needingRows(await contractNow(database, { migrations }), rowsIn("plans"));
  await database.sql(RECORDS);
});
afterEach(() => database.drop());

const role = (grants: string) => database.createRole({ grants: `grant usage on schema public to ROLE; ${grants}` });
const subjects = ({ causes }: Awaited<ReturnType<typeof verifyAs>>) =>
  causes.flatMap(({ unverified }) => unverified.map(({ kind, relation, name }) => `${kind} ${relation ?? name}`));

describe("a role that may not read", () => {
  it("gets the GRANTs for rows and record table in one cause, and they are enough", async () => {
    const { name, url } = await role("");
    const report = await verifyAs(url, contract);
    expect(report.verdict).toBe("unverified");
    expect(causesOf(report)).toEqual(["PERMISSION_DENIED certain"]);
    expect(subjects(report)).toEqual(["rows plans", "history _prisma_migrations"]);
    const grants = [...evidenceOf(report, "PERMISSION_DENIED").matchAll(/To allow it: (.*;)$/gm)].map(
      ([, grant]) => grant,
    );
    expect(grants).toEqual([
      `GRANT SELECT ON "public"."plans" TO "${name}";`,
      `GRANT SELECT ON "public"."_prisma_migrations" TO "${name}";`,
    ]);
    await database.sql(grants.join("\n"));
    expect((await verifyAs(url, contract)).verdict).toBe("pass");
  });

  it("gets the GRANT of USAGE, and no GRANT that would not help yet", async () => {
    await database.sql("revoke all on schema public from public");
    const { name, url } = await database.createRole({ grants: "grant select on all tables in schema public to ROLE" });
    const report = await verifyAs(url, contract);
    expect(causesOf(report)).toEqual(["PERMISSION_DENIED certain"]);
    expect(evidenceOf(report, "PERMISSION_DENIED")).toBe(
      `role ${name} has no USAGE on schema public. To allow it: GRANT USAGE ON SCHEMA "public" TO "${name}";`,
    );
  });
});

describe("row security", () => {
  const READ = "grant select on all tables in schema public to ROLE";

  it("on the record table is the cause, not migrations that are pending, and a GRANT is not suggested", async () => {
    await database.sql("alter table _prisma_migrations enable row level security");
    const { name, url } = await role(READ);
    const report = await verifyAs(url, contract);
    expect(report.verdict).toBe("unverified");
    expect(report.history[0]?.state).toBe("unreadable");
    expect(causesOf(report)).toEqual(["ROW_SECURITY certain"]);
    expect(subjects(report)).toEqual(["history _prisma_migrations"]);
    expect(evidenceOf(report, "ROW_SECURITY")).toContain(`role ${name} is neither its owner (`);
    expect((await verifyAs(database.url, contract)).verdict).toBe("pass");
  });

  it("on a table whose rows are counted is told apart from a missing privilege", async () => {
    await database.sql("alter table plans enable row level security");
    const report = await verifyAs((await role(READ)).url, contract);
    expect(causesOf(report)).toEqual(["ROW_SECURITY certain"]);
    expect(subjects(report)).toEqual(["rows plans"]);
  });

  it("that hides rows from the application's own role is a gap with this cause", async () => {
    await database.sql("alter table plans enable row level security");
    const { name } = await role(READ);
    const judged = { ...contract, applications: contract.applications.map((each) => ({ ...each, role: name })) };
    const report = await verifyAs(database.url, judged);
    const hidden = report.gaps.filter(({ code }) => code === "ROW_SECURITY_HIDES_ROWS").map(({ id }) => id);
    expect(report.causes.find(({ code }) => code === "ROW_SECURITY")?.explains).toEqual(hidden);
    expect(hidden).toHaveLength(1);
  });
});
