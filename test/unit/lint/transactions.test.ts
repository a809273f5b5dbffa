import { describe, expect, it } from "vitest";
import type { MigrationTool } from "../../../src/model/migrations.js";
import { codesOf, lint, NEW, OLD } from "./support.js";

const TABLE = "create table users (a int); create type mood as enum ('sad');";
const CONCURRENTLY = "create index concurrently i on users (a)";

/** `severity of the only finding`, or what else there is. */
function severity(sql: string, tool: MigrationTool, transaction: "script" | "transaction" | "none"): string {
  const findings = lint({ [OLD]: TABLE, [NEW]: sql }, { tool, transaction }).filter(
    ({ migration, code }) => migration === NEW && code === "NOT_IN_TRANSACTION",
  );
  return findings.map((found) => found.severity).join();
}

describe("CREATE INDEX CONCURRENTLY", () => {
  it.each<[string, string, MigrationTool, "script" | "transaction" | "none", string]>([
    ["alone in a script that is sent whole", CONCURRENTLY, "prisma", "script", ""],
    [
      "beside others in Prisma, which cuts it out in newer versions",
      `${CONCURRENTLY}; select 1`,
      "prisma",
      "script",
      "warning",
    ],
    ["beside others elsewhere", `${CONCURRENTLY}; select 1`, "golang-migrate", "script", "error"],
    ["behind the tool's BEGIN", CONCURRENTLY, "flyway", "transaction", "error"],
    ["behind the script's own BEGIN", `begin; ${CONCURRENTLY}; commit`, "prisma", "script", "error"],
    ["each statement for itself", `select 1; ${CONCURRENTLY}`, "goose", "none", ""],
    ["behind a COMMIT, each for itself", `begin; select 1; commit; ${CONCURRENTLY}`, "goose", "none", ""],
    ["behind a BEGIN, each for itself", `begin; ${CONCURRENTLY}; commit`, "goose", "none", "error"],
    ["behind a COMMIT of the script that the tool began", `commit; ${CONCURRENTLY}`, "flyway", "transaction", ""],
    ["behind ROLLBACK TO a savepoint", `savepoint s; rollback to s; ${CONCURRENTLY}`, "flyway", "transaction", "error"],
    ["with a comment only", `-- one; two\n${CONCURRENTLY}; /* three; */`, "sqlx", "script", ""],
    ["beside a statement that nobody can read", `${CONCURRENTLY}; creat table x`, "sqlx", "script", "error"],
  ])("%s", (_, sql, tool, transaction, expected) => {
    expect(severity(sql, tool, transaction)).toBe(expected);
  });

  it.each([
    "drop index concurrently i",
    "reindex (concurrently) table users",
    "reindex database app",
    "reindex schema public",
    "vacuum",
    "cluster",
    "create database a",
    "drop database a",
    "alter system set work_mem = '1MB'",
    "alter table users detach partition p concurrently",
    "create tablespace t location '/t'",
  ])("and the others that PostgreSQL refuses: %s", (sql) => {
    expect(severity(`select 1; ${sql}`, "sql", "script")).toBe("error");
    expect(severity(sql, "sql", "script")).toBe("");
  });

  it.each(["analyze", "cluster users", "reindex table users", "drop index i"])("and not %s", (sql) => {
    expect(severity(`select 1; ${sql}`, "sql", "script")).toBe("");
  });

  it("names the way out of each tool", () => {
    const [found] = lint({ a: `${CONCURRENTLY};` }, { tool: "goose", transaction: "transaction" }).filter(
      ({ code }) => code === "NOT_IN_TRANSACTION",
    );
    expect(found?.fix).toContain("-- +goose NO TRANSACTION");
  });
});

describe("a new enum label", () => {
  const add = "alter type mood add value 'new'";
  it.each([
    [
      "used in the same transaction",
      `${add}; insert into users select 1 where 'new'::mood = 'sad'`,
      "script",
      ["ENUM_VALUE_IN_TRANSACTION"],
    ],
    [
      "used as a default",
      `${add}; alter table users add m mood default 'new'`,
      "transaction",
      ["ENUM_VALUE_IN_TRANSACTION"],
    ],
    ["used after a COMMIT", `begin; ${add}; commit; update users set m = 'new' where a = 1`, "none", ["NOT_GUARDED"]],
    ["used by nobody", `${add}; update users set m = 'sad' where a = 1`, "script", []],
    ["used before", `update users set m = 'new' where a = 1; ${add}`, "script", []],
    [
      "of a type that the transaction creates",
      "create type t as enum (); alter type t add value 'new'; create table x (m t default 'new')",
      "script",
      [],
    ],
  ] as const)("%s", (_, sql, transaction, codes) => {
    expect(codesOf(TABLE, sql, { transaction })).toEqual(codes);
  });
});
