/**
 * What a script may take for granted although no migration makes it: roles of the server, the table in which its tool
 * keeps its records, extensions of the image. Each is arranged once, and noted.
 */
import { isServerError } from "../../db/index.js";
import { quoteIdentifier } from "../../model/names.js";
import { type Complaint, complaintOf, unavailableExtension } from "./complaint.js";
import { leaveOut, leaveOutExtension } from "./leave-out.js";
import { arrangePrivilege } from "./privileges.js";
import type { Refusal, Sending } from "./sending.js";
import type { Stage } from "./stage.js";
import { recordTableOf } from "./tool-tables.js";

/** True when something was arranged and the same text is worth another try. */
export async function arrange(stage: Stage, sending: Sending, refusal: Refusal): Promise<boolean> {
  const extension = unavailableExtension(refusal);
  if (extension !== null) {
    return leaveOutExtension(stage, sending, refusal.statement, extension, "is not available in the throwaway server");
  }
  if (await arrangePrivilege(stage, sending, refusal)) return true;
  const complaint = complaintOf(refusal.sqlstate, refusal.message);
  if (complaint === null) return false;
  if (complaint.what === "role") return arrangeRole(stage, sending, refusal, complaint);
  if (complaint.about === "duplicate") return false;
  if (complaint.what === "extension" && stage.missingExtensions.has(complaint.name)) {
    return leaveOut(sending, refusal.statement);
  }
  const records = recordTableOf(stage.tool, complaint);
  if (records === null) return false;
  await stage.connection.execute(records);
  stage.notes.add(`${sending.script.file}: expects the record table ${complaint.name}, which the replay created`);
  return true;
}

/** A role that GRANT, OWNER TO or a policy names is created; one that the server has from elsewhere is taken as it is. */
async function arrangeRole(stage: Stage, sending: Sending, refusal: Refusal, complaint: Complaint): Promise<boolean> {
  const { statement } = refusal;
  const { name, about } = complaint;
  const role = statement?.deeds.find(({ kind }) => kind === "role");
  if (about === "duplicate") {
    if (role?.act !== "create" || !(stage.rolesBefore.has(name) || stage.rolesMade.has(name))) return false;
    stage.notes.add(
      `${sending.script.file}: role "${name}" exists on the throwaway server already; it was taken as it is`,
    );
    return leaveOut(sending, statement);
  }
  if (role !== undefined && role.act !== "create") return false;
  try {
    await stage.connection.execute(`create role ${quoteIdentifier(name)}`);
  } catch (error) {
    if (!isServerError(error)) throw error;
    return false;
  }
  stage.rolesMade.add(name);
  stage.notes.add(`${sending.script.file}: role "${name}" is created by no earlier migration; the replay created it`);
  return true;
}
