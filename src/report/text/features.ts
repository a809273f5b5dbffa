/** What the gaps do to the application, at a glance; the gaps themselves stand further down. */
import { groupBy } from "../../model/group.js";
import type { FeatureResult, FeatureStatus, Gap, Report, Unverified } from "../../model/report.js";
import { plural, subjectWithKind } from "../display.js";
import { STATUSES } from "../wording.js";
import { errorPhrases, warningPhrases } from "./because.js";
import { labelled, line, paragraph, type Row } from "./page.js";
import { sqlstates, symptomRows } from "./symptoms.js";

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
  const told = new Set<string>();
  const degraded = groupBy(of("degraded"), ({ symptoms }) => symptoms.length > 0);
  return [
    ...brokenRows(features, context, told),
    ...unverifiedRows(of("unverified"), context),
    ...[true, false].flatMap((hasSymptoms) => degradedRows(degraded.get(hasSymptoms) ?? [], context, told)),
    ...compactRows("working", of("working")),
  ];
}

/** From so many features on, one reason that breaks them all needs no list of their endpoints. */
const MANY = 3;

/** Features that break for the same reason stand together, and the reason under them. */
function brokenRows(all: readonly FeatureResult[], context: Context, told: Set<string>): Row[] {
  const inPart = { ...context, unverified: context.unverified.filter((each) => !concernsAll(each, all)) };
  const reasonOf = (feature: FeatureResult, label: string) => {
    const errors = gapsOf(feature, context).filter(({ severity }) => severity === "error");
    return [...reasonRows(errorPhrases(errors, context.schema), label), ...lookedRows(feature, inPart)];
  };
  const broken = all.filter(({ status }) => status === "broken");
  const key = (feature: FeatureResult) => JSON.stringify([sqlstates(feature), reasonOf(feature, "")]);
  return [...groupBy(broken, key).values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const symptoms = symptomRows(group, distinctGaps(group, context), told, INNER);
    const isAll = group.length >= MANY && group.length === all.length;
    const who = symptoms.length === 0 && group.length > 1 && !isAll ? `these ${group.length} because` : "because";
    const titles = isAll ? compactRows("broken", all) : group.map(titleRow);
    return [...titles, ...symptoms, ...reasonOf(first, who)];
  });
}

/** What is the same for all features of an application is told once, further down. */
function concernsAll({ features }: Unverified, all: readonly FeatureResult[]): boolean {
  return all.every(({ id }) => features.includes(id));
}

/** `BROKEN  Title (id): POST /path`, with the endpoints on lines of their own where they do not fit. */
function titleRow({ id, title, status, endpoints }: FeatureResult): Row {
  const { word, style } = STATUSES[status];
  const name = title === id ? id : `${title} (${id})`;
  const head = labelled(2, word, STATUS_WIDTH, endpoints.length === 0 ? name : `${name}:`, { label: style });
  return { ...head, words: [...head.words, ...listItems(endpoints)] };
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

function distinctGaps(features: readonly FeatureResult[], context: Context): Gap[] {
  return [...new Set(features.flatMap((feature) => gapsOf(feature, context)))];
}

function warningRows(features: readonly FeatureResult[], context: Context): Row[] {
  return reasonRows(warningPhrases(distinctGaps(features, context), context.schema));
}

/** On one line as long as the reasons of all are short. */
function degradedRows(features: readonly FeatureResult[], context: Context, told: Set<string>): Row[] {
  const rows = (some: readonly FeatureResult[]) => [
    ...compactRows("degraded", some),
    ...symptomRows(some, distinctGaps(some, context), told, INNER),
    ...warningRows(some, context),
  ];
  const length = warningRows(features, context).reduce((sum, { words }) => sum + words.join(" ").length, 0);
  return length <= LONGEST_REASON ? rows(features) : features.flatMap((feature) => rows([feature]));
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
function lookedRows({ id }: FeatureResult, { unverified, schema }: Context): Row[] {
  const subjects = unverified
    .filter(({ features, subject }) => features.includes(id) && subject.kind !== "server")
    .map(({ subject }) => subject);
  const names = [...new Set(subjects.map((subject) => subjectWithKind(subject, schema)))];
  return names.length === 0 ? [] : [line(INNER, `could not look at ${names.join(", ")}; see below`)];
}

/** `ok  3 features: a, b, c` */
function compactRows(status: FeatureStatus, features: readonly FeatureResult[]): Row[] {
  if (features.length === 0) return [];
  const { word, style } = STATUSES[status];
  const names = features.map(({ id }) => id).join(", ");
  return [labelled(2, word, STATUS_WIDTH, `${plural(features.length, "feature")}: ${names}`, { label: style })];
}
