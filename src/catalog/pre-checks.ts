/** Asks the rows of the target what a statement would be refused for. */
import type { ReadSession } from "../db/index.js";
import type { CheckAnswer, PreCheck } from "../model/repair.js";

export type PreCheckAnswers = ReadonlyMap<string, CheckAnswer>;

/**
 * Asks every statement once; keys of the answer are the statements. Each runs in a cursor, read only, in a savepoint and
 * under the statement_timeout of the session. What the server does not answer is `unknown` with its reason, as is what
 * there was no time left for.
 * @param budgetMs for all of them together
 */
export async function askChecks(
  session: ReadSession,
  checks: readonly Pick<PreCheck, "statement">[],
  budgetMs: number,
): Promise<PreCheckAnswers> {
  const answers = new Map<string, CheckAnswer>();
  const end = performance.now() + budgetMs;
  for (const { statement } of checks) {
    if (answers.has(statement)) continue;
    const isLate = performance.now() > end;
    answers.set(statement, isLate ? late(budgetMs) : await ask(session, statement));
  }
  return answers;
}

function late(budgetMs: number): CheckAnswer {
  return { kind: "unknown", reason: `there was no time left: all checks together may take ${budgetMs} ms` };
}

async function ask(session: ReadSession, statement: string): Promise<CheckAnswer> {
  const answer = await session.attempt(() => session.select(statement.replace(/;\s*$/, ""), [], 1));
  if (!answer.known) return { kind: "unknown", reason: answer.reason };
  const count = Number(Object.values(answer.value[0] ?? {})[0]);
  if (!Number.isSafeInteger(count) || count < 0) return { kind: "unknown", reason: "the answer was no number" };
  return { kind: "count", count };
}
