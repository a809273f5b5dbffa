/** The flows as lists, for people who choose among them and for a look before a run. Nothing is sent. */
import { createRedactor } from "../config/index.js";
import type { Flow, SmokeSuite, Step } from "../model/flow.js";
import type { FlowListing, StepListing } from "../model/flow-listing.js";
import { knownSecrets } from "./known-secrets.js";
import { planRun } from "./plan.js";
import type { PlannedFlow } from "./planned.js";
import { presentLine } from "./record.js";
import type { SmokeInput } from "./run.js";
import { renderText } from "./template.js";

/** Every flow as its check file has it. */
export function listFlows(suites: readonly SmokeSuite[]): FlowListing[] {
  return suites.flatMap((suite) =>
    suite.flows.map((flow) => listing({ application: suite.application, flow }, suite.baseUrl, (text) => text)),
  );
}

/**
 * The flows that would run, in their order, with the values that are known now.
 * @throws SchemareadyError SMOKE_SETUP as runSmoke
 */
export function planListing(input: SmokeInput): FlowListing[] {
  const redactor = createRedactor();
  for (const secret of knownSecrets({ ...input, secrets: input.secrets ?? [] })) redactor.add(secret);
  // What differs in every run stays as it stands in the file: a run id that no run has would mislead.
  const facts = { runId: "{{runId}}", uuid: () => "{{uuid}}", env: input.env, now: input.now ?? newDate };
  const { suites, baseUrl, only = null, tags = null, allowOrigins, command } = input;
  const plan = planRun({ suites, baseUrl, only, tags, facts, allowOrigins, command }, redactor);
  return plan.map((planned) => {
    const show = (text: string) => presentLine(renderKnown(text, planned), redactor);
    return listing(planned, show(planned.base.href.replace(/\/+$/, "")), show);
  });
}

function newDate(): Date {
  return new Date();
}

function renderKnown(text: string, { values, needs, flow }: PlannedFlow): string {
  const captured = new Set([flow, ...needs.map((each) => each.flow)].flatMap(capturesOf));
  return renderText(text, (name) => {
    const value = captured.has(name) || name === "now" ? undefined : values.lookup(name);
    return value ?? `{{${name}}}`;
  });
}

function capturesOf({ steps }: Flow): string[] {
  return steps.flatMap((step) => step.capture.map(({ name }) => name));
}

function listing(
  { application, flow }: Pick<PlannedFlow, "application" | "flow">,
  baseUrl: string | null,
  show: (text: string) => string,
): FlowListing {
  const { id, title, tags = [], needs, steps } = flow;
  return {
    application,
    id,
    title: show(title),
    tags,
    needs,
    baseUrl,
    steps: steps.map((step) => stepListing(step, show)),
  };
}

function stepListing(step: Step, show: (text: string) => string): StepListing {
  const { id, title, feature, tags = [], needs, place = null } = step;
  const cleanups = step.kind === "request" ? step.cleanup : [];
  return {
    ...{ id, title: show(title), feature, tags, needs, place },
    does: show(step.kind === "request" ? `${step.request.method} ${step.request.path}` : step.query),
    creates: cleanups.map(({ describes }) => show(describes)),
  };
}
