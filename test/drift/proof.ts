/** The whole way: the plan is made of the database itself and tried on a copy, and then runs on the database. */
import { parseConnectionString } from "../../src/config/index.js";
import { DEFAULT_LIMITS } from "../../src/db/index.js";
import type { Proof } from "../../src/model/repair.js";
import { planRepair } from "../../src/plan.js";
import { createBench } from "../../src/prove/index.js";
import type { ScratchServer } from "../../src/scratch/index.js";
import type { Check } from "./drifted.js";
import { problemsOf, withPlan } from "./mend.js";

/** What the trial says of the plan is what happens: proved leaves nothing untold, and what works is proved. */
export function provenIn(scratch: ScratchServer): Check {
  return async ({ world, database, report }) => {
    const common = {
      contract: world.contract,
      connection: parseConnectionString(database.url),
      limits: DEFAULT_LIMITS,
    };
    const bench = createBench({ ...common, directories: async () => () => null, scratch: async () => scratch });
    const { repair } = await planRepair({ ...common, backfill: new Map(), bench });
    const problems = await problemsOf(world, database, report, repair);
    const doubts = repair.steps.length === 0 ? [] : doubtsAbout(repair.proof, problems.length === 0);
    return withPlan(repair, [...doubts, ...problems]);
  };
}

function doubtsAbout(proof: Proof, works: boolean): string[] {
  if (proof.kind === "proved") return works ? [] : ["called proved, and:"];
  const remaining = proof.kind === "unproved" ? proof.remaining : [];
  return works ? [`it works, and is called ${proof.kind}: ${[proof.reason, ...remaining].join("\n")}`] : [];
}
