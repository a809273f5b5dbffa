/** Which steps log in, in a suite that keeps cookies: no value is captured there that would name them. */
import type { RequestStep, RequestTemplate, SmokeSuite, Step } from "../../model/flow.js";
import { soundsSecret } from "../../model/secret-names.js";
import type { PlannedFlow } from "../planned.js";
import { isSafe } from "../request.js";
import { namesSecret } from "../secret-names.js";
import { templateNames } from "../template.js";
import { isReserved } from "../values.js";

/** Where the check file's own values stand. */
type Given = Pick<SmokeSuite, "secrets" | "variables">;

/**
 * The steps of a flow that log in, in their order: they create nothing that has to be removed, and their body or query
 * holds a password or another secret of the check file. A secret that an answer gave (a CSRF token) proves nobody's
 * identity; one in a header (an API key) stands in every request, and what is taken for a login is sent again.
 */
export function loginsOf(planned: PlannedFlow, suite: Given): RequestStep[] {
  return planned.flow.steps.filter((step): step is RequestStep => {
    if (step.kind === "sql" || step.cleanup.length > 0 || isSafe(step.request) || isToBeRefused(step)) return false;
    const { body, query } = step.request;
    return hasWrittenSecret(body) || templateNames([body, query]).some((name) => isCredential(name, planned, suite));
  });
}

/** A wrong password on purpose. */
function isToBeRefused({ assert: { status } }: RequestStep): boolean {
  return status.length > 0 && status.every((each) => each >= 400);
}

/** For a flow without such a step: its first request that only reads and says by itself who asks (Basic, an API key). */
export function greetingOf(planned: PlannedFlow, suite: Given): RequestStep[] {
  const isGreeting = (step: Step): step is RequestStep => {
    if (step.kind === "sql" || step.cleanup.length > 0 || step.poll !== null || !isSafe(step.request)) return false;
    const names = templateNames(step.request);
    const known = (name: string) => isReserved(name) || isGiven(name, planned, suite);
    return names.every(known) && names.some((name) => isCredential(name, planned, suite));
  };
  return planned.flow.steps.filter(isGreeting).slice(0, 1);
}

function isGiven(name: string, { flow }: PlannedFlow, { variables, secrets }: Given): boolean {
  return [variables, secrets, flow.row?.values ?? {}].some((values) => Object.hasOwn(values, name));
}

function isCredential(name: string, planned: PlannedFlow, suite: Given): boolean {
  if (Object.hasOwn(suite.secrets, name)) return true;
  return soundsSecret(name) && (name.startsWith("env.") || isGiven(name, planned, suite));
}

/** A password that stands in the check file as it is. */
function hasWrittenSecret(body: RequestTemplate["body"]): boolean {
  if (body.kind !== "json" && body.kind !== "form") return false;
  return Object.entries(Object(body.value)).some(
    ([name, value]) => namesSecret(name) && typeof value === "string" && templateNames(value).length === 0,
  );
}
