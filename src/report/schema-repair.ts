/** The repair plan (src/model/repair.ts) as a zod schema. */
import { z } from "zod";
import { FINDING_SEVERITIES, LOCK_MODES } from "../model/lint.js";
import { HAZARD_KINDS, type Repair } from "../model/repair.js";
import type { Holds, Same } from "../model/same-type.js";
import { findingCodes, lintHazard } from "./lint/schema.js";

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

const risk = z
  .strictObject({
    code: z.enum(findingCodes).describe("`schemaready explain CODE` prints its page."),
    severity: z.enum(FINDING_SEVERITIES).describe("error: it fails. warning: it can hurt."),
    file: z.string().nullable().describe("Relative to the directory of migrations, with /."),
    line: z.int().positive().nullable().describe("1-based; null: about the file as a whole."),
    message: z.string().describe("What is dangerous."),
    hazards: z.array(lintHazard).describe("Dangers of the statement; empty: none that is known."),
  })
  .meta({ id: "MigrationRisk", description: "What lint says of a statement of a migration, without its text." });

const where = z.string().describe("What sort of copy.");
const reason = z.string().describe("Why nobody knows.");

const safety = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("read").describe("Its script was read."),
    risks: z.array(risk).describe("Errors and warnings; empty: there are none."),
  }),
  z.strictObject({ kind: z.literal("unknown").describe("Its script was not read."), reason }),
]);

const refusal = z
  .strictObject({
    file: z.string().describe("Relative to the directory of migrations, with /."),
    line: z.int().positive().nullable().describe("1-based; null when the statement could not be told."),
    statement: z.string().nullable().describe("The statement, without its literals, cut when long."),
    sqlstate: z.string().describe("PostgreSQL's error code."),
    message: z.string().describe("As PostgreSQL says it."),
  })
  .describe("What PostgreSQL refused.");

const applies = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("yes").describe("It ran on a copy of the schema, without rows."), where }),
  z.strictObject({ kind: z.literal("no").describe("It was refused there."), where, failure: refusal }),
  z.strictObject({ kind: z.literal("unknown").describe("It was not tried to its end."), reason }),
]);

const migration = z
  .strictObject({
    name: z.string().describe("As the tool records it; its state is in `history`."),
    applications: z.array(z.string()).describe("Whose migration it is."),
    safety: safety.describe("What it does to a database that is in use."),
    applies: applies.describe("Whether it runs on this database."),
  })
  .meta({ id: "WaitingMigration", description: "A migration that is required and not recorded as applied." });

export const repairSchema = z
  .strictObject({
    migrations: z.array(migration).describe("Migrations that wait, in order; filled when a plan is made."),
    steps: z.array(step).describe("In order. Suggested, never executed by schemaready."),
    notDone: z.array(notDone).describe("What the plan leaves to people, and why."),
    proof,
    proved: z.boolean().describe("True only when the plan was run on a copy and verified there."),
  })
  .meta({ id: "Repair", description: "Commands and statements that would close the gaps." });

/** The compiler's proof that schema and model agree; `false` here is a type error. */
export type RepairMatchesModel = Holds<Same<z.infer<typeof repairSchema>, Repair>>;
