import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFINITIONS, type Definition } from "../../../src/config/index.js";
import { EXIT } from "../../../src/errors/index.js";

const page = readFileSync(new URL("../../../docs/cli.md", import.meta.url), "utf8");
const definitions: [string, Definition<unknown>][] = Object.entries(DEFINITIONS);

describe("docs/cli.md", () => {
  it.each(definitions.filter(([, { flags }]) => !flags.endsWith("<never>")))(
    "says how to set %s",
    (_, { flags, variables }) => {
      expect(page).toContain(`\`${flags}\``);
      for (const variable of variables) expect(page).toContain(`\`${variable}\``);
    },
  );

  it("names every variable that is read", () => {
    expect(page).toContain("SCHEMAREADY_TOKEN");
    const named = new Set([...page.matchAll(/\bSCHEMAREADY_[A-Z_]+\b/g)].map(([name]) => name));
    const read = new Set([...definitions.flatMap(([, { variables }]) => variables), "SCHEMAREADY_DEBUG"]);
    expect([...named].filter((name) => !read.has(name))).toEqual([]);
  });

  it("has a line for every exit code", () => {
    const codes = [...page.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(([, codes = ""]) => codes.split(", ").map(Number));
    expect(codes.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });
});
