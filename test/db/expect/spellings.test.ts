import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { compare } from "../../../src/compare/index.js";
import { contractOf } from "../../support/builders.js";
import { observationOf, readModel } from "../../support/models.js";
import { createTestDatabase } from "../../support/postgres.js";
import { SPELLINGS } from "./column-spellings.js";
import { columnNamed, relationNamed, useCompiler } from "./support.js";

describe("column spellings", () => {
  const { compileBody } = useCompiler();
  const objects = {
    extensions: ["citext"],
    enums: { Mood: ["sad", "happy"] },
    domains: { email: "text check (value like '%@%')" },
    sequences: ["numbers"],
  };
  const columns = Object.fromEntries(SPELLINGS.map(([definition], i) => [`c${i}`, definition]));
  const body = stringify({ ...objects, relations: { t: { complete: true, columns: { base: "text", ...columns } } } });

  it("are at least sixty", () => {
    expect(SPELLINGS.length).toBeGreaterThanOrEqual(60);
  });

  it("read back as PostgreSQL prints them", async () => {
    const relation = relationNamed(await compileBody(body), "t");
    const texts = SPELLINGS.map((_, i) => {
      const { type, nullable, default: value, identity, generated, collation } = columnNamed(relation, `c${i}`);
      return [
        type.text,
        nullable ? null : "not null",
        value === null ? null : `default ${value.text}`,
        identity === null ? null : `identity ${identity}`,
        generated === null ? null : `${generated.kind} ${generated.expression.text}`,
        collation === null ? null : `collate ${collation.name}`,
      ]
        .filter((part) => part !== null)
        .join(" ");
    });
    expect(texts).toEqual(SPELLINGS.map(([, , text], i) => text.replace("SEQUENCE", `public.t_c${i}_seq`)));
  });

  it("leave no gap against a database made with other words for the same", async () => {
    const application = await compileBody(body);
    const database = await createTestDatabase("spellings");
    try {
      const definitions = SPELLINGS.map(([, ddl], i) => `, c${i} ${ddl}`).join("");
      await database.sql(`create extension citext; create type "Mood" as enum ('sad', 'happy'); create sequence numbers;
        create domain email as text check (value like '%@%'); create table t (base text${definitions});`);
      const model = await readModel(database.url, ["public"]);
      const { gaps } = compare(contractOf(application), observationOf(model));
      expect(gaps.map(({ message }) => message)).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});
