/** What holds for the commands of every history, whatever the tool, the states, and what was seen. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { diagnose } from "../../../src/diagnose/index.js";
import { RECORD_TOOLS, type RecordTool } from "../../../src/model/migrations.js";
import type { CommandStep, RepairStep } from "../../../src/model/repair.js";
import { MIGRATION_STATUSES, type MigrationStatus } from "../../../src/model/report.js";
import { toolWords } from "../../../src/model/tools.js";
import { commandsFor } from "../../../src/repair/index.js";
import { application, contractOf, gap, history, migration, relation, subject } from "../../support/builders.js";

const NAMES = ["20250101000001", "20250101000002", "20250101000003", "20250101000004"] as const;
type Name = (typeof NAMES)[number];
const each = <T>(value: fc.Arbitrary<T>) => fc.tuple(value, value, value, value);

const situation = fc
  .record({
    tool: fc.constantFrom(...RECORD_TOOLS),
    statuses: each(fc.constantFrom(...MIGRATION_STATUSES)),
    blocks: each(fc.boolean()),
    required: each(fc.boolean()),
    /** Which tables are missing, whether their migrations are known, which scripts were read, write rows, were not seen. */
    missing: each(fc.boolean()),
    named: each(fc.boolean()),
    read: each(fc.boolean()),
    writes: each(fc.boolean()),
    unseen: each(fc.boolean()),
    isNone: fc.boolean(),
    trial: fc.constantFrom("not tried", "ran", "unknown", ...NAMES),
    refused: fc.subarray([...NAMES]),
  })
  .map((drawn) => {
    const isNone = drawn.isNone;
    const migrations = NAMES.map((name, at) =>
      migration(name, isNone ? "pending" : (drawn.statuses[at] ?? "pending"), {
        required: isNone || drawn.required[at] === true,
        blocks: !isNone && drawn.blocks[at] === true && mayBlock(drawn.tool, drawn.statuses[at]),
      }),
    );
    const originOf = (at: number) => (drawn.named[at] ? (NAMES[at] ?? null) : null);
    const relations = NAMES.map((name, at) => relation(name, [], { introducedBy: originOf(at) }));
    const contract = contractOf(
      application({ relations, migrations: { tool: drawn.tool, schema: null, required: NAMES } }),
    );
    const gaps = [
      ...NAMES.flatMap((name, at) =>
        drawn.missing[at]
          ? [
              gap({
                id: `missing-${name}`,
                code: "MISSING_TABLE",
                subject: subject("table", name),
                introducedBy: originOf(at),
              }),
            ]
          : [],
      ),
      ...(isNone
        ? [gap({ id: "no-table", code: "MIGRATION_NOT_APPLIED", subject: subject("history", "records") })]
        : migrations
            .filter(({ status, blocks, required }) => blocks || (required && WAITING.includes(status)))
            .map(({ name }) =>
              gap({
                id: `not-${name}`,
                code: "MIGRATION_NOT_APPLIED",
                subject: subject("migration", name),
                introducedBy: name,
              }),
            )),
    ];
    const histories = [
      history(migrations, {
        tool: drawn.tool,
        ...(isNone ? { state: "none", table: null } : { table: "public.records" }),
      }),
    ];
    const failure = (name: string) => ({
      ...{ migration: name, file: "", line: null, statement: null, sqlstate: "42P07", message: "x" },
      ...({ code: "DUPLICATE_OBJECT", diagnosis: "" } as const),
    });
    const result =
      drawn.trial === "ran"
        ? ({ kind: "ran" } as const)
        : drawn.trial === "unknown"
          ? ({ kind: "unknown", reason: "x" } as const)
          : ({ kind: "failed", failure: failure(drawn.trial) } as const);
    const trial = { application: "avatar-creator", tried: [...NAMES], where: "PostgreSQL", result, left: null };
    const deploys = drawn.trial === "not tried" ? [] : [{ ...trial, refusals: drawn.refused.map(failure) }];
    const causes = diagnose({ gaps, histories, contract, trials: deploys });
    const scripts = new Map(
      NAMES.flatMap((name, at) =>
        drawn.read[at] ? [[name, { unseen: drawn.writes[at] ? ["INSERT"] : [] }] as const] : [],
      ),
    );
    const unseen = new Map(NAMES.flatMap((name, at) => (drawn.unseen[at] ? [[name, "x"] as const] : [])));
    return { contract, gaps, causes, histories, deploys, scripts, unseen, migrations };
  });

/** A script that ran to its end and is not recorded so is known of Prisma only. */
function mayBlock(tool: RecordTool, status: MigrationStatus | undefined): boolean {
  return toolWords(tool).failureBlocks && (status === "failed" || (tool === "prisma" && status === "applied"));
}

const WAITING: readonly string[] = ["pending", "out-of-order", "rolled-back", "failed"];

const commands = (steps: readonly RepairStep[]) => steps.filter((step): step is CommandStep => step.kind === "command");
const marked = (steps: readonly RepairStep[]) =>
  commands(steps).flatMap(({ effect }) => (effect.kind === "mark-applied" ? effect.migrations : []));

it("marks nothing that nobody saw, deploys after that, and forgets no migration", () => {
  fc.assert(
    fc.property(situation, ({ migrations, ...given }) => {
      const { first, last, brings, notDone, toSee } = commandsFor(given);
      for (const name of marked([...first, ...last])) {
        const ran = migrations.some((one) => one.name === name && one.status === "applied" && one.blocks);
        expect(given.unseen.has(name as Name)).toBe(false);
        expect(ran || given.scripts.get(name as Name)?.unseen.length === 0).toBe(true);
        expect(toSee.map(({ migration: seen }) => seen)).toContain(name);
      }
      // Before the SQL only what lacks nothing.
      for (const name of marked(first)) expect(toSee.find((one) => one.migration === name)?.gaps).toEqual([]);
      const steps = [...first, ...last];
      // Every id once.
      expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
      expect(toSee.every(({ step }) => steps.some(({ id }) => id === step))).toBe(true);
      for (const list of [first, last]) {
        const kinds = commands(list).map(({ effect }) => effect.kind);
        expect(kinds.slice(0, -1)).not.toContain("deploy");
      }
      const isMoving = migrations.some(({ status }) => status === "running");
      const settled = new Set([...brings, ...notDone.flatMap((one) => one.gaps)]);
      const forgotten = given.gaps.filter(({ code, id }) => code === "MIGRATION_NOT_APPLIED" && !settled.has(id));
      if (!isMoving) expect(forgotten.map(({ id }) => id)).toEqual([]);
      const both = [...brings].filter((id) => id !== "no-table" && notDone.some((one) => one.gaps.includes(id)));
      expect(both).toEqual([]);
    }),
    { seed: 20251012, numRuns: 1000 },
  );
});
