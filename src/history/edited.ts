/** Whether an applied migration is another text now than when it ran. */
import { isToolsChecksum } from "../model/checksums.js";
import type { ExpectedScript } from "../model/contract.js";
import type { RecordTool } from "../model/migrations.js";
import type { Recorded } from "./recorded.js";

/**
 * The recorded checksum is none of the file's, with whatever line ends. What was only marked as applied did not run, so
 * there is nothing that could differ; a record without a checksum tells nothing.
 */
export function isEdited(tool: RecordTool, record: Recorded, script: ExpectedScript | undefined): boolean {
  if (script === undefined || record.checksum === null || record.checksum === "") return false;
  if (record.status !== "applied" || !isToolsChecksum(tool, script)) return false;
  const known = [script.checksum, ...(script.alike ?? [])];
  return ![...known, ...known.map(unpadded)].includes(record.checksum);
}

/** Prisma before 2.21 wrote each byte without its leading zero. */
function unpadded(hex: string): string {
  return hex.replace(/../g, (byte) => byte.replace(/^0/, ""));
}
