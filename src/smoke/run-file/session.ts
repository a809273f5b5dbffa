/** Cookies are in no run file: the steps that log in are run again, in the order of the run, each into the jar of its flow. */
import type { RequestStep, SmokeSuite, Step } from "../../model/flow.js";
import type { Json } from "../../model/report.js";
import { type CookieJar, createCookieJar } from "../cookie-jar.js";
import type { PlannedFlow } from "../planned.js";
import { greetingOf, loginsOf } from "./logins.js";
import type { Source } from "./sources.js";

/** What a step gave when it was run again. */
export interface Again {
  readonly captures: ReadonlyMap<string, Json>;
  readonly worked: boolean;
}

export interface RegainedSession {
  readonly jar: CookieJar;
  /** Why nobody is logged in; null when somebody is. */
  readonly problem: string | null;
  readonly logins: readonly Login[];
}

/** The jar of each flow; it begins with what the flows it needs have at that moment, as in a run. */
export function createJars(): (planned: PlannedFlow) => CookieJar {
  const jars = new Map<PlannedFlow, CookieJar>();
  const jarOf = (planned: PlannedFlow): CookieJar => {
    const jar = jars.get(planned) ?? createCookieJar(planned.needs.flatMap((needed) => jarOf(needed).cookies));
    jars.set(planned, jar);
    return jar;
  };
  return jarOf;
}

/** A login that was run again. */
export interface Login extends Source {
  readonly worked: boolean;
}

/**
 * Repeats the logins of the needed flows and those before the step; where there are none, those after it, because who
 * registers is often logged in only then.
 * @param step null: all logins of the flow, as for flows that needed it
 */
export async function logInAgain(
  { planned, step }: { readonly planned: PlannedFlow; readonly step: Step | null },
  suites: readonly SmokeSuite[],
  repeat: (source: Source) => Promise<Again>,
): Promise<readonly Login[]> {
  const logins: Login[] = [];
  for (const needed of planned.needs) {
    logins.push(...(await logInAgain({ planned: needed, step: null }, suites, repeat)));
  }
  for (const login of ownLogins(planned, step, suites, logins.length > 0)) {
    const { worked } = await repeat({ planned, step: login });
    logins.push({ planned, step: login, worked });
  }
  return logins;
}

function ownLogins(
  planned: PlannedFlow,
  step: Step | null,
  suites: readonly SmokeSuite[],
  isLoggedIn: boolean,
): readonly RequestStep[] {
  const suite = suites.find(({ application }) => application === planned.application);
  if (suite === undefined) return [];
  const { steps } = planned.flow;
  const at = step === null ? steps.length : steps.indexOf(step);
  const all = loginsOf(planned, suite);
  const earlier = all.filter((login) => steps.indexOf(login) < at);
  if (earlier.length > 0 || isLoggedIn) return earlier;
  return all.length > 0 ? ofOnePerson(all, steps) : greetingOf(planned, suite);
}

/**
 * The first login with what belongs to it (a second factor). Who logs in a second time at the same address, or after
 * something was created in between, is somebody else, whose clean-up would remove something of their own.
 */
function ofOnePerson(logins: readonly RequestStep[], steps: readonly Step[]): readonly RequestStep[] {
  const addresses = new Set<string>();
  const next = logins.findIndex((login) => {
    const { method, path } = login.request;
    const between = steps.slice(steps.indexOf(logins[0] ?? login), steps.indexOf(login));
    const isNext = addresses.has(`${method} ${path}`) || between.some(creates);
    addresses.add(`${method} ${path}`);
    return isNext;
  });
  return next === -1 ? logins : logins.slice(0, next);
}

function creates(step: Step): boolean {
  return step.kind === "request" && step.cleanup.length > 0;
}

/** Why a clean-up would come from nobody: then it must not be sent, because the answer is often 404, which counts as removed. */
export function sessionProblem(logins: readonly Login[], { cookies }: CookieJar): string | null {
  if (logins.length === 0) return NO_LOGIN;
  const refused = logins.filter(({ worked }) => !worked).map(({ step }) => step.id);
  if (refused.length > 0) return `nobody could be logged in again: ${refused.join(", ")} did not pass`;
  return cookies.length === 0 ? "the login gave no cookie this time" : null;
}

const NO_LOGIN =
  "its flow is logged in by cookies, which no run file holds, and no step logs in again: one that sends a secret of the check file and creates nothing; remove it by hand, or give the clean-up a header of its own";
