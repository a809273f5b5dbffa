/** What the gaps do to the application, at a glance; the gaps themselves stand further down. */
import { groupBy } from "../../model/group.js";
import type { FeatureResult, FeatureStatus, Gap, Operation, Report, Unverified } from "../../model/report.js";
import { plural, subjectWithKind } from "../display.js";
import { STATUSES, sqlstateWords } from "../wording.js";
import { errorPhrases, warningPhrases } from "./because.js";
import { labelled, line, paragraph, type Row } from "./page.js";

const STATUS_WIDTH = 12;
const INNER = 2 + STATUS_WIDTH;
/** Degraded features whose reasons take more than this are told one by one. */
const LONGEST_REASON = 240;

interface Context {
  readonly gaps: ReadonlyMap<string, Gap>;
  readonly unverified: readonly Unverified[];
  /** Of the target: names in it go without it. */
  readonly schema: string;
}

export function featuresSection(report: Report): Row[] {
  const context: Context = {
    gaps: new Map(report.gaps.map((gap) => [gap.id, gap])),
    unverified: report.unverified,
    schema: report.target.schema,
  };
  return [...groupBy(report.features, ({ application }) => application)].flatMap(([application, features], at) => [
    ...(at === 0 ? [] : [line(0, "")]),
    line(0, `Features of ${application}`, "bold"),
    ...applicationRows(features, context),
  ]);
}

function applicationRows(features: readonly FeatureResult[], context: Context): Row[] {
  const of = (status: FeatureStatus) => features.filter((feature) => feature.status === status);
  return [
    ...brokenRows(of("broken"), context),
    ...unverifiedRows(of("unverified"), context),
    ...degradedRows(of("degraded"), context),
    ...compactRows("working", of("working")),
  ];
}

/** Features that break for the same reason stand together, and the reason under them. */
function brokenRows(features: readonly FeatureResult[], context: Context): Row[] {
  const reasonOf = (feature: FeatureResult, label: string) => {
    const errors = gapsOf(feature, context).filter(({ severity }) => severity === "error");
    return [...reasonRows(errorPhrases(errors, context.schema), label), ...lookedRows(feature, context)];
  };
  const told = new Set<string>();
  const key = (feature: FeatureResult) => JSON.stringify([sqlstates(feature), reasonOf(feature, "")]);
  return [...groupBy(features, key).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const symptoms = symptomRows(group, told);
    const who = symptoms.length === 0 && group.length > 1 ? `these ${group.length} because` : "because";
    return [...group.map(titleRow), ...symptoms, ...reasonOf(first, who)];
  });
}

/** `BROKEN  Title (id): POST /path`, with the endpoints on lines of their own where they do not fit. */
function titleRow({ id, title, status, endpoints }: FeatureResult): Row {
  const { word, style } = STATUSES[status];
  const name = title === id ? id : `${title} (${id})`;
  const head = labelled(2, word, STATUS_WIDTH, endpoints.length === 0 ? name : `${name}:`, { label: style });
  return { ...head, words: [...head.words, ...listItems(endpoints)] };
}

const OPERATIONS: readonly Operation[] = ["select", "insert", "update", "delete"];

function sqlstates({ symptoms }: FeatureResult): string[] {
  return [...new Set(symptoms.map(({ sqlstate }) => sqlstate))].sort();
}

/**
 * `users see 42703 (undefined_column), Prisma P2022, on select, insert; ...`
 * @param told SQLSTATEs of this application whose names are on the page already; what is told here is added
 */
function symptomRows(features: readonly FeatureResult[], told: Set<string>): Row[] {
  const symptoms = features.flatMap((feature) => feature.symptoms);
  if (symptoms.length === 0) return [];
  const answers = [...groupBy(symptoms, ({ sqlstate }) => sqlstate)].map(([sqlstate, same]) => {
    const prisma = [...new Set(same.flatMap((symptom) => symptom.prisma ?? []))].join(", ");
    const operations = OPERATIONS.filter((each) => same.some(({ operation }) => operation === each)).join(", ");
    const name = told.has(sqlstate) ? sqlstate : sqlstateWords(sqlstate);
    told.add(sqlstate);
    return { name, rest: `${prisma === "" ? "" : `, Prisma ${prisma},`} on ${operations}` };
  });
  const codes = [...groupBy(answers, ({ rest }) => rest)].map(([rest, same]) => {
    return `${same.map(({ name }) => name).join(" or ")}${rest}`;
  });
  const who = features.length === 1 ? "users see" : `users of these ${features.length} see`;
  return [paragraph(INNER, "", [`${who} ${codes.join("; ")}`])];
}

function reasonRows(phrases: readonly string[], label = "because"): Row[] {
  return phrases.length === 0 ? [] : [paragraph(INNER, label, listItems(phrases))];
}

function listItems(items: readonly string[]): string[] {
  return items.map((item, at) => (at === items.length - 1 ? item : `${item},`));
}

function gapsOf({ gaps: ids }: FeatureResult, { gaps }: Context): Gap[] {
  return ids.flatMap((id) => gaps.get(id) ?? []);
}

function warningRows(features: readonly FeatureResult[], context: Context): Row[] {
  const gaps = [...new Set(features.flatMap((feature) => gapsOf(feature, context)))];
  return reasonRows(warningPhrases(gaps, context.schema));
}

/** On one line as long as the reasons of all are short. */
function degradedRows(features: readonly FeatureResult[], context: Context): Row[] {
  const rows = warningRows(features, context);
  const length = rows.reduce((sum, { words }) => sum + words.join(" ").length, 0);
  if (length <= LONGEST_REASON) return [...compactRows("degraded", features), ...rows];
  return features.flatMap((feature) => [...compactRows("degraded", [feature]), ...warningRows([feature], context)]);
}

/** Those that could not be judged for the same reason stand together. */
function unverifiedRows(features: readonly FeatureResult[], context: Context): Row[] {
  const reasonOf = (feature: FeatureResult) => [...lookedRows(feature, context), ...warningRows([feature], context)];
  return [...groupBy(features, (feature) => JSON.stringify(reasonOf(feature))).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [...(group.length === 1 ? [titleRow(first)] : compactRows("unverified", group)), ...reasonOf(first)];
  });
}

/** What could not be looked at; nothing about a server that did not answer, because that is said at the top. */
function lookedRows({ id }: FeatureResult, { unverified }: Context): Row[] {
  const subjects = unverified.filter(({ features }) => features.includes(id)).map(({ subject }) => subject);
  const names = [...new Set(subjects.filter(({ kind }) => kind !== "server").map(subjectWithKind))];
  return names.length === 0 ? [] : [line(INNER, `could not look at ${names.join(", ")}; see below`)];
}

/** `ok  3 features: a, b, c` */
function compactRows(status: FeatureStatus, features: readonly FeatureResult[]): Row[] {
  if (features.length === 0) return [];
  const { word, style } = STATUSES[status];
  const names = features.map(({ id }) => id).join(", ");
  return [labelled(2, word, STATUS_WIDTH, `${plural(features.length, "feature")}: ${names}`, { label: style })];
}
