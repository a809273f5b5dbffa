/** A repair plan goes where the user wants it, as reports do. */
import { colourMode, type Flags, type RepairOutput } from "../config/index.js";
import type { Report } from "../model/report.js";
import { displaySafe, planHeadline, repairReporters } from "../report/index.js";
import type { CliIo } from "./io.js";
import { coloured, FILE_WIDTH, widthOf, writeWhole } from "./outputs.js";

export interface RepairOutputs {
  readonly outputs: readonly RepairOutput[];
  readonly quiet: boolean;
  readonly flags: Flags;
}

/**
 * Prints the plan in every format that was asked for; when nothing of it goes to stdout, its headline goes to stderr.
 * @throws SchemareadyError OUTPUT_FILE
 */
export async function writeRepair(report: Report, { outputs, quiet, flags }: RepairOutputs, io: CliIo): Promise<void> {
  const mode = colourMode(flags["color"], io.environment);
  for (const { format, path } of outputs) {
    const reporter = repairReporters[format];
    if (path !== null) await writeWhole(path, reporter(report, { colour: false, width: FILE_WIDTH }), "plan");
    else io.stdout.write(reporter(report, { colour: coloured(io.stdout, mode), width: widthOf(io.stdout) }));
  }
  const isPrinted = outputs.some(({ path }) => path === null);
  if (!isPrinted && !quiet) io.stderr.write(`${displaySafe(planHeadline(report))}\n`);
}
