import { describe, expect, it } from "vitest";
import type { Contract } from "../../../../src/model/contract.js";
import type { Gap } from "../../../../src/model/report.js";
import { planSql } from "../../../../src/repair/index.js";
import { type Draft, PHASES } from "../../../../src/repair/plan/task.js";
import { application, column, contractOf, gap, relation, subject } from "../../../support/builders.js";

const INTEGER = { ...column("x").type, text: "integer", name: "int4", category: "N" };
const SERIAL = column("id", {
  type: INTEGER,
  default: { text: "nextval('public.users_id_seq'::regclass)", renderings: [] },
  sequence: { schema: "public", name: "users_id_seq", usage: true },
});
const contract: Contract = contractOf(
  application({
    role: "app",
    relations: [relation("users", [SERIAL, column("name")]), relation("tags", [column("label")])],
  }),
);

describe("the drafts of a task", () => {
  it("never go back to an earlier phase: else one would pull those before it out of their order", () => {
    const gaps: Gap[] = [
      gap({ id: "a", code: "MISSING_COLUMN", subject: subject("column", "id", "users") }),
      gap({ id: "b", code: "MISSING_COLUMN", subject: subject("column", "name", "users") }),
      gap({ id: "c", code: "MISSING_TABLE", subject: subject("table", "tags") }),
      gap({ id: "d", code: "COLUMN_DEFAULT", subject: subject("column", "id", "users") }),
    ];
    const backfill = new Map([["public.users.name", "id::text"]]);
    const fields = { contract, gaps, causes: [], histories: [], models: null, tables: new Map(), backfill };
    const { planned, notDone } = planSql(fields);
    expect(notDone).toEqual([]);
    const places = ({ phase }: Draft) => PHASES.indexOf(phase);
    for (const { drafts } of planned.tasks) {
      expect(drafts.map(places)).toEqual(drafts.map(places).sort((x, y) => x - y));
    }
    const statements = planSql(fields).steps.map(({ statement }) => statement);
    const at = (part: string) => statements.findIndex((statement) => statement.includes(part));
    // The value of the one column is made from the other, which has to be there first.
    expect(at('ADD COLUMN IF NOT EXISTS "id"')).toBeLessThan(at('SET "name" = id::text'));
    expect(at('SET "id" = nextval')).toBeLessThan(at('SET "name" = id::text'));
  });
});
