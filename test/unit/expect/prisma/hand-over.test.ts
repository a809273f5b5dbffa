import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blocksOf, withoutAsides } from "../../../../src/expect/prisma/blocks.js";
import { blankedOut, datasourcesOf, otherDatabases } from "../../../../src/expect/prisma/hand-over.js";

const DATASOURCE = `datasource db {
  provider          = "postgresql" // url = "in a comment"
  url               = env("DATABASE_URL")
  directUrl         = "postgresql://u:canary@h/d" // }
  shadowDatabaseUrl = env("SHADOW")
  extensions        = [pgcrypto, citext(schema: "public")]
  relationMode      = "prisma"
}
`;
const GENERATOR = `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["metrics", "views"]
  output          = "a } b"
}
`;
const MODEL = `/// datasource db { url = "documentation" }
model Link {
  url       String @id @default("url = \\"}\\" // not a comment")
  directUrl String
  /* generator client {
     url = 1 */
  @@index([directUrl], where: { url: { not: "x" } })
}
`;

describe("what the engine is handed", () => {
  it("keeps everything but connection properties and generators, at its place", () => {
    const blanked = blankedOut(GENERATOR + DATASOURCE + MODEL).split("\n");
    expect(blanked.slice(0, 5).join("").trim()).toBe("");
    expect(blanked.slice(5, 13).map((line) => line.trim())).toEqual([
      "datasource db {",
      'provider          = "postgresql" // url = "in a comment"',
      "",
      "",
      "",
      'extensions        = [pgcrypto, citext(schema: "public")]',
      'relationMode      = "prisma"',
      "}",
    ]);
    expect(blanked.slice(13).join("\n")).toBe(MODEL);
  });

  it("sets comments and strings aside, and keeps Windows line ends", () => {
    expect(blankedOut(DATASOURCE.replaceAll("\n", "\r\n")).replaceAll("\r\n", "\n")).toBe(blankedOut(DATASOURCE));
    expect(blankedOut('// datasource db {\n//  url = "x"\n// }\n')).toContain('url = "x"');
    expect(blankedOut("/* generator c {\n} */ model A {\n  id Int @id\n}")).toContain("generator c");
  });

  const line = fc.oneof(
    fc.constantFrom(
      "datasource db {",
      "  generator x {",
      "model A {",
      "}",
      '  url = "postgres://u:p@h/d"',
      '  url String @default("{")',
      "// } datasource db {",
      "/*",
      "*/",
      '"',
      "\t",
    ),
    fc.string({ unit: "binary" }).map((text) => text.replace(/[\r\n]/g, "")),
  );
  const schema = fc
    .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom("\n", "\r\n"))
    .map(([all, end]) => all.join(end));

  it("has the same length and the same line ends, whatever the text is, and a second time changes nothing", () => {
    fc.assert(
      fc.property(schema, (text) => {
        const blanked = blankedOut(text);
        expect(blanked.length).toBe(text.length);
        for (let i = 0; i < text.length; i++) {
          if (blanked[i] !== text[i]) expect(blanked[i]).toBe(" ");
          if (text[i] === "\n" || text[i] === "\r") expect(blanked[i]).toBe(text[i]);
        }
        expect(blankedOut(blanked)).toBe(blanked);
      }),
      { numRuns: 500 },
    );
  });

  it("takes blocks in order, one after the other", () => {
    fc.assert(
      fc.property(schema, (text) => {
        const ends = blocksOf(withoutAsides(text)).flatMap(({ start, bodyStart, bodyEnd }) => [
          start,
          bodyStart,
          bodyEnd,
        ]);
        expect(ends).toEqual([...ends].sort((a, b) => a - b));
      }),
    );
  });
});

describe("datasourcesOf", () => {
  const of = (text: string) => datasourcesOf([{ path: "a.prisma", text }]);

  it("reads provider and schemas, over several lines and past comments", () => {
    const text = 'datasource db {\n  schemas = [ // "no"\n    "base", "au\\"dit"\n  ]\n  provider = "postgres"\n}\n';
    expect(of(text)).toEqual([{ place: "a.prisma:5", provider: "postgres", schemas: ["base", 'au"dit'] }]);
    expect(of('datasource db {\n  provider = env("X")\n}')).toEqual([
      { place: "a.prisma:1", provider: null, schemas: [] },
    ]);
  });

  it.each(["mysql", "sqlite", "sqlserver", "mongodb", "cockroachdb"])("refuses %s with its place", (provider) => {
    expect(otherDatabases(of(`\ndatasource db {\n  provider = "${provider}"\n}`))).toEqual([
      { place: "a.prisma:3", message: `the provider is "${provider}"; schemaready reads PostgreSQL only` },
    ]);
  });

  it("shows no connection string that stands where the provider should", () => {
    const text = 'datasource db {\n  provider = "postgresql://user:canary@host/db"\n}';
    expect(otherDatabases(of(text))).toEqual([{ place: "a.prisma:2", message: expect.not.stringContaining("canary") }]);
  });

  it("takes both names of PostgreSQL", () => {
    for (const name of ["postgresql", "postgres"]) {
      expect(otherDatabases(of(`datasource db {\n  provider = "${name}"\n}`))).toEqual([]);
    }
  });
});
