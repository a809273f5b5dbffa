import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FAULTS, faultRows } from "./table.js";

const HERE = new URL("./", import.meta.url);
const page = readFileSync(new URL("../../docs/http.md", import.meta.url), "utf8");

it("docs/http.md shows the table that the tests go through, and nothing else", () => {
  const after = page.slice(page.indexOf("| what happens |")).split("\n\n", 1)[0] ?? "";
  expect(after.split("\n").slice(2)).toEqual(faultRows());
});

it("every fault of the table happens in a test", () => {
  const tests = readdirSync(HERE).filter((name) => name.endsWith(".test.ts") && name !== "table.test.ts");
  const text = tests.map((name) => readFileSync(new URL(name, HERE), "utf8")).join("");
  expect(Object.keys(FAULTS).filter((name) => !text.includes(`"${name}"`))).toEqual([]);
});
