/** Reports go where the user wants them: one to stdout, the others into files, written whole or not at all. */
import { randomUUID } from "node:crypto";
import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import {
  type ColourMode,
  colourMode,
  type Flags,
  githubActions,
  type Output,
  type SmokeOutput,
} from "../config/index.js";
import { SchemareadyError } from "../errors/index.js";
import type { Report } from "../model/report.js";
import { headlineText, reporters } from "../report/index.js";
import type { CliIo, Sink } from "./io.js";
import { appendJobSummary } from "./job-summary.js";
import { FILE_WIDTH } from "./widths.js";

export interface OutputRequest {
  /** `ndjson` among them has been written while it ran. */
  readonly outputs: readonly (Output | SmokeOutput)[];
  readonly quiet: boolean;
  readonly flags: Flags;
}

export { FILE_WIDTH } from "./widths.js";

const NARROWEST = 40;
const WIDEST = 120;

/**
 * Prints the report in every format that was asked for. When nothing of it goes to stdout, its first line goes to
 * stderr, so that a person who reads the log of a job still sees the verdict.
 * @throws SchemareadyError OUTPUT_FILE
 */
export async function writeOutputs(report: Report, request: OutputRequest, io: CliIo): Promise<void> {
  const mode = colourMode(request.flags["color"], io.environment);
  const { active, stepSummary } = githubActions(io.environment);
  for (const { format, path } of request.outputs) {
    if (format === "ndjson") continue;
    const nonce = randomUUID();
    if (path !== null) {
      await writeWhole(path, reporters[format](report, { colour: false, width: FILE_WIDTH, nonce }), "report");
    } else {
      const options = { colour: coloured(io.stdout, mode), width: widthOf(io.stdout), nonce };
      const text = reporters[format](report, options);
      io.stdout.write(active && format === "text" ? withoutCommands(text, nonce) : text);
    }
    if (format === "github" && stepSummary !== null) appendJobSummary(stepSummary, report, io);
  }
  const printed = request.outputs.some(({ path }) => path === null);
  if (!printed && !request.quiet) io.stderr.write(`${headlineText(report)}\n`);
}

/** The runner of GitHub Actions obeys commands at the start of any line, also where the page quotes an answer. */
function withoutCommands(text: string, nonce: string): string {
  return `::stop-commands::${nonce}\n${text}::${nonce}::\n`;
}

/** Whether text on this stream gets colours. */
export function coloured({ isTTY }: Sink, mode: ColourMode): boolean {
  return mode === "auto" ? isTTY : mode === "always";
}

export function widthOf({ columns }: Sink): number {
  return columns === null ? FILE_WIDTH : Math.min(Math.max(columns, NARROWEST), WIDEST);
}

/**
 * A reader of the file sees the old content or the new one, never half of one. A symbolic link is followed, and what is
 * not a regular file (a device, a pipe) is written to as it is: a rename would put a file in its place.
 * @param what for the message: `report`, `contract`
 * @throws SchemareadyError OUTPUT_FILE
 */
export async function writeWhole(path: string, text: string, what: string): Promise<void> {
  try {
    const target = await realpath(path).catch(() => path);
    const known = await stat(target).catch(() => null);
    if (known !== null && !known.isFile()) await writeFile(target, text);
    else await replaceFile(target, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SchemareadyError("OUTPUT_FILE", `The ${what} could not be written to ${path}: ${reason}.`, {
      cause: error,
    });
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
