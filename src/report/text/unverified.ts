/** What could not be looked at: grouped by reason, with what would let us look. */
import { schemaGrant } from "../../model/grants.js";
import { groupBy } from "../../model/group.js";
import type { Report, Unverified } from "../../model/report.js";
import { subjectWithKind } from "../display.js";
import { unverifiedAdvice } from "../wording.js";
import { numberCauses } from "./causes.js";
import { labelled, line, type Row, verbatim } from "./page.js";

const WORD_WIDTH = 10;
const INNER = 4;
const MOST_SUBJECTS = 12;

export function unverifiedSection(report: Report): Row[] {
  const groups = groupBy(report.unverified, ({ reason, sqlstate }) => JSON.stringify([reason, sqlstate]));
  if (groups.size === 0) return [];
  return [
    line(0, "Could not look (neither fine nor a gap)", "bold"),
    ...[...groups.values()].flatMap((group) => groupRows(group, report)),
  ];
}

function groupRows(group: readonly Unverified[], report: Report): Row[] {
  const [first] = group;
  if (first === undefined) return [];
  const { text, grant, rest } = partsOf(first, report);
  const advice = grant === null ? adviceFor(first, report) : "to be run by the owner or an administrator:";
  const code = first.sqlstate === null || text.includes(first.sqlstate) ? "" : ` (SQLSTATE ${first.sqlstate})`;
  return [
    labelled(2, "-", 2, `${text}${code}`),
    ...detail("", rest),
    ...detail("concerns", concerned(group, text, report)),
    ...detail("features", untoldFeatures(group, report)),
    ...detail("to do", advice),
    ...(grant === null ? [] : verbatim(INNER, "", grant)),
  ];
}

function detail(word: string, text: string | null): Row[] {
  return text === null ? [] : [labelled(INNER, word, word === "" ? 0 : WORD_WIDTH, text, { label: "dim" })];
}

/** A cause that says more than the SQLSTATE does is told above, with what to do about it. */
function adviceFor(unverified: Unverified, report: Report): string | null {
  const subject = JSON.stringify(unverified.subject);
  const cause = report.causes.find((each) => each.unverified.some((about) => JSON.stringify(about) === subject));
  const number = cause === undefined ? undefined : numberCauses(report).get(cause.id);
  return number === undefined ? unverifiedAdvice(unverified) : `see ${number}. above`;
}

interface Parts {
  readonly text: string;
  /** What stands in the reason to be pasted. */
  readonly grant: string | null;
  readonly rest: string | null;
}

const CREATE_ROLE = "create it, or correct role: in the check file";

/** `...; to allow it: GRANT ...; row security ...`: the statement is taken out of the sentence. */
function partsOf({ reason, subject, sqlstate }: Unverified, { target }: Report): Parts {
  const text = reason.replace(/^privileges: (role .*), so its privileges cannot be judged$/s, `$1: ${CREATE_ROLE}`);
  const found = /^(.*?)[;.]? (?:to allow it: )?(GRANT .*;)(?:; (row security .*))?$/s.exec(text);
  if (found === null) return { text, grant: null, rest: null };
  const [, before = text, written = null, rest = null] = found;
  const isUsage = subject.kind === "schema" && sqlstate === "42501";
  return { text: before, grant: isUsage ? schemaGrant(subject.name, target.user) : written, rest };
}

/** Null when the reason names it already. */
function concerned(group: readonly Unverified[], text: string, { target }: Report): string | null {
  const names = [...new Set(group.map(({ subject }) => subjectWithKind(subject, target.schema)))];
  const own = group.map(({ subject: { kind, schema, relation, name } }) =>
    kind === "schema" ? `schema ${name}` : `${schema}.${relation ?? name}`,
  );
  if (names.length === 1 && own.every((name) => text.includes(name))) return null;
  const rest = names.length - MOST_SUBJECTS;
  return rest > 0 ? `${names.slice(0, MOST_SUBJECTS).join(", ")} and ${rest} more` : names.join(", ");
}

/** Those that the list of features does not show as unverified; nothing when it is all of them. */
function untoldFeatures(group: readonly Unverified[], { features }: Report): string | null {
  const ids = new Set(group.flatMap((each) => each.features));
  if (features.every(({ id }) => ids.has(id))) return null;
  const told = features.filter(({ status }) => status === "unverified");
  for (const { id } of told) ids.delete(id);
  return ids.size === 0 ? null : [...ids].join(", ");
}
