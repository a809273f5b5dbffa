/** The repair plan (src/model/repair.ts) as a zod schema. */
import { z } from "zod";
import { LOCK_MODES } from "../model/lint.js";
import { HAZARD_KINDS, type Repair } from "../model/repair.js";
import type { Holds, Same } from "../model/same-type.js";

const migrations = z.array(z.string()).describe("Names as the tool records them, in order.");
const gaps = (what: string) => z.array(z.string()).describe(`Ids of the gaps that ${what}.`);

const hazard = z
  .strictObject({
    kind: z.enum(HAZARD_KINDS).describe("What sort of danger; docs/repair.md says what each means."),
    lock: z.enum(LOCK_MODES).nullable().describe("Of kind lock: its mode by PostgreSQL's name."),
    subject: z.string().nullable().describe("What it happens to; null: nothing in particular."),
  })
  .meta({ id: "Hazard", description: "What is dangerous about a statement." });

const check = z
  .strictObject({
    counts: z.string().describe("What is counted."),
    statement: z.string().describe("One SELECT that gives one number; 0: the statement will not be refused."),
    answer: z
      .discriminatedUnion("kind", [
        z.strictObject({
          kind: z.literal("count").describe("Asked."),
          count: z.int().nonnegative().describe("The target's answer."),
        }),
        z.strictObject({
          kind: z.literal("unknown").describe("Asked, and not answered."),
          reason: z.string().describe("Why."),
        }),
        z.strictObject({ kind: z.literal("not-asked").describe("Nobody has asked.") }),
      ])
      .describe("What the target's rows say."),
  })
  .meta({ id: "PreCheck", description: "A question to the rows of the target, asked before the statement is run." });

const table = z
  .strictObject({
    schema: z.string().describe("Its schema."),
    name: z.string().describe("Its name."),
    rows: z.number().nonnegative().nullable().describe("Estimate of the statistics; null when unknown."),
    bytes: z.number().nonnegative().nullable().describe("Heap, indexes and TOAST; null when unknown."),
  })
  .meta({ id: "TableSize", description: "The size of a table, as the statistics estimate it." });

const effect = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("deploy").describe("Runs what waits, and records it."), migrations }),
  z.strictObject({ kind: z.literal("mark-applied").describe("Records as done without running."), migrations }),
  z.strictObject({ kind: z.literal("mark-rolled-back").describe("Takes back the record of a failure."), migrations }),
  z.strictObject({ kind: z.literal("look").describe("Changes nothing in the database.") }),
]);

const id = z.string().describe("Stable between runs, unique in the plan.");
const why = z.string().describe("What it is for.");

const step = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("command").describe("A command line."),
    id,
    gaps: gaps("it helps to close"),
    why,
    run: z.string().describe("Command line, to be run where the application's repository is."),
    application: z
      .string()
      .nullable()
      .describe("Whose repository it is run in; of several that share a record table, one. Null: it does not matter."),
    effect: effect.describe("What it does."),
  }),
  z.strictObject({
    kind: z.literal("sql").describe("An SQL statement."),
    id,
    gaps: gaps("it helps to close"),
    why,
    statement: z.string().describe("One statement for the target database."),
    transactional: z.boolean().describe("False: must run outside a transaction block."),
    group: z.int().positive().describe("Transactional statements of one group run in one transaction."),
    lockTimeoutMs: z.int().nonnegative().describe("lock_timeout while it runs; 0: none."),
    statementTimeoutMs: z.int().nonnegative().describe("statement_timeout while it runs; 0: none."),
    hazards: z.array(hazard).describe("Dangers: locks, rewrites, data loss."),
    table: table.nullable().describe("The table it touches; null: none, or one that the plan makes."),
    checks: z.array(check).describe("What has to be so that the statement succeeds."),
    undo: z.string().nullable().describe("The statement that takes it back; null: there is none."),
  }),
]);

const notDone = z
  .strictObject({
    gaps: gaps("stay"),
    what: z.string().describe("What would have to be done."),
    why: z.string().describe("Why the plan does not do it."),
    statements: z.array(z.string()).describe("Statements for a person who has looked."),
    hazards: z.array(hazard).describe("Dangers of these statements."),
    checks: z.array(check).describe("What to look at first."),
    option: z.string().nullable().describe("The option that makes the plan do it."),
  })
  .meta({ id: "NotDone", description: "What the plan leaves to people." });

const proof = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("proved").describe("Run on a copy, and verified there."),
      where: z.string().describe("What sort of copy."),
    }),
    z.strictObject({
      kind: z.literal("unproved").describe("Tried, and something was refused or is left."),
      where: z.string().describe("What sort of copy."),
      reason: z.string().describe("What happened."),
      remaining: z.array(z.string()).describe("Messages of the gaps that are left."),
    }),
    z.strictObject({ kind: z.literal("not-tried").describe("Not tried."), reason: z.string().describe("Why not.") }),
  ])
  .meta({ id: "Proof", description: "Whether the plan was tried, and how it went." });

export const repairSchema = z
  .strictObject({
    steps: z.array(step).describe("In order. Suggested, never executed by schemaready."),
    notDone: z.array(notDone).describe("What the plan leaves to people, and why."),
    proof,
    proved: z.boolean().describe("True only when the plan was run on a copy and verified there."),
  })
  .meta({ id: "Repair", description: "Commands and statements that would close the gaps." });

/** The compiler's proof that schema and model agree; `false` here is a type error. */
export type RepairMatchesModel = Holds<Same<z.infer<typeof repairSchema>, Repair>>;
