import { describe, expect, it } from "vitest";
import { asDirectory, columnAt, partsOf, tableOf, withoutDefault } from "../../../../src/expect/prisma/script.js";

const SQL = `-- CreateTable
CREATE TABLE "audit"."a ""b""" (
    "id" TEXT NOT NULL DEFAULT nanoid(),
    "x DEFAULT y" TEXT NOT NULL,
    "text" TEXT NOT NULL DEFAULT 'one
two, DEFAULT nanoid()',
    "last" TEXT DEFAULT nanoid(),

    CONSTRAINT "a_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "c" (
    "only" UUID DEFAULT nanoid()
);

-- CreateIndex
CREATE UNIQUE INDEX "c ON d" ON "base"."c"("only");

-- AddForeignKey
ALTER TABLE "c" ADD CONSTRAINT "k" FOREIGN KEY ("only") REFERENCES "d"("id");
`;

describe("the engine's script", () => {
  const parts = partsOf(SQL, []);

  it("falls into statements", () => {
    expect(parts.map(({ sql }) => sql).join("")).toBe(SQL);
    expect(partsOf(SQL, ["citext"])[0]?.sql).toBe('CREATE EXTENSION IF NOT EXISTS "citext";\n');
    expect(parts.map(tableOf)).toEqual([
      { schema: "audit", table: 'a "b"', created: true },
      { schema: null, table: "c", created: true },
      { schema: "base", table: "c", created: false },
      { schema: null, table: "c", created: false },
    ]);
    expect(asDirectory(SQL, []).scripts.map(({ sql }) => sql)).toEqual([SQL]);
  });

  it("tells the column of a line", () => {
    const at = (part: number, line: number) => {
      const sql = parts[part]?.sql;
      return sql === undefined ? null : columnAt({ sql }, line);
    };
    expect(at(0, 2)).toEqual({ schema: "audit", table: 'a "b"', column: "id", default: "nanoid()" });
    expect(at(0, 3)).toMatchObject({ column: "x DEFAULT y", default: null });
    expect(at(0, 5)).toMatchObject({ column: "text", default: "'one\ntwo, DEFAULT nanoid()'" });
    expect(at(1, 2)).toEqual({ schema: null, table: "c", column: "only", default: "nanoid()" });
    expect([at(0, 1), at(0, 8), at(2, 1)]).toEqual([null, null, null]);
  });

  it("loses a default wherever it stands, and nothing else", () => {
    const { sql, columns } = withoutDefault(SQL, "nanoid()");
    expect(columns.map(({ table, column }) => `${table}.${column}`)).toEqual(['a "b".id', 'a "b".last', "c.only"]);
    const expected = SQL.replace('"id" TEXT NOT NULL DEFAULT nanoid()', '"id" TEXT NOT NULL')
      .replace('"last" TEXT DEFAULT nanoid()', '"last" TEXT')
      .replace('"only" UUID DEFAULT nanoid()', '"only" UUID');
    expect(sql).toBe(expected);
    expect(withoutDefault(sql, "nanoid()")).toEqual({ sql, columns: [] });
  });
});
