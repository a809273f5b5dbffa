/** Drifts a copy of a world, verifies it, and compares what is said with what the kinds of drift say must be said. */
import type { Gap, Report } from "../../src/model/report.js";
import { chosen, sampleOf } from "./chooser.js";
import { script } from "./ddl.js";
import type { Drift, Finding, Kind } from "./kinds/index.js";
import { q } from "./spec.js";
import { runAll, verifyDatabase, type World } from "./world.js";

/** A world, or one that has not been made yet. */
type Place = Pick<World, "spec" | "serverVersion"> & { readonly role: { readonly name: string } };

/** The drift that the kind makes of this world; null: it has nothing that it could be done to. */
export function driftOf(world: Place, kind: Kind, seed: number): Drift | null {
  const { spec, serverVersion, role } = world;
  return sampleOf(
    chosen((choose) => kind.make({ spec, choose, role: q(role.name), serverVersion })),
    seed,
  );
}

/** Brings about all the drifts in one copy, in their order; null: what verify said is exactly what it must say. */
export async function complaintAbout(world: World, drifts: readonly Drift[]): Promise<string | null> {
  const statements = drifts.flatMap((drift) => drift.statements);
  const database = await world.copy();
  try {
    await runAll(database, ["set allow_system_table_mods = on", ...statements]);
    const report = await verifyDatabase(world, database.url);
    const found = complaint(
      report,
      drifts.flatMap(({ expected }) => expected),
    );
    return found === null
      ? null
      : `${found}\n\nthe schema:\n${script(world.made)}\n\nthe drift:\n${script(statements)}`;
  } finally {
    await database.sql(drifts.flatMap(({ afterwards = [] }) => afterwards).join(";"));
    await database.drop();
  }
}

function complaint(report: Report, expected: readonly Finding[]): string | null {
  const wanted = expected.map(text).sort();
  const found = report.gaps.map((gap) => text(findingOf(gap))).sort();
  const missed = wanted.filter((each) => !found.includes(each));
  const alarms = report.gaps.filter((gap) => !wanted.includes(text(findingOf(gap))));
  const twice = found.filter((each, i) => found.indexOf(each) !== i);
  const unexplained = report.gaps.filter(({ causes, severity }) => severity === "error" && causes.length === 0);
  const lines = [
    ...missed.map((each) => `missed: ${each}`),
    ...alarms.map((gap) => `false alarm: ${text(findingOf(gap))}: ${gap.message}`),
    ...twice.map((each) => `said twice: ${each}`),
    ...unexplained.map((gap) => `without a cause: ${text(findingOf(gap))}`),
    ...report.unverified.map(({ subject, reason }) => `not looked at: ${JSON.stringify(subject)}: ${reason}`),
    ...(wanted.length === 0 && report.verdict !== "pass" ? [`the verdict is ${report.verdict}`] : []),
  ];
  return lines.length === 0 ? null : lines.join("\n");
}

function findingOf({ code, severity, subject }: Gap): Finding {
  const { kind, schema, relation, name } = subject;
  return { code, severity, kind, schema, relation, name };
}

function text({ code, severity, kind, schema, relation, name }: Finding): string {
  return `${code} (${severity}) ${kind} ${JSON.stringify([schema, relation, name])}`;
}
