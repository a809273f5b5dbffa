/**
 * Test Anything Protocol, version 14 (https://testanything.org/tap-version-14-specification.html): the test cases that
 * JUnit has, with a YAML block for what is worth reading.
 */

import { displaySafe } from "./display.js";
import { legalJson } from "./legal-json.js";
import type { Reporter } from "./reporter.js";
import { suitesOf, type TestCase } from "./suites/index.js";

export const tap: Reporter = (report) => {
  const cases = suitesOf(report).flatMap((suite) => suite.cases);
  const lines = cases.flatMap((each, at) => pointLines(each, at + 1));
  return `${["TAP version 14", `1..${cases.length}`, ...lines].join("\n")}\n`;
};

function pointLines(test: TestCase, number: number): string[] {
  const { classname, name, result } = test;
  const word = result.kind === "failure" || result.kind === "error" ? "not ok" : "ok";
  const skip = result.kind === "skipped" ? ` # SKIP ${description(result.message)}` : "";
  return [`${word} ${number} - ${description(`${classname} ${name}`)}${skip}`, ...yamlBlock(facts(test))];
}

/** A `#` would begin a directive: `ok 1 - all # SKIP` is a forged skip. */
function description(text: string): string {
  return displaySafe(text).replace(/[\\#]/g, "\\$&");
}

type Facts = readonly (readonly [key: string, value: string | number])[];

function facts({ result, durationMs, place, output }: TestCase): Facts {
  const bad = result.kind === "failure" || result.kind === "error" ? result : null;
  const end: Facts = durationMs === 0 ? [] : [["duration_ms", durationMs]];
  if (bad === null) return output === "" ? end : [["output", output], ...end];
  return [
    ["message", bad.message],
    ["severity", bad.kind === "failure" ? "fail" : "error"],
    ["type", bad.type],
    ...(place === null ? [] : ([["at", `${place.file}:${place.line}`]] as const)),
    ["detail", bad.text],
    ...end,
  ];
}

/** Every JSON text is YAML 1.2, so nothing in a value can end the block. */
function yamlBlock(values: Facts): string[] {
  if (values.length === 0) return [];
  return ["  ---", ...values.map(([key, value]) => `  ${key}: ${legalJson(value)}`), "  ..."];
}
