/** What a kind of drift makes of a world, and whether verify says of it what the kind says must be said. */
import type { Gap } from "../../src/model/report.js";
import { chosen, sampleOf } from "./chooser.js";
import type { Check } from "./drifted.js";
import type { Drift, Finding, Kind } from "./kinds/index.js";
import { q } from "./spec.js";
import type { World } from "./world.js";

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

/** Verify said exactly what it must say. */
export const asExpected: Check = async ({ report, drifts }) => {
  const expected = drifts.flatMap((drift) => drift.expected);
  const wanted = expected.map(text).sort();
  const found = report.gaps.map((gap) => text(findingOf(gap))).sort();
  const missed = wanted.filter((each) => !found.includes(each));
  const alarms = report.gaps.filter((gap) => !wanted.includes(text(findingOf(gap))));
  const twice = found.filter((each, i) => found.indexOf(each) !== i);
  const unexplained = report.gaps.filter(({ causes, severity }) => severity === "error" && causes.length === 0);
  return [
    ...missed.map((each) => `missed: ${each}`),
    ...alarms.map((gap) => `false alarm: ${text(findingOf(gap))}: ${gap.message}`),
    ...twice.map((each) => `said twice: ${each}`),
    ...unexplained.map((gap) => `without a cause: ${text(findingOf(gap))}`),
    ...report.unverified.map(({ subject, reason }) => `not looked at: ${JSON.stringify(subject)}: ${reason}`),
    ...(wanted.length === 0 && report.verdict !== "pass" ? [`the verdict is ${report.verdict}`] : []),
  ];
};

function findingOf({ code, severity, subject }: Gap): Finding {
  const { kind, schema, relation, name } = subject;
  return { code, severity, kind, schema, relation, name };
}

function text({ code, severity, kind, schema, relation, name }: Finding): string {
  return `${code} (${severity}) ${kind} ${JSON.stringify([schema, relation, name])}`;
}
