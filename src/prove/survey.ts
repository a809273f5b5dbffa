/** What a plan has to know of the target beside its schema: the size of tables, and what their rows would refuse. */
import { askChecks, readTableFacts } from "../catalog/index.js";
import type { ConnectionSettings } from "../config/index.js";
import { isServerError, type SessionLimits, withReadSession } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { QualifiedName } from "../model/names.js";
import type { CheckAnswer, PreCheck } from "../model/repair.js";
import type { TableFacts } from "../repair/index.js";

export interface SurveyInput<Plan> {
  /** Null: nobody can be asked. */
  readonly connection: ConnectionSettings | null;
  readonly limits: SessionLimits;
  readonly tables: readonly QualifiedName[];
  /** The plan for these facts. */
  readonly planFor: (tables: ReadonlyMap<string, TableFacts>) => Plan;
  readonly questionsOf: (plan: Plan) => readonly PreCheck[];
}

export interface Survey<Plan> {
  readonly plan: Plan;
  /** By statement of the check. Empty: nobody was asked. */
  readonly answers: ReadonlyMap<string, CheckAnswer>;
}

/** All checks together may take this many times as long as one statement. */
const STATEMENTS = 12;

/**
 * Reads facts, makes the plan with them, and asks its questions: in one READ ONLY transaction, each statement under
 * statement_timeout. A target that cannot be asked gives a plan without facts, and answers that say why they are missing.
 * @throws only what is a bug
 */
export async function survey<Plan>(input: SurveyInput<Plan>): Promise<Survey<Plan>> {
  const { connection, limits, tables, planFor, questionsOf } = input;
  if (connection === null) return { plan: planFor(new Map()), answers: new Map() };
  const budgetMs = limits.statementTimeoutMs * STATEMENTS;
  const totalTimeoutMs = limits.totalTimeoutMs + budgetMs + limits.statementTimeoutMs;
  try {
    return await withReadSession(connection, { ...limits, totalTimeoutMs }, async (session) => {
      const plan = planFor(await readTableFacts(session, tables));
      return { plan, answers: await askChecks(session, questionsOf(plan), budgetMs) };
    });
  } catch (error) {
    const isRefusal = error instanceof SchemareadyError && error.code !== "INTERNAL";
    if (!isRefusal && !isServerError(error)) throw error;
    const plan = planFor(new Map());
    const answer: CheckAnswer = { kind: "unknown", reason: error.message };
    return { plan, answers: new Map(questionsOf(plan).map(({ statement }) => [statement, answer])) };
  }
}
