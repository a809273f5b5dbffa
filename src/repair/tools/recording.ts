/**
 * Recording as applied what did not run: only what was seen, or will be when the SQL has run, and never a migration that
 * also does what no schema shows.
 */
import type { Application } from "../../model/contract.js";
import type { CommandStep, NotDone } from "../../model/repair.js";
import { toolWords } from "../../model/tools.js";
import type { CommandSituation, ScriptDeeds, ToSee } from "../command-plan.js";
import { command } from "../commands.js";
import { markingOf } from "./marks.js";
import { notDone } from "./part.js";
import { gapsOf, restatedOf, type Standing } from "./standing.js";

export interface Recording {
  readonly steps: readonly CommandStep[];
  readonly toSee: readonly ToSee[];
  /** What is not recorded, and what waits behind it for that reason. */
  readonly notDone: readonly NotDone[];
}

/** `names` in the order in which they wait. Either all of them are recorded, or the plan says why not. */
export function record(
  standing: Standing,
  names: readonly string[],
  situation: CommandSituation,
  why: string,
): Recording {
  const { history, application } = standing;
  if (names.length === 0) return { steps: [], toSee: [], notDone: [] };
  const refused = names.flatMap((name) => notToBeMarked(standing, name, situation) ?? []);
  const marking = markingOf(standing, names, applicationsOf(standing, situation));
  if (refused.length > 0)
    return { steps: [], toSee: [], notDone: [...refused, ...behind(standing, names, refused, situation)] };
  if (marking.kind === "by-hand") {
    const reason = `${toolWords(history.tool).title}: ${marking.why}. Only after every object of ${many(names)} was seen.`;
    return {
      steps: [],
      toSee: [],
      notDone: [notDone(restatedOf(standing, names), titleOf(names), reason, marking.statements)],
    };
  }
  const steps = unlike(
    marking.marks.map(({ run, migrations }) => {
      const effect = { kind: "mark-applied", migrations } as const;
      return command(run, why, effect, restatedOf(standing, migrations), application);
    }),
  );
  const toSee = steps.flatMap(({ id, effect }) =>
    effect.kind === "look"
      ? []
      : effect.migrations.map((migration) => {
          const gaps = gapsOf(standing, [migration]).map((gap) => gap.id);
          return { application, migration, step: id, gaps };
        }),
  );
  return { steps, toSee, notDone: [] };
}

/** Those that nothing speaks against, when something does against another: they are not recorded by themselves. */
function behind(
  standing: Standing,
  names: readonly string[],
  refused: readonly NotDone[],
  situation: CommandSituation,
): NotDone[] {
  const others = names.filter((name) => !refused.some(({ what }) => what === titleOf([name])));
  if (others.length === 0) return [];
  const why = "Not before it has been settled what is to become of the others.";
  return [notDone(restatedOf(standing, others), titleOf(others), why, commandsOf(standing, others, situation))];
}

function titleOf(names: readonly string[]): string {
  return `Record ${names.join(", ")} as applied`;
}

function commandsOf(standing: Standing, names: readonly string[], situation: CommandSituation): readonly string[] {
  const marking = markingOf(standing, names, applicationsOf(standing, situation));
  return marking.kind === "commands" ? marking.marks.map(({ run }) => run) : marking.statements;
}

export function applicationsOf({ history }: Standing, { contract }: CommandSituation): readonly Application[] {
  return contract.applications.filter(({ name }) => history.applications.includes(name));
}

/** Why a migration is not to be marked as applied; null: nothing speaks against it. */
function notToBeMarked(standing: Standing, name: string, situation: CommandSituation): NotDone | null {
  const { scripts, unseen } = situation;
  const missing = unseen.get(name);
  const deeds = scripts.get(name);
  const why = missing === undefined ? reasonOf(deeds) : `not everything that it makes is there: ${missing}`;
  if (why === null) return null;
  const reason = `Not before somebody has looked: ${why}.`;
  return notDone(restatedOf(standing, [name]), titleOf([name]), reason, commandsOf(standing, [name], situation));
}

const MOST = 5;

function reasonOf(deeds: ScriptDeeds | undefined): string | null {
  if (deeds === undefined) return "its script was not read (--migrations DIR), so nobody knows what else it does";
  const { unseen } = deeds;
  if (unseen.length === 0) return null;
  const rest = unseen.length > MOST ? `; and ${unseen.length - MOST} more` : "";
  return `it also does what no schema shows, and marking it would leave that out: ${unseen.slice(0, MOST).join("; ")}${rest}`;
}

function many(names: readonly string[]): string {
  return names.length === 1 ? "it" : "each of them";
}

/** Commands that are alike (`the next one`) are still several steps. */
function unlike(steps: readonly CommandStep[]): CommandStep[] {
  const seen = new Map<string, number>();
  return steps.map((step) => {
    const count = (seen.get(step.id) ?? 0) + 1;
    seen.set(step.id, count);
    return count === 1 ? step : { ...step, id: `${step.id}-${count}` };
  });
}
