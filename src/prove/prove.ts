/** Runs the plan on a copy of the target's schema, and verifies the copy with the code that verified the target. */
import type { ConnectionSettings } from "../config/index.js";
import { copySchema, displayLeftOut, type SchemaCopy } from "../copy/index.js";
import type { SessionLimits } from "../db/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Application, Contract } from "../model/contract.js";
import type { QualifiedName } from "../model/names.js";
import type { CommandStep, NotDone, Proof, RepairStep } from "../model/repair.js";
import type { Report, Target } from "../model/report.js";
import type { ScratchServer } from "../scratch/index.js";
import type { Examination } from "../verify.js";
import { remainingOf, unseenOf } from "./left.js";
import { makeRoles, namesRole } from "./roles.js";
import { type PlanRun, type Refused, type RunCommand, runPlan } from "./run-plan.js";
import { examineCopy } from "./verify-copy.js";

export interface ProofInput {
  readonly steps: readonly RepairStep[];
  readonly notDone: readonly NotDone[];
  /** Ids of gaps that the plan has nothing to do with. */
  readonly ignored: readonly string[];
  readonly contract: Contract;
  /** Of the target, before the plan. */
  readonly report: Pick<Report, "target" | "unverified" | "gaps">;
  readonly recordTables: readonly QualifiedName[];
  readonly connection: ConnectionSettings;
  readonly limits: SessionLimits;
  /** Started when there is something to try. */
  readonly scratch: (target: Target) => Promise<ScratchServer>;
  /** What a command of a migration tool does, done on the copy. */
  readonly runCommand: (copy: SchemaCopy, step: CommandStep, scratch: ScratchServer) => Promise<PlanRun>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
}

export interface PlanTrial {
  readonly proof: Proof;
  /** Why a command cannot do what the plan wants of it; null: nothing was refused, or a statement was. */
  readonly refused: Pick<Refused, "failure" | "unseen"> | null;
  /** The copy, when everything ran and gaps are left; null otherwise. */
  readonly after: Examination | null;
}

/** A copy and its trial that take longer are given up. */
const LONGEST_MS = 120_000;

/**
 * Never touches the target but for reading its definitions.
 * @throws only what is a bug, or the reason of an aborted signal
 */
export async function prove(input: ProofInput): Promise<PlanTrial> {
  if (!input.steps.some(changesSomething)) return notTried("the plan has no step that changes the database");
  try {
    const scratch = await input.scratch(input.report.target);
    return await within(LONGEST_MS, onCopy(input, scratch));
  } catch (error) {
    if (!(error instanceof SchemareadyError) || error.code === "INTERNAL") throw error;
    return notTried(error.message);
  }
}

function changesSomething(step: RepairStep): boolean {
  return step.kind === "sql" || step.effect.kind !== "look";
}

async function onCopy(input: ProofInput, scratch: ScratchServer): Promise<PlanTrial> {
  const { contract, connection, limits, recordTables, signal, onProgress = () => {} } = input;
  onProgress("copying the definitions of the database into the throwaway PostgreSQL");
  const copy = await copySchema({
    ...{ connection, limits, scratch, recordTables },
    schemas: [...new Set(contract.applications.flatMap(schemasOf))],
    ...(signal === undefined ? {} : { signal }),
  });
  if (!copy.known) return notTried(`no copy of the schema could be made: ${copy.reason}`);
  try {
    onProgress("running the plan on the copy");
    return await tryOn(copy.value, input, scratch);
  } finally {
    await copy.value.connection.close();
  }
}

async function tryOn(copy: SchemaCopy, input: ProofInput, scratch: ScratchServer): Promise<PlanTrial> {
  const { contract, report, signal, onProgress = () => {} } = input;
  const hasRoles = await makeRoles(copy.connection, rolesOf(contract, report.target));
  const steps = input.steps.filter((step) => hasRoles || !namesRole(step));
  const runCommand: RunCommand = (step) => input.runCommand(copy, step, scratch);
  const run = await runPlan(copy.connection, steps, runCommand, signal);
  onProgress("verifying the copy");
  const verified = await examineCopy(contract, copy.connection, input.limits);
  const where = whereOf(scratch, steps.length < input.steps.length);
  return conclude(run, verified, { ...input, where, leftOut: copy.leftOut.map(displayLeftOut) });
}

interface Judging extends Pick<ProofInput, "notDone" | "ignored" | "report"> {
  readonly where: string;
  readonly leftOut: readonly string[];
}

function conclude(run: PlanRun, after: Examination, judging: Judging): PlanTrial {
  const { notDone, ignored, report, where, leftOut } = judging;
  const lacks = leftOut.length === 0 ? "" : `; the copy lacks ${leftOut.join(", ")}`;
  if (run.kind === "unknown") return notTried(`not every step could be tried: ${run.reason}${lacks}`);
  const unseen = unseenOf(after.report, report);
  const gaps = remainingOf(after.report, report.gaps, notDone, ignored);
  const remaining = gaps.map(({ message }) => message);
  if (run.kind === "refused") {
    const proof: Proof = { kind: "unproved", where, reason: `${run.reason}${lacks}`, remaining };
    const isCommand = run.failure !== null || run.unseen.size > 0;
    return { proof, refused: isCommand ? run : null, after: null };
  }
  if (remaining.length > 0) {
    const proof: Proof = { kind: "unproved", where, reason: `it ran, and gaps are left${lacks}`, remaining };
    return { proof, refused: null, after: { ...after, report: { ...after.report, gaps } } };
  }
  if (unseen !== null) return notTried(`the copy could not be verified: ${unseen}`);
  return { proof: { kind: "proved", where }, refused: null, after: null };
}

function notTried(reason: string): PlanTrial {
  return { proof: { kind: "not-tried", reason }, refused: null, after: null };
}

function whereOf({ description }: ScratchServer, withoutRoles: boolean): string {
  const grants = withoutRoles ? "; statements about roles were left out, because that server has others" : "";
  return `a copy of the schema, without rows, privileges and positions of sequences, in ${description}${grants}`;
}

function rolesOf({ applications }: Contract, { user }: Target): string[] {
  return [user, ...applications.flatMap(({ role }) => (typeof role === "string" ? [role] : []))].filter(
    (name) => name !== "",
  );
}

function schemasOf({ schema, relations }: Application): string[] {
  return [schema, ...relations.map((relation) => relation.schema)];
}

async function within(milliseconds: number, work: Promise<PlanTrial>): Promise<PlanTrial> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PlanTrial>((resolve) => {
    const reason = `copy and trial took longer than ${Math.round(milliseconds / 1000)} s`;
    timer = setTimeout(() => resolve(notTried(reason)), milliseconds);
  });
  // Nobody waits for it any more once it is late, so its failure is nobody's.
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
