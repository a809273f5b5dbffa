/** Does the smoke section make sense: needs, templates, JSONPath, regular expressions, SQL parameters? */
import { jsonpath } from "json-p3";
import type { FileCheck } from "../check-file.js";
import type { Path } from "../load/place.js";
import type { FlowSection, StepSection } from "../schema/check-file.js";
import { scanSql } from "../text/sql-scan.js";
import { didYouMean } from "../text/suggest.js";
import { checkTemplates, type Known } from "./known-names.js";
import { checkNeeds } from "./needs.js";
import { capturesOf } from "./suite.js";
import { nameProblem, templateNames, withoutTemplates } from "./templates.js";

/** Checks the smoke section of a file. */
export function checkSmoke(check: FileCheck): void {
  const section = check.file.content.smoke;
  if (section === undefined) return;
  const declared = [...(section.variables?.keys() ?? []), ...(section.secrets?.keys() ?? [])];
  checkDeclarations(check, declared);
  const known = { names: new Set(declared), flow: null, step: null };
  if (section.baseUrl !== undefined) checkTemplates(check, section.baseUrl, ["smoke", "baseUrl"], known);
  checkNeeds(check, section.flows);
  for (const [id, flow] of section.flows) checkFlow(check, id, flow, declared);
}

function checkDeclarations(check: FileCheck, declared: readonly string[]): void {
  const { variables, secrets } = check.file.content.smoke ?? {};
  for (const [section, map] of [["variables", variables] as const, ["secrets", secrets] as const]) {
    for (const [name, value] of map ?? []) {
      const path = ["smoke", section, name];
      const problem = nameProblem(name);
      if (problem !== null) check.report(path, problem, "key");
      if (section === "secrets" && variables?.has(name) === true) {
        check.report(path, `${JSON.stringify(name)} is a variable already`, "key");
      }
      checkTemplates(check, value, path, { names: new Set(declared), flow: null, step: null });
      const circle = wayBack(new Map([...(variables ?? []), ...(secrets ?? [])]), [name], new Set());
      if (circle !== null) check.report(path, `{{${name}}} refers to itself: ${circle.join(" -> ")}`);
    }
  }
}

/** Variables and secrets may refer to each other, but not in a circle: the way back to the first name, or null. */
function wayBack(values: ReadonlyMap<string, unknown>, trail: readonly string[], seen: Set<string>): string[] | null {
  for (const next of templateNames(String(values.get(trail.at(-1) ?? "") ?? ""))) {
    if (next === trail[0]) return [...trail, next];
    if (seen.has(next)) continue;
    seen.add(next);
    const circle = wayBack(values, [...trail, next], seen);
    if (circle !== null) return circle;
  }
  return null;
}

function checkFlow(check: FileCheck, id: string, flow: FlowSection, declared: readonly string[]): void {
  const known = new Set([...declared, ...inherited(check, id, new Set())]);
  for (const [stepId, step] of flow.steps) {
    const path = ["smoke", "flows", id, "steps", stepId];
    for (const name of capturesOf(step)) {
      const section = step.sql === undefined ? ["capture"] : ["sql", "capture"];
      const taken = declared.includes(name) ? `${JSON.stringify(name)} is a variable or a secret already` : null;
      const problem = nameProblem(name) ?? taken;
      if (problem !== null) check.report([...path, ...section, name], problem, "key");
    }
    checkStep(check, step, path, { names: known, flow: id, step: stepId });
  }
}

/** What the flows before this one have captured. */
function inherited(check: FileCheck, id: string, visited: Set<string>): string[] {
  if (visited.has(id)) return [];
  visited.add(id);
  const flows = check.file.content.smoke?.flows;
  return (flows?.get(id)?.needs ?? []).flatMap((needed) => {
    const steps = [...(flows?.get(needed)?.steps.values() ?? [])];
    return [...steps.flatMap(capturesOf), ...inherited(check, needed, visited)];
  });
}

interface OpenNames extends Known {
  readonly flow: string;
  readonly names: Set<string>;
}

/**
 * Adds the step's captures to the known names: its assertions, its clean-up and the steps after it may use them. A
 * clean-up runs when every step has ended, so it may use what any step of the flow captures.
 */
function checkStep(check: FileCheck, step: StepSection, path: Path, known: OpenNames): void {
  const { features } = check.file.content;
  if (step.feature !== undefined && features?.has(step.feature) !== true && check.trusted(["features", step.feature])) {
    const hint = didYouMean(step.feature, features?.keys() ?? []);
    check.report([...path, "feature"], `this file has no feature ${JSON.stringify(step.feature)}${hint}`);
  }
  const { request, poll, assert, cleanup, sql } = step;
  checkTemplates(check, { request, poll, sql: { params: sql?.params } }, path, known);
  for (const name of capturesOf(step)) known.names.add(name);
  checkTemplates(check, { assert, sql: { assert: sql?.assert } }, path, known);
  const whole = [...(check.file.content.smoke?.flows.get(known.flow)?.steps.values() ?? [])].flatMap(capturesOf);
  checkTemplates(check, { cleanup }, path, { ...known, names: new Set([...known.names, ...whole]) });
  checkPaths(check, step, path);
  checkExpressions(check, step, path);
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

/** Every `matches` of a predicate. Sections are plain objects here; what the author named (JSON bodies, too) is a Map. */
function checkExpressions(check: FileCheck, value: unknown, path: Path): void {
  if (typeof value !== "object" || value === null) return;
  const entries: Iterable<[unknown, unknown]> =
    value instanceof Map ? value : Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, each] of entries) {
    const inside = [...path, typeof key === "number" ? key : String(key)];
    if (key === "matches" && typeof each === "string" && !(value instanceof Map)) checkExpression(check, each, inside);
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
