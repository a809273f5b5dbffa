/** What waits and what blocks, on a database that has a record: deploy, or record what SQL did instead. */
import type { RepairStep } from "../../model/repair.js";
import type { CommandPlan, CommandSituation } from "../command-plan.js";
import { readFailedRows, statement } from "../commands.js";
import { bySql } from "./by-sql.js";
import { type DeployKind, deployStep } from "./deploy.js";
import { isUnrecorded, removeFailures } from "./failures.js";
import { notDone, part } from "./part.js";
import { record } from "./recording.js";
import { gapsOf, namesOf, restatedOf, type Standing } from "./standing.js";

export function forward(standing: Standing, situation: CommandSituation): CommandPlan {
  const { waiting, blockers, history } = standing;
  const impossible = bySql(standing, situation.contract);
  const unrecorded = blockers.filter(isUnrecorded);
  const toMark = namesOf(history.migrations).filter(
    (name) => impossible.includes(name) || unrecorded.some((each) => each.name === name),
  );
  const rest = namesOf(waiting).filter((name) => !toMark.includes(name));
  const removal = removeFailures(
    standing,
    blockers.filter((each) => !isUnrecorded(each) && !toMark.includes(each.name)),
  );
  const needsSql = impossible.length > 0 || gapsOf(standing, toMark).length > 0;
  const known = withoutDeedsOf(situation, namesOf(unrecorded));
  const recording = record(standing, toMark, known, whyOf(standing, impossible, needsSql));
  const stuck = [...removal.notDone, ...recording.notDone];
  const cannotBeSeen = impossible.some((name) => situation.unseen.has(name) || !situation.scripts.has(name));
  const deploy = deployStep(standing, rest, kindOf(standing, rest, toMark));
  if (stuck.length > 0 && (deploy !== null || removal.steps.length > 0)) {
    // Behind what nobody records, no deploy goes on.
    const behind = deploy === null ? [] : [heldUp(standing, rest, deploy.run, cannotBeSeen)];
    return part({ first: [...look(standing), ...removal.steps], notDone: [...stuck, ...behind] });
  }
  const commands = [...removal.steps, ...recording.steps, ...(deploy === null ? [] : [deploy])];
  const looks = look(standing);
  return part({
    first: needsSql ? looks : [...looks, ...commands],
    last: needsSql ? commands : [],
    notDone: stuck,
    toSee: recording.toSee,
  });
}

/** Of a script that ran, whatever no schema shows has been done. */
function withoutDeedsOf(situation: CommandSituation, ran: readonly string[]): CommandSituation {
  const done = ran.map((name) => [name, { unseen: [] }] as const);
  return { ...situation, scripts: new Map([...situation.scripts, ...done]) };
}

function kindOf({ blockers }: Standing, rest: readonly string[], marked: readonly string[]): DeployKind {
  if (rest.length === 0 && marked.length === 0 && blockers.length > 0) return "behind-the-unlisted";
  return marked.length > 0 ? "after" : "usual";
}

/** Whoever has tried the deploy on a copy knows more than the stored errors tell. */
function look({ history, blockers, trial }: Standing): RepairStep[] {
  const isKnown = trial !== null && trial.result.kind !== "unknown";
  if (history.tool !== "prisma" || blockers.length === 0 || isKnown) return [];
  const why = "Shows the rows that hold up every deploy, with the errors they store: first understand why.";
  return [statement(readFailedRows(history), why)];
}

function whyOf({ trial }: Standing, impossible: readonly string[], needsSql: boolean): string {
  if (impossible.length === 0) {
    const ran = "Its script ran to the end (applied_steps_count says so)";
    return needsSql
      ? `${ran} and only the end was not recorded; what it made and is missing now has been brought back before.`
      : `${ran} and nothing that it brings is missing; only the end was not recorded.`;
  }
  const failure = trial?.result.kind === "failed" ? trial.result.failure : trial?.refusals[0];
  const said = failure === undefined ? "" : ` (tried on a copy: ${failure.message}, ${failure.sqlstate})`;
  return `It can never run here${said}. Records it without running, after the statements before it did its work; it changes the record, not the schema.`;
}

/**
 * Behind a script that can neither run nor be recorded as it is, nobody knows when the others come: SQL brings what the
 * application needs of them.
 */
function heldUp(standing: Standing, rest: readonly string[], run: string, bySql: boolean) {
  const brought = bySql ? [] : gapsOf(standing, rest).map(({ id }) => id);
  const gaps = [...brought, ...restatedOf(standing, rest)];
  const settled = "Nothing behind it can come in before that has been settled.";
  const why = bySql
    ? `${settled} What the application needs of it is brought by the statements, so that a deploy would find it there: then record it as well, once somebody has seen that nothing of it is missing.`
    : settled;
  return notDone(gaps, `Deploy ${rest.length > 0 ? rest.join(", ") : "what waits"}`, why, [run]);
}
