/** A copy of a world with drifts in it, looked at once for everything that is checked of it. */
import type { Report } from "../../src/model/report.js";
import type { TestDatabase } from "../support/postgres.js";
import { script } from "./ddl.js";
import type { Drift } from "./kinds/index.js";
import { runAll, verifyDatabase, type World } from "./world.js";

export interface Drifted {
  readonly world: World;
  readonly drifts: readonly Drift[];
  readonly database: TestDatabase;
  /** What verify says of it. */
  readonly report: Report;
}

/** What is wrong, in lines; none: nothing. Those behind it find the database as it leaves it. */
export type Check = (drifted: Drifted) => Promise<readonly string[]>;

/** Brings about all the drifts in one copy, in their order; null: no check found anything wrong. */
export async function complaintAbout(
  world: World,
  drifts: readonly Drift[],
  checks: readonly Check[],
): Promise<string | null> {
  const statements = drifts.flatMap((drift) => drift.statements);
  const database = await world.copy();
  try {
    await runAll(database, ["set allow_system_table_mods = on", ...statements]);
    const report = await verifyDatabase(world, database.url);
    for (const check of checks) {
      const problems = await check({ world, drifts, database, report });
      if (problems.length === 0) continue;
      return [...problems, `the drift:\n${script(statements)}`, `the schema:\n${script(world.made)}`].join("\n\n");
    }
    return null;
  } finally {
    await database.sql(drifts.flatMap(({ afterwards = [] }) => afterwards).join(";"));
    await database.drop();
  }
}
