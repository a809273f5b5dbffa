/** A plan as what is run one after the other: by psql, by the trial on a copy, by tests. */
import type { CommandStep, RepairStep, SqlStep } from "./repair.js";

export type ScriptPart =
  | { readonly kind: "command"; readonly step: CommandStep }
  /** In one transaction, with the timeouts of its first step. */
  | { readonly kind: "transaction"; readonly steps: readonly SqlStep[] }
  /** By itself, outside of a transaction. */
  | { readonly kind: "statement"; readonly step: SqlStep };

/** Neighbours of one group stand in one transaction; a command ends it. */
export function scriptOf(steps: readonly RepairStep[]): ScriptPart[] {
  const parts: ScriptPart[] = [];
  for (const step of steps) {
    const last = parts.at(-1);
    if (step.kind === "command") parts.push({ kind: "command", step });
    else if (!step.transactional) parts.push({ kind: "statement", step });
    else if (last?.kind === "transaction" && last.steps[0]?.group === step.group) {
      parts.splice(-1, 1, { kind: "transaction", steps: [...last.steps, step] });
    } else parts.push({ kind: "transaction", steps: [step] });
  }
  return parts;
}

/**
 * The statements of one part, each to be sent by itself: `BEGIN` with its timeouts, or the timeouts of the session before
 * a statement that stands outside of a transaction. Without commands, which no server understands.
 */
export function statementsOf(part: ScriptPart): string[] {
  if (part.kind === "command") return [];
  const [first] = part.kind === "statement" ? [part.step] : part.steps;
  if (first === undefined) return [];
  const timeouts = (set: string) => [
    `${set} lock_timeout = '${first.lockTimeoutMs}ms';`,
    `${set} statement_timeout = '${first.statementTimeoutMs}ms';`,
  ];
  if (part.kind === "statement") return [...timeouts("SET"), first.statement];
  return ["BEGIN;", ...timeouts("SET LOCAL"), ...part.steps.map(({ statement }) => statement), "COMMIT;"];
}
