/** Running a plan as psql would: one statement after the other, each transaction by itself. */
import type pg from "pg";
import { scriptOf, statementsOf } from "../../src/model/plan-script.js";
import type { CheckAnswer, PreCheck, RepairStep } from "../../src/model/repair.js";

/** Throws what PostgreSQL says, with the statement that it refused. */
export async function runPlan(client: pg.Client, steps: readonly RepairStep[]): Promise<void> {
  for (const statement of scriptOf(steps).flatMap(statementsOf)) {
    await client.query(statement).catch(async (error: Error) => {
      await client.query("rollback");
      throw new Error(`${error.message}\n${statement}`);
    });
  }
}

/** What the target says to each question; one that it refuses to answer is unknown. */
export async function answersOf(
  client: pg.Client,
  questions: readonly PreCheck[],
): Promise<ReadonlyMap<string, CheckAnswer>> {
  const answers = new Map<string, CheckAnswer>();
  for (const { statement } of questions) {
    const answer = await client.query<Record<string, string>>(statement).then(
      ({ rows: [row] }): CheckAnswer => ({ kind: "count", count: Number(Object.values(row ?? {})[0]) }),
      (error: Error): CheckAnswer => ({ kind: "unknown", reason: error.message }),
    );
    answers.set(statement, answer);
  }
  return answers;
}
