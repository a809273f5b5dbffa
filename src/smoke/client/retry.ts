/** Which requests may be sent again, and when. */
import type { PreparedRequest } from "../request.js";

/** https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
const IDEMPOTENT = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"];
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** How an exchange without an answer ended. */
export type NoAnswer =
  /** Nothing was sent, and a moment later there may be a connection. */
  | "not-connected"
  /** It may have been seen: the connection ended without a status. */
  | "unanswered"
  /** Trying again would not help. */
  | "final";

/**
 * Whether a request may be sent again. One that creates something only when the application has not seen it, or when
 * it carries a key by which the application knows it again.
 */
export function mayRepeat({ method, headers }: PreparedRequest, ended: NoAnswer): boolean {
  if (ended === "not-connected") return true;
  return ended === "unanswered" && (IDEMPOTENT.includes(method) || headers["idempotency-key"] !== undefined);
}

/** The pause before a try; the first repetition is number 1. */
export function pauseMs(repetition: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (repetition - 1), LONGEST_PAUSE_MS);
}
