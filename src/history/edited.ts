/** Whether an applied migration is another text now than when it ran. */
import type { ExpectedScript } from "../model/contract.js";
import type { RecordTool } from "../model/migrations.js";
import type { Recorded } from "./recorded.js";

/** Tools whose checksums the directory reader computes in the tool's own form. */
const COMPARED: readonly RecordTool[] = ["prisma", "drizzle", "flyway", "sqlx", "atlas"];

/**
 * The recorded checksum is none of the file's, with whatever line ends. What was only marked as applied did not run, so
 * there is nothing that could differ; a record without a checksum tells nothing.
 */
export function isEdited(tool: RecordTool, record: Recorded, script: ExpectedScript | undefined): boolean {
  if (script === undefined || record.checksum === null || record.checksum === "") return false;
  if (!COMPARED.includes(tool) || record.status !== "applied" || isOurOwn(script)) return false;
  const known = [script.checksum, ...(script.alike ?? [])];
  return ![...known, ...known.map(unpadded)].includes(record.checksum);
}

/** The tool records none for such a file, or not one that can be known here, so the contract's own is of another kind. */
function isOurOwn({ checksum }: ExpectedScript): boolean {
  return checksum.startsWith("sha256:");
}

/** Prisma before 2.21 wrote each byte without its leading zero. */
function unpadded(hex: string): string {
  return hex.replace(/../g, (byte) => byte.replace(/^0/, ""));
}
