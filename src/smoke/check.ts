/** What is wrong with a flow before it runs: names without a value, paths and patterns that cannot be read. */
import type { Flow, Predicate, RequestStep, RequestTemplate, ResponseAssertions, Step } from "../model/flow.js";
import { pathProblem } from "./json-path.js";
import { patternProblem } from "./pattern.js";
import { NOWHERE, type PlannedFlow } from "./planned.js";
import { allowedText, resolveOnOrigin } from "./request.js";
import { templateNames } from "./template.js";
import { isReserved } from "./values.js";

/** One line for each problem, each with its flow and step. */
export function flowProblems(planned: PlannedFlow): string[] {
  const { flow } = planned;
  const captured = new Set(planned.needs.flatMap(capturesOf));
  const before = new Set<string>();
  return flow.steps.flatMap((step) => {
    const own = new Set([...captured, ...step.capture.map(({ name }) => name)]);
    const problems = [
      ...step.needs.filter((id) => !before.has(id)).map((id) => `needs ${id}, which is no earlier step of this flow`),
      ...nameProblems(usedBefore(step), captured, planned),
      ...nameProblems(usedInClaims(step), own, planned),
      ...nameProblems(usedInCleanup(step), new Set([...own, ...capturedAfter(step, flow).keys()]), planned),
      ...step.capture.filter(({ name }) => isReserved(name)).map(({ name }) => `capture ${name}: the name is built in`),
      ...(step.kind === "request" ? requestProblems(step, planned) : sqlProblems(step.query, predicatesOf(step))),
    ];
    for (const name of own) captured.add(name);
    before.add(step.id);
    return problems.map((problem) => `flow ${flow.id}, step ${step.id}: ${problem}`);
  });
}

/** Names of everything that a flow and the flows it needs capture. */
function capturesOf(planned: PlannedFlow): string[] {
  return [
    ...planned.needs.flatMap(capturesOf),
    ...planned.flow.steps.flatMap((step) => step.capture.map(({ name }) => name)),
  ];
}

/** Templates that are replaced before the step has captured anything. */
export function usedBefore(step: Step): string[] {
  return templateNames(step.kind === "request" ? [step.request, step.poll] : [step.params, step.poll]);
}

/** Templates that may hold the step's own captures. */
export function usedAfter(step: Step): string[] {
  return [...new Set([...usedInClaims(step), ...usedInCleanup(step)])];
}

function usedInClaims(step: Step): string[] {
  return templateNames(step.assert);
}

/** Templates that may also hold captures of later steps: the clean-up runs when all of them have ended. */
function usedInCleanup(step: Step): string[] {
  return step.kind === "request" ? templateNames(step.cleanup) : [];
}

/** Names that steps behind this one capture, each with the id of the last such step. */
export function capturedAfter(step: Step, { steps }: Flow): ReadonlyMap<string, string> {
  const later = steps.slice(steps.indexOf(step) + 1);
  return new Map(later.flatMap(({ id, capture }) => capture.map(({ name }) => [name, id] as const)));
}

function nameProblems(names: readonly string[], captured: ReadonlySet<string>, planned: PlannedFlow): string[] {
  return names
    .filter((name) => !captured.has(name))
    .flatMap((name) => planned.values.problems(name) ?? [unknownName(name, captured, planned)]);
}

function unknownName(name: string, captured: ReadonlySet<string>, planned: PlannedFlow): string {
  const later = planned.flow.steps.find((step) => step.capture.some((capture) => capture.name === name));
  if (later !== undefined) return `{{${name}}} is captured by step ${later.id}, which has not run by then`;
  const alike = [...captured].find((each) => each.toLowerCase() === name.toLowerCase());
  const hint = alike === undefined ? "" : `; did you mean {{${alike}}}?`;
  return `{{${name}}} is not a variable, a secret, a built-in name or captured by an earlier step${hint}`;
}

function requestProblems(step: RequestStep, planned: PlannedFlow): string[] {
  const requests = [step.request, ...step.cleanup.map(({ request }) => request)];
  const claims = [step.assert, ...(step.poll === null ? [] : [step.poll.until, step.poll.failWhen])];
  const paths = [
    ...step.capture.flatMap(({ from }) => (from.kind === "json-path" ? [from.path] : [])),
    ...claims.flatMap((claim) => claim?.jsonPath.map(({ path }) => path) ?? []),
  ];
  return [
    ...requests.flatMap((request) => originProblem(request, planned)),
    ...paths.flatMap((path) => {
      const problem = pathProblem(path);
      return problem === null ? [] : [`JSON path ${path}: ${problem}`];
    }),
    ...predicatesOf(step).flatMap(patternProblems),
    ...step.capture.flatMap(({ pattern }) => (pattern === undefined ? [] : (patternProblem(pattern.regex) ?? []))),
  ];
}

function originProblem(request: RequestTemplate, { base, origins }: PlannedFlow): string[] {
  const path = request.path.replace(/\{\{[^{}]*\}\}/g, "x");
  return base !== NOWHERE && resolveOnOrigin(path, base, origins) === null
    ? [`path ${request.path} leads away from ${base.origin}; ${allowedText(base, origins)}`]
    : [];
}

function sqlProblems(query: string, predicates: readonly Predicate[]): string[] {
  const names = templateNames(query);
  const inText = names.map((name) => `{{${name}}} stands in the SQL text; write $1 there and {{${name}}} into params`);
  return [...inText, ...predicates.flatMap(patternProblems)];
}

function predicatesOf(step: Step): Predicate[] {
  if (step.kind === "sql") {
    const claims = [step.assert, step.poll?.until ?? null, step.poll?.failWhen ?? null];
    return claims.flatMap((claim) => {
      if (claim === null) return [];
      return [...(claim.rows === null ? [] : [claim.rows]), ...claim.values.map(({ predicate }) => predicate)];
    });
  }
  const of = (claim: ResponseAssertions | null) =>
    claim === null ? [] : [...claim.headers, ...claim.jsonPath].map(({ predicate }) => predicate).concat(claim.body);
  return [step.assert, step.poll?.until ?? null, step.poll?.failWhen ?? null].flatMap(of);
}

function patternProblems({ matches, notMatches }: Predicate): string[] {
  return [matches, notMatches].flatMap((pattern) => {
    const problem = pattern === undefined ? null : patternProblem(pattern.replace(/\{\{[^{}]*\}\}/g, "x"));
    return problem ?? [];
  });
}
