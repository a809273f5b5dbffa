import { describe, expect, it } from "vitest";
import { readScript } from "../../../../src/expect/replay/read-script.js";
import { leavesTransactionOpen, singleUnits, wholeUnits } from "../../../../src/expect/replay/units.js";
import { loadGrammar, offsetOfCharacter } from "../../../../src/sql/index.js";

const grammar = await loadGrammar();
const statementsOf = (sql: string) => readScript(sql, grammar).statements;

describe("units", () => {
  const unitsOf = (sql: string, units: typeof singleUnits) =>
    units(statementsOf(sql)).map(({ start, end }) => sql.slice(start, end));
  const sql = "a; begin; b; commit; c; savepoint s; rollback to s; d";

  it("cuts a whole script only where it ends its transaction, and loses nothing", () => {
    const whole = unitsOf(sql, (statements) => wholeUnits(statements, sql.length));
    expect(whole).toEqual(["a; begin; b; commit; ", "c; savepoint s; rollback to s; d"]);
    expect(whole.join("")).toBe(sql);
  });

  it("keeps BEGIN ... COMMIT together otherwise", () => {
    expect(unitsOf(sql, singleUnits)).toEqual(["a", "begin; b; commit", "c", "savepoint s", "rollback to s", "d"]);
    expect(leavesTransactionOpen(statementsOf("begin; a; commit; begin; b"))).toBe(true);
    expect(leavesTransactionOpen(statementsOf(sql))).toBe(false);
  });

  it("counts characters as PostgreSQL does", () => {
    expect(offsetOfCharacter("\u{1f600}ab", 1)).toBe(0);
    expect(offsetOfCharacter("\u{1f600}ab", 3)).toBe(3);
  });
});
