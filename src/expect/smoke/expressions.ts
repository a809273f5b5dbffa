/** What other languages say in a step: JSONPath, regular expressions, SQL. */
import { jsonpath } from "json-p3";
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import type { StepSection } from "../schema/check-file.js";
import { scanSql } from "../text/sql-scan.js";
import { groupProblem } from "./capture-groups.js";
import { templateNames, withoutTemplates } from "./templates.js";

/** Reports every one that cannot be read. */
export function checkForeign(check: FileCheck, step: StepSection, path: Path): void {
  checkPaths(check, step, path);
  checkExpressions(check, step, path);
  checkCaptures(check, step, path);
  checkQuery(check, step, path);
}

function checkPaths(check: FileCheck, step: StepSection, path: Path): void {
  for (const [name, capture] of step.capture ?? []) {
    const text = typeof capture === "string" ? capture : capture.jsonPath;
    const place = [...path, "capture", name, ...(typeof capture === "string" ? [] : ["jsonPath"])];
    if (text !== undefined) checkPath(check, text, place, "value");
  }
  for (const section of assertionSections(step)) {
    for (const text of section.assertions?.jsonPath?.keys() ?? []) {
      checkPath(check, text, [...path, ...section.path, "jsonPath", text], "key");
    }
  }
}

function assertionSections({ assert, poll }: StepSection) {
  return [
    { path: ["assert"], assertions: assert },
    { path: ["poll", "until"], assertions: poll?.until },
    { path: ["poll", "failWhen"], assertions: poll?.failWhen },
  ];
}

function checkPath(check: FileCheck, text: string, path: Path, part: "key" | "value"): void {
  if (templateNames(text).length > 0) {
    check.report(path, "a JSONPath takes no template: compare the value with one instead", part);
    return;
  }
  try {
    jsonpath.compile(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    check.report(path, `${JSON.stringify(text)} is not a JSONPath (RFC 9535): ${reason}`, part);
  }
}

const PATTERNS: ReadonlySet<string> = new Set(["matches", "notMatches", "regex"]);

/** The pattern of a capture is no claim: nothing is filled in there, and its groups are known. */
function checkCaptures(check: FileCheck, { capture }: StepSection, path: Path): void {
  for (const [name, section] of capture ?? []) {
    if (typeof section === "string" || section.regex === undefined) continue;
    const { regex, group } = section;
    const at = [...path, "capture", name];
    if (templateNames(regex).length > 0) check.report([...at, "regex"], "the pattern of a capture takes no template");
    const problem = group === undefined ? null : groupProblem(regex, group);
    if (problem !== null) check.report([...at, "group"], problem);
  }
}

/** Every pattern of a predicate or a capture. Sections are plain objects here; what the author named (JSON bodies, too) is a Map. */
function checkExpressions(check: FileCheck, value: unknown, path: Path): void {
  if (typeof value !== "object" || value === null) return;
  const entries: Iterable<[unknown, unknown]> =
    value instanceof Map ? value : Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, each] of entries) {
    const inside = [...path, typeof key === "number" ? key : String(key)];
    const isPattern = PATTERNS.has(String(key)) && !(value instanceof Map);
    if (isPattern && typeof each === "string") checkExpression(check, each, inside);
    else checkExpressions(check, each, inside);
  }
}

function checkExpression(check: FileCheck, text: string, path: Path): void {
  try {
    new RegExp(withoutTemplates(text), "u");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    check.report(path, `${JSON.stringify(text)} is not a regular expression: ${reason}`);
  }
}

function checkQuery(check: FileCheck, { sql }: StepSection, path: Path): void {
  if (sql === undefined) return;
  const problem = queryProblem(sql.query, sql.params?.length ?? 0);
  if (problem !== null) check.report([...path, "sql", "query"], problem);
  // An answer without claims must be 2xx; rows without claims may be anything.
  for (const key of ["until", "failWhen"] as const) {
    const claims = sql.poll?.[key];
    if (claims === undefined || claims.rows !== undefined || (claims.values?.size ?? 0) > 0) continue;
    const at = [...path, "sql", "poll", key];
    if (check.trusted(at)) check.report(at, "claims nothing: give rows or values");
  }
}

function queryProblem(query: string, params: number): string | null {
  const scan = scanSql(query);
  if (scan.problem !== null) return `not one statement: ${scan.problem}`;
  if (templateNames(query).length > 0) return "SQL takes no template: write $1 and give the value in params";
  const reads = READING.has(scan.words[0] ?? "") || query.trimStart().startsWith("(");
  if (!reads) return "a statement that reads is expected: select, with, values or table";
  const highest = Math.max(0, ...scan.parameters);
  return highest === params ? null : `the query has ${highest} parameters, and params gives ${params}`;
}

const READING: ReadonlySet<string> = new Set(["select", "with", "values", "table"]);
