import { describe, expect, it } from "vitest";
import { attachIndexPartition, createIndex, dropIndex, renameIndex } from "../../../../src/repair/ddl/index.js";
import { expression, index, indexKey, USERS } from "./parts.js";

describe("createIndex", () => {
  it("prints everything that an index has", () => {
    const keys = [
      indexKey({ column: "email", collation: { schema: "pg_catalog", name: "C" } }),
      indexKey({ expression: expression("lower(name)"), descending: true, nullsFirst: true }),
      indexKey({ column: "a", descending: true }),
      indexKey({ column: "b", nullsFirst: true, operatorClass: { schema: "public", name: "gin_trgm_ops" } }),
    ];
    const all = index({
      ...{ keys, unique: true, include: ["c", "D"], nullsNotDistinct: true, method: "gin" },
      predicate: expression("(a > 0)"),
    });
    expect(createIndex(USERS, all, { concurrently: true })).toBe(
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "users_email" ON "public"."users" USING "gin" ' +
        '("email" COLLATE "pg_catalog"."C", (lower(name)) DESC, "a" DESC NULLS LAST, "b" "public"."gin_trgm_ops" NULLS FIRST) ' +
        'INCLUDE ("c", "D") NULLS NOT DISTINCT WHERE ((a > 0));',
    );
  });

  it("takes another name, and only the partitioned table", () => {
    expect(createIndex(USERS, index(), { concurrently: false, name: "other", ifNotExists: false, only: true })).toBe(
      'CREATE INDEX "other" ON ONLY "public"."users" USING "btree" ("email");',
    );
  });
});

describe("statements for one index", () => {
  const place = { schema: "app", name: "users_email" };
  it.each([
    [dropIndex(place, { concurrently: true }), 'DROP INDEX CONCURRENTLY IF EXISTS "app"."users_email";'],
    [dropIndex(place, { concurrently: false }), 'DROP INDEX IF EXISTS "app"."users_email";'],
    [renameIndex(place, "new"), 'ALTER INDEX "app"."users_email" RENAME TO "new";'],
    [
      attachIndexPartition(place, { schema: "app", name: "part" }),
      'ALTER INDEX "app"."users_email" ATTACH PARTITION "app"."part";',
    ],
  ])("%s", (printed, text) => {
    expect(printed).toBe(text);
  });
});
