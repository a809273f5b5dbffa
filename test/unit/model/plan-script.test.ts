import { expect, it } from "vitest";
import { scriptOf, statementsOf } from "../../../src/model/plan-script.js";
import { commandStep, sqlStep } from "../../support/report-builders.js";

const sql = (statement: string, group: number, more = {}) => sqlStep({ statement, group, ...more });

it("puts neighbours of one group into one transaction, and nothing else", () => {
  const long = { transactional: false, lockTimeoutMs: 0, statementTimeoutMs: 0 };
  const steps = [
    sql("A;", 1),
    sql("B;", 1),
    sql("C;", 2),
    sql("D;", 3, long),
    commandStep({ run: "deploy" }),
    sql("E;", 4),
  ];
  const parts = scriptOf(steps);
  expect(parts.map(({ kind }) => kind)).toEqual(["transaction", "transaction", "statement", "command", "transaction"]);
  const [first, , third, fourth] = parts;
  if (first === undefined || third === undefined || fourth === undefined) throw new Error("there are five parts");
  expect(statementsOf(first)).toEqual([
    "BEGIN;",
    "SET LOCAL lock_timeout = '5000ms';",
    "SET LOCAL statement_timeout = '60000ms';",
    "A;",
    "B;",
    "COMMIT;",
  ]);
  expect(statementsOf(third)).toEqual(["SET lock_timeout = '0ms';", "SET statement_timeout = '0ms';", "D;"]);
  expect(statementsOf(fourth)).toEqual([]);
});

it("never joins across a command", () => {
  expect(scriptOf([sql("A;", 1), commandStep({ run: "deploy" }), sql("B;", 1)])).toHaveLength(3);
});
