/** What could not be looked at: grouped by reason, with what would let us look. */
import type { Report, Unverified } from "../../model/report.js";
import { subjectWithKind } from "../display.js";
import { unverifiedAdvice } from "../wording.js";
import { labelled, line, type Row } from "./page.js";

const WORD_WIDTH = 10;
const MOST_SUBJECTS = 12;

export function unverifiedSection({ unverified }: Report): Row[] {
  if (unverified.length === 0) return [];
  const groups = new Map<string, Unverified[]>();
  for (const each of unverified) {
    const key = JSON.stringify([each.reason, each.sqlstate]);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [
    line(0, "Could not look (neither fine nor a gap)", "bold"),
    ...[...groups.values()].flatMap((group) => groupRows(group)),
  ];
}

function groupRows(group: readonly Unverified[]): Row[] {
  const [first] = group;
  if (first === undefined) return [];
  const code = first.sqlstate === null || first.reason.includes(first.sqlstate) ? "" : ` (SQLSTATE ${first.sqlstate})`;
  const features = [...new Set(group.flatMap((each) => each.features))];
  const advice = unverifiedAdvice(first);
  const detail = (word: string, text: string) => labelled(4, word, WORD_WIDTH, text, { label: "dim" });
  return [
    labelled(2, "-", 2, `${first.reason}${code}`),
    ...(first.subject.kind === "server" ? [] : [detail("concerns", subjects(group))]),
    ...(features.length === 0 ? [] : [detail("features", features.join(", "))]),
    ...(advice === null ? [] : [detail("to do", advice)]),
  ];
}

function subjects(group: readonly Unverified[]): string {
  const names = [...new Set(group.map(({ subject }) => subjectWithKind(subject)))];
  const rest = names.length - MOST_SUBJECTS;
  return rest > 0 ? `${names.slice(0, MOST_SUBJECTS).join(", ")} and ${rest} more` : names.join(", ");
}
