/** What is suggested when a trial on a copy has shown that the deploy would fail. */
import type { SharedHistory } from "../model/history.js";
import type { RepairStep } from "../model/repair.js";
import type { Cause, Gap } from "../model/report.js";
import { toolWords } from "../model/tools.js";
import { command } from "./commands.js";

const SHOW_DIFFERENCE = "npx prisma migrate diff --from-config-datasource --to-schema prisma/schema.prisma --script";

/** The steps for one record table; a deploy in them is told as what comes after the correction, because before it fails. */
export function withoutVainDeploy(
  steps: readonly RepairStep[],
  history: SharedHistory,
  gaps: readonly Gap[],
  causes: readonly Cause[],
): RepairStep[] {
  const refusal = refusalOf(history, gaps, causes);
  const { deploy } = toolWords(history.tool);
  const at = steps.findIndex((step) => step.kind === "command" && step.run === deploy);
  if (refusal === null || at < 0) return [...steps];
  const why = `Not before the migration has been corrected, or what stands in its way has been dealt with: tried on a copy of the schema, it fails. ${refusal.message}`;
  return [...steps.slice(0, at), ...correct(history), command(deploy, why), ...steps.slice(at + 1)];
}

function refusalOf({ applications }: SharedHistory, gaps: readonly Gap[], causes: readonly Cause[]): Cause | null {
  const own = new Set(
    gaps.filter((gap) => gap.applications.some((name) => applications.includes(name))).map(({ id }) => id),
  );
  return (
    causes.find(({ code, explains }) => code === "MIGRATION_CANNOT_APPLY" && explains.some((id) => own.has(id))) ?? null
  );
}

/** Only Prisma can print what is missing. */
function correct({ tool }: SharedHistory): RepairStep[] {
  if (tool !== "prisma") return [];
  const why =
    'Prints what the database lacks, and changes nothing: what a corrected migration has to do. Review the statements (it also prints DROP for what the schema does not know). Before Prisma 7: --from-url "$DATABASE_URL" --to-schema-datamodel prisma/schema.prisma.';
  return [command(SHOW_DIFFERENCE, why)];
}
