/** What the gaps do to the application: broken, unverified and degraded features one by one, working ones on one line. */
import type { FeatureResult, FeatureStatus, Gap, Report, Symptom, Unverified } from "../../model/report.js";
import { plural, subjectWithKind } from "../display.js";
import { STATUSES, sqlstateWords } from "../wording.js";
import { numberCauses } from "./causes.js";
import { type CauseNumbers, gapReferences, gapRows } from "./gaps.js";
import { labelled, line, type Row } from "./page.js";

const STATUS_WIDTH = 12;
const INNER = 2 + STATUS_WIDTH;
const ORDER: readonly FeatureStatus[] = ["broken", "unverified", "degraded"];

interface Context {
  readonly gaps: ReadonlyMap<string, Gap>;
  readonly causes: CauseNumbers;
  readonly unverified: readonly Unverified[];
  /** Ids of gaps that are on the page already. Filled while the page is written, from top to bottom. */
  readonly printed: Set<string>;
}

export function featuresSection(report: Report): Row[] {
  const context: Context = {
    gaps: new Map(report.gaps.map((gap) => [gap.id, gap])),
    causes: numberCauses(report.causes),
    unverified: report.unverified,
    printed: new Set(),
  };
  const applications = [...new Set(report.features.map(({ application }) => application))];
  return applications.flatMap((application, at) => {
    const features = report.features.filter((feature) => feature.application === application);
    const title = line(0, `Features of ${application}`, "bold");
    return [...(at === 0 ? [] : [line(0, "")]), title, ...applicationRows(features, context)];
  });
}

function applicationRows(features: readonly FeatureResult[], context: Context): Row[] {
  const blind = features.filter((feature) => knowsNothing(feature, context));
  const troubled = ORDER.flatMap((status) => features.filter((feature) => feature.status === status));
  return [
    ...troubled.filter((feature) => !blind.includes(feature)).flatMap((feature) => featureRows(feature, context)),
    ...compact("unverified", blind),
    ...compact(
      "working",
      features.filter(({ status }) => status === "working"),
    ),
  ];
}

/** Nothing is known of the feature because the server did not answer: that is said once, not for each feature. */
function knowsNothing({ id, status, gaps }: FeatureResult, { unverified }: Context): boolean {
  const reasons = unverified.filter(({ features, subject }) => features.includes(id) || subject.kind === "server");
  return status === "unverified" && gaps.length === 0 && reasons.every(({ subject }) => subject.kind === "server");
}

/** `ok  3 features: a, b, c` */
function compact(status: FeatureStatus, features: readonly FeatureResult[]): Row[] {
  if (features.length === 0) return [];
  const { word, style } = STATUSES[status];
  const names = features.map(({ id }) => id).join(", ");
  return [labelled(2, word, STATUS_WIDTH, `${plural(features.length, "feature")}: ${names}`, { label: style })];
}

function featureRows(feature: FeatureResult, context: Context): Row[] {
  const { word, style } = STATUSES[feature.status];
  const title = feature.title === feature.id ? feature.id : `${feature.title} (${feature.id})`;
  return [
    labelled(2, word, STATUS_WIDTH, title, { label: style, text: "bold" }),
    ...feature.endpoints.map((endpoint) => line(INNER, endpoint)),
    ...symptomRows(feature.symptoms),
    ...gapsOf(feature, context),
    ...unverifiedRow(feature, context),
  ];
}

function gapsOf(feature: FeatureResult, { gaps, causes, printed }: Context): Row[] {
  const known = feature.gaps.flatMap((id) => gaps.get(id) ?? []);
  const shown = known.filter(({ id }) => printed.has(id));
  for (const { id } of known) printed.add(id);
  const fresh = known.filter((gap) => !shown.includes(gap));
  return [...gapRows(fresh, INNER, causes), ...gapReferences(shown, INNER)];
}

function symptomRows(symptoms: readonly Symptom[]): Row[] {
  const byCode = new Map<string, string[]>();
  for (const { sqlstate, prisma, operation } of symptoms) {
    const code = `${sqlstateWords(sqlstate)}${prisma === null ? "" : `, Prisma ${prisma},`}`;
    byCode.set(code, [...(byCode.get(code) ?? []), operation]);
  }
  return [...byCode].map(([code, operations]) =>
    line(INNER, `users see ${code} on ${[...new Set(operations)].join(", ")}`),
  );
}

function unverifiedRow(feature: FeatureResult, { unverified }: Context): Row[] {
  const subjects = unverified.filter(({ features }) => features.includes(feature.id)).map(({ subject }) => subject);
  if (subjects.length === 0) return [];
  const names = [...new Set(subjects.map(subjectWithKind))];
  return [line(INNER, `could not look at ${names.join(", ")}; see below`)];
}
