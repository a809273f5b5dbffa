/** Which flows run, in which order, against which address. Everything that can be wrong before the first request is found here. */

import { hostWithoutScheme, type Redactor } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Flow, SmokeSuite } from "../model/flow.js";
import { flowProblems } from "./check.js";
import { allowedOrigins } from "./origins.js";
import { NOWHERE, type PlannedFlow } from "./planned.js";
import { selectSteps, unknownSelections } from "./select.js";
import { renderText, templateNames } from "./template.js";
import { type RunFacts, type SuiteValues, suiteValues, withRow } from "./values.js";

export interface PlanRequest {
  readonly suites: readonly SmokeSuite[];
  readonly baseUrl: string | null;
  /** Ids of flows, also as `application/flow`; null: all. */
  readonly only: readonly string[] | null;
  /** Tags; null: all. */
  readonly tags?: readonly string[] | null;
  readonly facts: RunFacts;
  /** The only origins that requests may go to, whatever the check files say; absent or empty: those of the check files. */
  readonly allowOrigins?: readonly string[] | undefined;
}

/**
 * Flows in the order in which they run: a needed flow comes before those that need it, and once.
 * The secrets of all suites are added to the redactor.
 * @throws SchemareadyError SMOKE_SETUP with every problem at once.
 */
export function planRun(request: PlanRequest, redactor: Redactor): readonly PlannedFlow[] {
  const problems = new Set<string>();
  const planned = request.suites.flatMap((suite) => {
    const values = suiteValues(suite, request.facts);
    for (const secret of values.secrets) redactor.add(secret);
    return planSuite(suite, values, request, problems);
  });
  for (const { values } of planned) for (const secret of values.secrets) redactor.add(secret);
  for (const wanted of unknownSelections(request)) problems.add(wanted);
  if (planned.length === 0 && problems.size === 0) {
    const chosen = request.suites.some(({ flows }) => flows.length > 0);
    problems.add(chosen ? "the tags leave no flow to run" : "the check files hold no smoke flows");
  }
  if (problems.size > 0) {
    throw new SchemareadyError("SMOKE_SETUP", "The smoke run cannot start.", {
      problems: [...problems].map((message) => ({ message: redactor.redact(message) })),
    });
  }
  return planned;
}

function planSuite(suite: SmokeSuite, values: SuiteValues, request: PlanRequest, problems: Set<string>): PlannedFlow[] {
  const selected = suite.flows.flatMap((flow) => selectSteps(suite, flow, request) ?? []);
  if (selected.length === 0) return [];
  const base = baseUrlOf(suite, values, request, problems);
  const found = allowedOrigins(suite, values, base, request.allowOrigins ?? []);
  for (const problem of found.problems) problems.add(problem);
  const { origins } = found;
  const done = new Map<string, PlannedFlow>();
  const needed = neededFlows(suite, selected);
  const visit = (flow: Flow, path: readonly string[]): PlannedFlow | null => {
    const known = done.get(flow.id);
    if (known !== undefined) return known;
    if (path.includes(flow.id)) {
      problems.add(`flow ${flow.id} needs itself: ${[...path, flow.id].join(" -> ")}`);
      return null;
    }
    const needs = flow.needs.flatMap((id) => {
      const needed = suite.flows.find((each) => each.id === id);
      if (needed === undefined)
        problems.add(`flow ${flow.id} needs flow ${id}, which does not exist in ${suite.application}`);
      return needed === undefined ? [] : (visit(needed, [...path, flow.id]) ?? []);
    });
    const { application, schema, cookies = false } = suite;
    const planned = { application, schema, flow, needs, base, origins, values: withRow(values, flow.row), cookies };
    done.set(flow.id, planned);
    for (const problem of flowProblems(planned)) problems.add(problem);
    return planned;
  };
  for (const flow of selected) visit(needed.get(flow.id) ?? flow, []);
  return [...done.values()];
}

/** Flows that others need, directly or not. They run as a whole: their captures may come from any step. */
function neededFlows({ flows }: SmokeSuite, selected: readonly Flow[]): ReadonlyMap<string, Flow> {
  const needed = new Map<string, Flow>();
  const visit = ({ needs }: Flow) => {
    for (const flow of flows.filter(({ id }) => needs.includes(id) && !needed.has(id))) {
      needed.set(flow.id, flow);
      visit(flow);
    }
  };
  for (const flow of selected) visit(flow);
  return needed;
}

function baseUrlOf(suite: SmokeSuite, values: SuiteValues, request: PlanRequest, problems: Set<string>): URL {
  const template = request.baseUrl ?? suite.baseUrl;
  if (template === null) {
    problems.add(`${suite.application}: the address of the application is not known`);
    return NOWHERE;
  }
  // What the command line gives is an address, not a template.
  const names = request.baseUrl === null ? templateNames(template) : [];
  const missing = names.flatMap(
    (name) => values.problems(name) ?? [`{{${name}}} in baseUrl is not a variable, a secret or a built-in name`],
  );
  for (const problem of missing) problems.add(problem);
  if (missing.length > 0) return NOWHERE;
  const text = names.length === 0 ? template : renderText(template, values.lookup);
  const url = URL.canParse(text) ? new URL(text) : null;
  const host = hostWithoutScheme(text);
  const problem =
    host !== null
      ? `lacks http:// or https:// before the host: http://${host}`
      : url === null
        ? "is not a URL"
        : baseUrlProblem(url);
  // The text is not repeated: it may hold a password.
  if (problem !== null) problems.add(`${suite.application}: the address of the application ${problem}`);
  return url === null || problem !== null ? NOWHERE : url;
}

function baseUrlProblem(url: URL): string | null {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return `begins with ${url.protocol}, not with http: or https:`;
  if (url.username !== "" || url.password !== "") return "holds a user name or password; send them as a header";
  return url.search !== "" || url.hash !== "" ? "holds a query or a fragment" : null;
}
