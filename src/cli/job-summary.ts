/** The page of a GitHub Actions job, which its summary file becomes. */
import { appendFileSync, statSync } from "node:fs";
import type { Report } from "../model/report.js";
import { displaySafe, reporters } from "../report/index.js";
import type { CliIo } from "./io.js";
import { FILE_WIDTH } from "./widths.js";

/** GitHub refuses the whole summary of a step when it is larger. */
export const MOST_BYTES = 1024 * 1024;
const CUT_OFF = "\n\n_The rest did not fit into the summary of a job._\n";

/** Appends the report in Markdown. A file that cannot be written is said on stderr: it changes nothing about the verdict. */
export function appendJobSummary(path: string, report: Report, { stderr }: Pick<CliIo, "stderr">): void {
  try {
    const used = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const page = `${reporters.markdown(report, { colour: false, width: FILE_WIDTH })}\n`;
    appendFileSync(path, fitting(page, MOST_BYTES - used));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    stderr.write(`${displaySafe(`the job summary could not be written: ${reason}`)}\n`);
  }
}

/** As many whole lines as there is room for; an open block of code is closed. */
export function fitting(page: string, room: number): string {
  if (Buffer.byteLength(page) <= room) return page;
  const fence = "\n```";
  const left = room - Buffer.byteLength(CUT_OFF) - fence.length;
  if (left <= 0) return "";
  const start = Buffer.from(page).subarray(0, left).toString("utf8");
  const lines = start.slice(0, start.lastIndexOf("\n") + 1).trimEnd();
  const isOpen = (lines.match(/^\s*```/gm) ?? []).length % 2 === 1;
  return `${lines}${isOpen ? fence : ""}${CUT_OFF}`;
}
