/** The rounds of a poll, as events. */
import type { Step } from "../model/flow.js";
import type { FlowContext } from "./context.js";
import type { PollRound } from "./poll.js";
import { presentLine } from "./record.js";

/** Tells who watches that a poll goes into another round. */
export function tellRound({ id, title }: Step, { planned, redactor, emit }: FlowContext): (round: PollRound) => void {
  const { application, flow } = planned;
  return ({ attempt, waitMs, pending }) => {
    const names = { application, flow: flow.id, step: id, title };
    emit({ kind: "poll", ...names, attempt, waitMs, pending: presentLine(pending, redactor) });
  };
}
