import { describe, expect, it } from "vitest";
import { findMarkers, isWithoutStatements, lineAt } from "../../../../src/history/directories/sql-text.js";
import { scanSqlText } from "../../../../src/sql/index.js";

describe("findMarkers", () => {
  const text = [
    "-- up",
    "select 'a",
    "-- up",
    "'; do $$",
    "-- up",
    "$$; /*",
    "-- up",
    "*/",
    "-- up\r",
    "select 1 -- up",
  ].join("\n");

  it("finds whole comment lines, and tells apart those in strings, dollar quotes and block comments", () => {
    const { found, hidden } = findMarkers(text, scanSqlText(text), /^-- up$/);
    expect(found.map(({ start }) => lineAt(text, start))).toEqual([1, 9]);
    expect(hidden).toEqual([3, 5, 7]);
    expect(found.map(({ end }) => text.slice(end).split("\n")[0])).toEqual(["select 'a", "select 1 -- up"]);
  });
});

describe("isWithoutStatements", () => {
  it.each(["", " \r\n\t", "-- a", "-- a\n/* b; */;\n;", ";"])("%j has none", (text) => {
    expect(isWithoutStatements(text)).toBe(true);
  });
  it.each(["select 1", "-- a\n;commit", "'a'", "$$a$$", "\\restrict x"])("%j has one, or something", (text) => {
    expect(isWithoutStatements(text)).toBe(false);
  });
});
