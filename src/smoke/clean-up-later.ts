/** Removes what an earlier run has left behind, by its run file. */
import { SchemareadyError } from "../errors/index.js";
import type { Cleanup, SmokeSuite } from "../model/flow.js";
import type { FlowResult, SmokeResult } from "../model/report.js";
import {
  type CleanupRun,
  type CleanupTask,
  cleanupTask,
  createCleanupStack,
  runCleanup,
  unknownOutcome,
  watchStop,
  withSession,
} from "./cleanup.js";
import type { RunContext } from "./context.js";
import { presentFlow } from "./flow.js";
import { createHttpClient } from "./http.js";
import { createListener, type Listener } from "./listener.js";
import { planRun } from "./plan.js";
import type { PlannedFlow } from "./planned.js";
import { present, runOutcome, type StepRecord, worstOutcome } from "./record.js";
import { type Begun, beginRun, displayBases, presentCleanup, type SmokeInput, summarize } from "./run.js";
import { parseRunFile, type RunFile, type RunThing } from "./run-file/format.js";
import { continueJournal, NO_JOURNAL } from "./run-file/journal.js";
import { createRegainer, type Regained, type Regainer } from "./run-file/regain.js";
import { addressesOneRun } from "./run-file/run-names.js";
import { namesSecret } from "./secret-names.js";
import { templateNames } from "./template.js";

export interface CleanUpInput extends Omit<SmokeInput, "only" | "tags" | "jobs" | "failFast" | "keep" | "runFile"> {
  readonly runFile: { readonly path: string; readonly text: string; readonly onProblem: (message: string) => void };
}

/**
 * Regains what the run file does not hold (the token of a login), removes the things that it lists, last in first out,
 * and removes the file when nothing is left. The result's flows are the steps that were run again.
 * @throws SchemareadyError RUN_FILE, SMOKE_SETUP, both before any request
 */
export async function cleanUpLater(input: CleanUpInput): Promise<SmokeResult> {
  const file = parseRunFile(input.runFile.text, input.runFile.path);
  const begun = beginRun(input, file.header.runId, file.header.variables);
  const suites = atKnownAddress(input, file);
  const plan = planOf(file, suites, input, begun);
  const { runId } = file.header;
  const listener = createListener({ onEvent: input.onEvent, runId, now: begun.facts.now });
  const baseUrl = displayBases(plan, begun.redactor);
  const { startedAt } = begun.timing();
  listener.emit({ kind: "run-start", baseUrl, startedAt, plan: plan.map(summarize) });
  const { cleanup, regained } = await perform({ file, suites, plan, begun, listener }, input);
  const flows = flowsOf(regained, begun);
  const result: SmokeResult = {
    ...{ runId, baseUrl, ...begun.timing() },
    outcome: runOutcome(flows),
    flows,
    cleanup: presentCleanup(cleanup, begun.redactor),
  };
  listener.emit({ kind: "run-end", result });
  listener.rethrow();
  return result;
}

/** The flows that created something, and those that they need; they must be in the check files still. */
function planOf(
  { things }: RunFile,
  suites: readonly SmokeSuite[],
  { baseUrl, allowOrigins }: CleanUpInput,
  { facts, redactor }: Begun,
): readonly PlannedFlow[] {
  const only = [...new Set(things.map(({ application, flow }) => `${application}/${flow}`))];
  return things.length === 0 ? [] : planRun({ suites, baseUrl, only, facts, allowOrigins }, redactor);
}

/**
 * Things are removed where they were created. Elsewhere the answer would be 404, and that counts as removed.
 * @throws SchemareadyError RUN_FILE when another address is given
 */
function atKnownAddress({ suites, baseUrl, runFile }: CleanUpInput, { header }: RunFile): SmokeSuite[] {
  const other = Object.entries(header.baseUrls).filter(
    ([, known]) => known !== null && baseUrl !== null && withoutSlash(known) !== withoutSlash(new URL(baseUrl).href),
  );
  if (other.length > 0) {
    throw new SchemareadyError("RUN_FILE", "The run was against another address.", {
      problems: other.map(([application, known]) => ({
        place: runFile.path,
        message: `${application} was at ${known}, and ${baseUrl} is given now`,
      })),
      fix: "Leave --base-url and SCHEMAREADY_BASE_URL out: the run file knows the address. If the application has moved, change baseUrls in its first line.",
    });
  }
  return suites.map((suite) => ({ ...suite, baseUrl: header.baseUrls[suite.application] ?? suite.baseUrl }));
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

interface Later {
  readonly file: RunFile;
  readonly suites: readonly SmokeSuite[];
  readonly plan: readonly PlannedFlow[];
  readonly begun: Begun;
  readonly listener: Listener;
}

async function perform(
  later: Later,
  { signal, connection, http, runFile: { path, onProblem } }: CleanUpInput,
): Promise<{ readonly cleanup: CleanupRun; readonly regained: readonly Regained[] }> {
  const { listener, file, begun } = later;
  const { runId, redactor } = begun;
  const journal = continueJournal(path, file.things, (message) => onProblem(redactor.redact(message)));
  const client = await createHttpClient(http);
  const stop = watchStop(AbortSignal.any([listener.broken, ...(signal === undefined ? [] : [signal])]));
  const run: RunContext = {
    ...{ runId, client, connection, redactor, signal: stop.signal, emit: listener.emit, halted: listener.halted },
    // Steps that are run again create nothing.
    ...{ cleanup: createCleanupStack(), journal: NO_JOURNAL },
  };
  const regainer = createRegainer(run, later.suites, ({ planned, record }) => {
    const { application, flow } = planned;
    listener.emit({ kind: "step-end", application, flow: flow.id, result: present(record, redactor) });
  });
  try {
    const stack = createCleanupStack();
    for (const thing of file.things) {
      const task = await taskOf(thing, later, regainer);
      stack.register({ ...task, onRemoved: () => journal.gone(thing.entry) });
    }
    if (stack.size > 0) listener.emit({ kind: "cleanup-start", steps: stack.size });
    const onStep = (record: StepRecord) => listener.emit({ kind: "cleanup-step", result: present(record, redactor) });
    const cleanup = await runCleanup(stack, client, stop, onStep);
    const { outcome, leftovers } = presentCleanup(cleanup, redactor);
    if (cleanup.steps.length > 0) listener.emit({ kind: "cleanup-end", outcome, leftovers });
    return { cleanup, regained: regainer.done };
  } finally {
    stop.dispose();
    await Promise.all([client.close(), journal.close()]);
  }
}

/** Of what was perhaps created, only what cannot be anything else is removed. */
async function taskOf(thing: RunThing, { plan, suites, begun }: Later, regainer: Regainer): Promise<CleanupTask> {
  const planned = plan.find(({ application, flow }) => application === thing.application && flow.id === thing.flow);
  const step = planned?.flow.steps.find(({ id }) => id === thing.step);
  const suite = suites.find(({ application }) => application === thing.application);
  const place = `step ${thing.step} of flow ${thing.flow}`;
  const cleanup = step?.kind === "request" ? step.cleanup[thing.cleanup ?? 0] : undefined;
  if (planned === undefined || suite === undefined || step === undefined || cleanup === undefined) {
    const action = { reason: `${place} has no clean-up in the check files any more` };
    return { id: thing.step, describes: thing.describes, accepted: [], action };
  }
  const session = planned.cookies ? await regainer.sessionFor(planned, step) : null;
  const problem = session?.problem ?? null;
  if (problem !== null && !saysWhoAsks(cleanup)) {
    return { id: thing.step, describes: thing.describes, accepted: [], action: { reason: problem } };
  }
  const names = templateNames(cleanup.request);
  const lookup = await regainer.lookupFor(planned, step, thing.values, names);
  const complete = names.every((name) => lookup(name) !== undefined);
  if (
    thing.kind === "creating" &&
    !(complete && addressesOneRun(cleanup.request, suite, planned, step, session?.logins))
  ) {
    return unknownOutcome(thing.step, cleanup, lookup);
  }
  const source = "again: it was not kept, or is a secret that only the creating step gave";
  const { base, origins } = planned;
  const task = cleanupTask({ id: thing.step, cleanup, base, origins, lookup, runId: begun.runId, source });
  return session === null ? task : withSession(task, session.jar);
}

/**
 * Who is not logged in is often answered with 404, and that would count as removed: so nothing is sent without either.
 * A CSRF token says nothing about who asks.
 */
function saysWhoAsks({ request: { headers } }: Cleanup): boolean {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return names.some((name) => name === "cookie" || (namesSecret(name) && !/[cx]srf/.test(name)));
}

/** The steps that were run again, as flows of the report. */
function flowsOf(regained: readonly Regained[], { redactor }: Begun): FlowResult[] {
  const flows = [...new Set(regained.map(({ planned }) => planned))];
  return flows.map((planned) => {
    const steps = regained.filter((each) => each.planned === planned).map(({ record }) => record);
    const outcome = worstOutcome(steps);
    return presentFlow({ planned, outcome, steps, captures: new Map(), lost: new Map(), cookies: [] }, redactor);
  });
}
