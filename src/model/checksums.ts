/** Which checksums of a contract are those that the tool itself records, so that the two can be compared. */
import type { ExpectedScript } from "./contract.js";
import type { RecordTool } from "./migrations.js";

/** Tools whose checksums the directory reader computes in the tool's own form. */
const COMPARED: readonly RecordTool[] = ["prisma", "drizzle", "flyway", "sqlx", "atlas"];

/** False where the tool records none for such a file, or not one that can be known here: the contract's own is of another kind. */
export function isToolsChecksum(tool: RecordTool, { checksum }: Pick<ExpectedScript, "checksum">): boolean {
  return COMPARED.includes(tool) && !checksum.startsWith("sha256:");
}
