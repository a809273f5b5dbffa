import { describe, expect, it } from "vitest";
import type { CheckAnswer, PreCheck } from "../../../../src/model/repair.js";
import { questionsOf, type SqlPlan, settle } from "../../../../src/repair/index.js";
import { assemble } from "../../../../src/repair/plan/assemble.js";
import { CONCURRENT, draft, PATIENT } from "../../../../src/repair/plan/draft.js";
import type { Draft, Task } from "../../../../src/repair/plan/task.js";

const check = (counts: string): PreCheck => ({
  counts,
  statement: `SELECT count(*) /* ${counts} */;`,
  answer: { kind: "not-asked" },
});
const count = (of: PreCheck, number: number): [string, CheckAnswer] => [of.statement, { kind: "count", count: number }];
const table = { schema: "public", name: "users", rows: null, bytes: null };
const orders = { ...table, name: "orders" };

const task = (id: string, ...drafts: Draft[]): Task => ({ gaps: [id], what: `task ${id}`, drafts });
const planOf = (...tasks: Task[]): SqlPlan => assemble({ tasks, left: [] });
const statements = ({ steps }: SqlPlan) => steps.map(({ statement, group }) => `${group} ${statement}`);

describe("order and transactions", () => {
  it("goes by phase, then by table; neighbours on one table share a transaction, and nothing else does", () => {
    const plan = planOf(
      task("a", draft("index", "INDEX ORDERS;", "", { ...CONCURRENT, table: orders })),
      task("b", draft("column", "COLUMN USERS 1;", "", { table })),
      task(
        "c",
        draft("column", "COLUMN ORDERS;", "", { table: orders }),
        draft("validate", "VALIDATE;", "", { ...PATIENT, table: orders }),
      ),
      task("d", draft("column", "COLUMN USERS 2;", "", { table })),
      task("e", draft("type", "TYPE;", "")),
      task("f", draft("table", "TABLE;", "")),
    );
    expect(statements(plan)).toEqual([
      "1 TYPE;",
      "1 TABLE;",
      "2 COLUMN ORDERS;",
      "3 COLUMN USERS 1;",
      "3 COLUMN USERS 2;",
      "4 INDEX ORDERS;",
      "5 VALIDATE;",
    ]);
    expect(plan.steps.map(({ lockTimeoutMs, statementTimeoutMs }) => [lockTimeoutMs, statementTimeoutMs])).toEqual([
      ...Array.from({ length: 5 }, () => [5000, 60000]),
      [0, 0],
      [5000, 0],
    ]);
  });

  it("puts what makes something before what needs it, also against the phases", () => {
    const plan = planOf(
      task("a", draft("table", "CHILD;", "", { needs: ["parent"] })),
      task("b", draft("table", "PARENT;", "", { makes: ["parent"], needs: ["function"] })),
      task("c", draft("function", "FUNCTION;", "", { makes: ["function"] })),
    );
    expect(statements(plan)).toEqual(["1 FUNCTION;", "1 PARENT;", "1 CHILD;"]);
  });

  it("gives the same statement once, for all its gaps, and keeps what stood behind it", () => {
    const plan = planOf(
      task("a", draft("table", "SAME;", ""), draft("view", "A;", "")),
      task("b", draft("table", "SAME;", ""), draft("extension", "B;", "")),
    );
    expect(plan.steps.map(({ statement, gaps }) => [statement, gaps])).toEqual([
      ["SAME;", ["a", "b"]],
      ["B;", ["b"]],
      ["A;", ["a"]],
    ]);
  });

  it("ends where needs go round in a circle", () => {
    const plan = planOf(
      task("a", draft("table", "A;", "", { makes: ["a"], needs: ["b"] })),
      task("b", draft("table", "B;", "", { makes: ["b"], needs: ["a"] })),
    );
    expect(plan.steps).toHaveLength(2);
  });
});

describe("answers", () => {
  const nulls = check("rows with NULL");
  const twins = check("rows that repeat");

  it("move what rows would refuse to people, with what stands behind it in its task", () => {
    const plan = planOf(
      task(
        "a",
        draft("not-null", "FIRST;", "", { checks: [nulls], option: "--backfill x" }),
        draft("not-null", "SECOND;", ""),
      ),
      task("b", draft("key", "OTHER;", "", { checks: [twins] })),
    );
    const settled = settle(plan, new Map([count(nulls, 12), count(twins, 0)]));
    expect(settled.steps).toMatchObject([{ statement: "OTHER;", checks: [{ answer: { kind: "count", count: 0 } }] }]);
    expect(settled.notDone).toEqual([
      {
        gaps: ["a"],
        what: "task a",
        why: "12 rows would violate this: rows with NULL.",
        statements: ["FIRST;", "SECOND;"],
        hazards: [],
        checks: [{ ...nulls, answer: { kind: "count", count: 12 } }],
        option: "--backfill x",
      },
    ]);
  });

  it("leave what stands before the refused statement in the plan", () => {
    const plan = planOf(
      task("a", draft("foreign-key", "ADD;", ""), draft("validate", "VALIDATE;", "", { checks: [nulls] })),
    );
    const settled = settle(plan, new Map([count(nulls, 1)]));
    expect(statements(settled)).toEqual(["1 ADD;"]);
    expect(settled.notDone).toMatchObject([
      { statements: ["VALIDATE;"], why: "1 row would violate this: rows with NULL." },
    ]);
  });

  it("take what depends on it along, however far away", () => {
    const key = JSON.stringify(["unique", "the key"]);
    const view = JSON.stringify(["relation", "the view"]);
    const plan = planOf(
      task("a", draft("key", "KEY;", "", { checks: [twins], makes: [key] })),
      task("b", draft("foreign-key", "REFERENCE;", "", { needs: [key], makes: [view] })),
      task("c", draft("view", "VIEW;", "", { needs: [view] })),
      task("d", draft("view", "FREE;", "")),
    );
    const settled = settle(plan, new Map([count(twins, 2)]));
    expect(statements(settled)).toEqual(["1 FREE;"]);
    expect(settled.notDone.map(({ what, why }) => [what, why])).toEqual([
      ["task a", "2 rows would violate this: rows that repeat."],
      ["task b", "It needs the key, which the plan leaves to you."],
      ["task c", "It needs the view, which the plan leaves to you."],
    ]);
  });

  it("leave out a back-fill that would find nothing, and say how many rows another changes", () => {
    const plan = planOf(
      task("a", draft("fill", "UPDATE;", "Fills.", { fills: nulls }), draft("not-null", "STRICT;", "")),
    );
    expect(questionsOf(plan)).toEqual([nulls]);
    expect(statements(settle(plan, new Map([count(nulls, 0)])))).toEqual(["1 STRICT;"]);
    const filled = settle(plan, new Map([count(nulls, 7)]));
    expect(filled.steps.map(({ why }) => why)).toEqual(["Fills. It changes 7 rows.", ""]);
  });

  it("change nothing where the target did not answer", () => {
    const plan = planOf(task("a", draft("key", "KEY;", "", { checks: [twins] })));
    const unknown: CheckAnswer = { kind: "unknown", reason: "permission denied" };
    expect(settle(plan, new Map()).steps).toEqual(plan.steps);
    expect(settle(plan, new Map([[twins.statement, unknown]])).steps).toMatchObject([
      { checks: [{ answer: unknown }] },
    ]);
  });

  it("may come again: a settled plan can be settled with newer ones", () => {
    const plan = planOf(task("a", draft("key", "KEY;", "", { checks: [twins] })));
    const refused = settle(plan, new Map([count(twins, 3)]));
    expect(refused.steps).toEqual([]);
    expect(settle(plan, new Map([count(twins, 0)])).steps).toHaveLength(1);
    expect(settle(refused, new Map([count(twins, 3)])).notDone).toEqual(refused.notDone);
  });
});
