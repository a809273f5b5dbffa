/** `smoke --list` and `smoke --dry-run`. */
import { colourMode, type Flags, type SmokeSettings } from "../config/index.js";
import { EXIT, type ExitCode } from "../errors/index.js";
import { listingJson, listingText } from "../report/index.js";
import { listFlows, planListing, type SmokeInput } from "../smoke/index.js";
import type { CliIo } from "./io.js";
import { coloured, FILE_WIDTH, widthOf, writeWhole } from "./outputs.js";

/** Prints the flows, as they stand in the check files or as they would run. No request is sent. */
export async function showFlows(
  { show, outputs }: Pick<SmokeSettings, "show" | "outputs">,
  input: SmokeInput,
  flags: Flags,
  io: CliIo,
): Promise<ExitCode> {
  const flows = show === "list" ? listFlows(input.suites) : planListing(input);
  const colour = coloured(io.stdout, colourMode(flags["color"], io.environment));
  for (const { format, path } of outputs) {
    const [width, paint] = path === null ? [widthOf(io.stdout), colour] : [FILE_WIDTH, false];
    const text = format === "json" ? listingJson(flows) : listingText(flows, { colour: paint, width });
    if (path === null) io.stdout.write(text);
    else await writeWhole(path, text, "list of flows");
  }
  return EXIT.ok;
}
