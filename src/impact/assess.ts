/** Gaps and features in, the status of each feature out. */
import type { Application, Contract, Feature } from "../model/contract.js";
import { compareText } from "../model/names.js";
import type { FeatureResult, FeatureStatus, Gap, Symptom, Unverified } from "../model/report.js";
import { subjectRelation } from "../model/subject.js";
import { symptomsOf } from "./symptoms.js";
import { type Touch, touch } from "./touch.js";
import { isSame } from "./uses.js";

/**
 * One result for each feature, in the contract's order. Broken: an error makes one of its statements fail. Unverified:
 * nothing is known to break it, but something that it needs could not be looked at. Degraded: warnings only.
 */
export function assessImpact(
  contract: Contract,
  gaps: readonly Gap[],
  unverified: readonly Unverified[],
): FeatureResult[] {
  return contract.applications.flatMap((application) =>
    application.features.map((feature) => assessFeature(application, feature, gaps, unverified)),
  );
}

/** Gives each gap the ids of the features that feel it. */
export function attachFeatures(gaps: readonly Gap[], results: readonly FeatureResult[]): Gap[] {
  return gaps.map((gap) => {
    const features = results.filter((result) => result.gaps.includes(gap.id)).map(({ id }) => id);
    return { ...gap, features: [...new Set(features)] };
  });
}

function assessFeature(
  application: Application,
  feature: Feature,
  gaps: readonly Gap[],
  unverified: readonly Unverified[],
): FeatureResult {
  // Another application may need the same table in another shape: its gaps are not this one's.
  const own = gaps.filter(({ applications }) => applications.includes(application.name));
  const touches = own.flatMap((gap) => touch(application, feature, gap) ?? []);
  return {
    id: feature.id,
    application: application.name,
    title: feature.title,
    status: statusOf(
      touches,
      unverified.some((each) => needs(feature, each)),
    ),
    endpoints: feature.endpoints,
    gaps: touches.map(({ gap }) => gap.id),
    symptoms: collectSymptoms(touches),
  };
}

function statusOf(touches: readonly Touch[], isUnverified: boolean): FeatureStatus {
  if (touches.some(({ severity }) => severity === "error")) return "broken";
  if (isUnverified) return "unverified";
  return touches.length > 0 ? "degraded" : "working";
}

function needs(feature: Feature, { subject, features }: Unverified): boolean {
  if (subject.kind === "server" || features.includes(feature.id)) return true;
  const relation = subjectRelation(subject);
  return relation !== null && feature.uses.some((use) => isSame(use.relation, relation));
}

function collectSymptoms(touches: readonly Touch[]): Symptom[] {
  const symptoms = touches.flatMap(({ gap, operations }) => symptomsOf(gap, operations));
  const unique = new Map(symptoms.map((symptom) => [`${symptom.sqlstate} ${symptom.operation}`, symptom]));
  return [...unique].sort(([a], [b]) => compareText(a, b)).map(([, symptom]) => symptom);
}
