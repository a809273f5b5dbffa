/** Which flows run, in which order, against which address. Everything that can be wrong before the first request is found here. */

import type { Redactor } from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Flow, SmokeSuite } from "../model/flow.js";
import { baseUrlOf } from "./base-url.js";
import { flowProblems } from "./check.js";
import { allowedOrigins } from "./origins.js";
import type { PlannedFlow } from "./planned.js";
import { selectSteps } from "./select.js";
import { type CommandLine, NO_FLOWS, NOTHING_LEFT, setupFix } from "./setup-fix.js";
import { unknownSelection } from "./unknown-selection.js";
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
  /** For what to do when it cannot start. */
  readonly command?: CommandLine | undefined;
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
  const unknown = unknownSelection(request);
  for (const wanted of unknown.problems) problems.add(wanted);
  if (planned.length === 0 && problems.size === 0) {
    const chosen = request.suites.some(({ flows }) => flows.length > 0);
    problems.add(chosen ? NOTHING_LEFT : NO_FLOWS);
  }
  if (problems.size > 0) {
    const messages = [...problems].map((message) => redactor.redact(message));
    throw new SchemareadyError("SMOKE_SETUP", "The smoke run cannot start.", {
      problems: messages.map((message) => ({ message })),
      fix: setupFix(messages, unknown, request.command),
    });
  }
  return planned;
}

function planSuite(suite: SmokeSuite, values: SuiteValues, request: PlanRequest, problems: Set<string>): PlannedFlow[] {
  const selected = suite.flows.flatMap((flow) => selectSteps(suite, flow, request) ?? []);
  if (selected.length === 0) return [];
  const base = baseUrlOf(suite, values, request.baseUrl, problems);
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
