/** Statements that the replay does not send. */
import type { Statement } from "./read-script.js";
import type { Sending } from "./sending.js";
import type { Stage } from "./stage.js";

/** False: it stands in a DO block, where it cannot be left out alone, or it is left out already. */
export function leaveOut(sending: Sending, statement: Statement | null): boolean {
  if (statement === null || statement.isBlock) return false;
  if (sending.blanks.some(({ start }) => start === statement.start)) return false;
  sending.blanks.push(statement);
  return true;
}

/** @param why what keeps the extension from being there: `is not available in the throwaway server` */
export function leaveOutExtension(
  stage: Stage,
  sending: Sending,
  statement: Statement | null,
  name: string,
  why: string,
): boolean {
  if (!leaveOut(sending, statement)) return false;
  stage.missingExtensions.add(name);
  stage.notes.add(
    `${sending.script.file}: extension "${name}" ${why}; the replay goes on without it. ` +
      "Where its types or functions are needed, give a server that has it: --scratch-url (for example an image that brings it along)",
  );
  return true;
}
