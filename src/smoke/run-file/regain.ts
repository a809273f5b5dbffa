/**
 * Values that a run file does not hold, because they are secrets: the steps that captured them are run again (a login).
 * A step that creates something is never run again, nor one that changes something without giving a secret.
 */
import type { SmokeSuite, Step } from "../../model/flow.js";
import type { Json } from "../../model/report.js";
import { isSuccess } from "../assertions.js";
import { usedBefore } from "../check.js";
import type { FlowContext, RunContext, StepDone } from "../context.js";
import type { PlannedFlow } from "../planned.js";
import { type StepRecord, skipped } from "../record.js";
import { runRequestStep } from "../request-step.js";
import { runSqlStep } from "../sql-step.js";
import type { Lookup } from "../template.js";
import { isReserved } from "../values.js";
import { type Again, createJars, logInAgain, type RegainedSession, sessionProblem } from "./session.js";
import { type Source, sourcesOf } from "./sources.js";

export interface Regained {
  readonly planned: PlannedFlow;
  readonly record: StepRecord;
}

export interface Regainer {
  /**
   * The values for a thing that a step of this flow has created: those of the entry, those of the suite, and of the
   * names those that a step can capture again.
   */
  lookupFor(
    planned: PlannedFlow,
    step: Step,
    values: Readonly<Record<string, Json>>,
    names: readonly string[],
  ): Promise<Lookup>;
  /** Logs in as the flow had when the step created its thing, in a suite that keeps cookies. */
  sessionFor(planned: PlannedFlow, step: Step): Promise<RegainedSession>;
  /** The steps that were run again. */
  readonly done: readonly Regained[];
}

/** @param onStep called with every step that was run again */
export function createRegainer(
  run: RunContext,
  suites: readonly SmokeSuite[],
  onStep: (regained: Regained) => void,
): Regainer {
  // The same login for several things is done once: by step and by what it is given.
  const results = new Map<Step, Map<string, Again>>();
  const done: Regained[] = [];
  const jarOf = createJars();

  const complete = async ({ planned, step }: Source, known: Known, names: readonly string[], path: readonly Step[]) => {
    const lookup = lookupIn(planned, known);
    for (const name of names.filter((each) => !isReserved(each))) {
      for (const source of lookup(name) === undefined ? sourcesOf(name, { planned, step }) : []) {
        if (path.includes(source.step)) continue;
        // Names of another flow mean other things.
        const { captures } = await again(source, source.planned === planned ? known : new Map(), path);
        const value = captures.get(name);
        if (value === undefined) continue;
        known.set(name, value);
        break;
      }
    }
    return lookup;
  };

  const again = async (source: Source, known: Known, path: readonly Step[]): Promise<Again> => {
    const { planned, step } = source;
    const names = usedBefore(step);
    const lookup = await complete(source, new Map(known), names, [...path, step]);
    const inputs = JSON.stringify(names.filter((name) => !isReserved(name)).map((name) => lookup(name) ?? null));
    const before = results.get(step)?.get(inputs);
    if (before !== undefined) return before;
    const { record, captures } = await runAgain(source, {
      run,
      lookup,
      names,
      jar: planned.cookies ? jarOf(planned) : null,
    });
    const worked = record.outcome === "passed" || isSuccess(record.status);
    const result: Again = { captures: worked ? captures : new Map<string, Json>(), worked };
    results.set(step, new Map([...(results.get(step) ?? []), [inputs, result]]));
    done.push({ planned, record });
    onStep({ planned, record });
    return result;
  };

  return {
    done,
    lookupFor: (planned, step, values, names) =>
      complete({ planned, step }, new Map(Object.entries(values)), names, [step]),
    sessionFor: async (planned, step) => {
      const repeat = (source: Source) => again(source, new Map(), [source.step]);
      const logins = await logInAgain({ planned, step }, suites, repeat);
      const jar = jarOf(planned);
      return { jar, logins, problem: sessionProblem(logins, jar) };
    },
  };
}

interface Repetition extends Pick<FlowContext, "lookup" | "jar"> {
  readonly run: RunContext;
  /** What the step uses. */
  readonly names: readonly string[];
}

async function runAgain({ planned, step }: Source, { run, lookup, names, jar }: Repetition): Promise<StepDone> {
  const missing = names.filter((name) => lookup(name) === undefined);
  if (missing.length > 0) {
    const reason = `${missing.join(", ")} was not kept, and no step captures it again`;
    return { record: skipped(step, reason), captures: new Map() };
  }
  const context: FlowContext = { ...run, planned, lookup, captured: () => undefined, jar };
  return step.kind === "request" ? runRequestStep(step, context) : runSqlStep(step, context);
}

type Known = Map<string, Json>;

function lookupIn(planned: PlannedFlow, known: ReadonlyMap<string, Json>): Lookup {
  return (name) => known.get(name) ?? planned.values.lookup(name);
}
