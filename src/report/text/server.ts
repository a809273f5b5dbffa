/** A server that could not be asked: one reason for everything, and what to do about it. */
import type { Report } from "../../model/report.js";
import { line, type Row, verbatim } from "./page.js";

export interface Refusal {
  /** `app@db:5432/app could not be asked: getaddrinfo ENOTFOUND db`, without a full stop. */
  readonly sentence: string;
  /** What to do; null when the reason says nothing of it. */
  readonly fix: string | null;
}

/** Null when the server answered, or when no database was given. */
export function serverRefusal({ target, unverified }: Report): Refusal | null {
  const found = unverified.find(({ subject }) => subject.kind === "server");
  if (target.server !== null || target.host === "" || found === undefined) return null;
  // The reason is the error's message and its fix, a sentence each.
  const [, message = found.reason, fix = null] = /^(.*?\.) (?=[A-Z])(.*)$/s.exec(found.reason) ?? [];
  const address = `${target.user}@${target.host}:${target.port}/${target.database}`;
  const reason = message.replace(/\.$/, "");
  const sentence = reason.startsWith(`${address} `)
    ? reason.replace(" cannot be reached: ", " could not be asked: ")
    : `${address} could not be asked: ${reason}`;
  return { sentence, fix };
}

/** The fix in words, and the command that it ends with. */
export function splitFix(fix: string): { readonly advice: string; readonly command: string | null } {
  const [, advice = fix, command = null] = /^(.*:) ((?:pg_isready|psql|GRANT) .*)$/s.exec(fix) ?? [];
  return { advice, command };
}

/** The fix, its command on a line of its own. */
export function serverSection(report: Report): Row[] {
  const { fix = null } = serverRefusal(report) ?? {};
  if (fix === null) return [];
  const { advice, command } = splitFix(fix);
  return [
    line(0, "To do", "bold"),
    line(2, advice),
    ...(command === null ? [] : verbatim(2, command.startsWith("GRANT") ? "" : "$", command)),
  ];
}
