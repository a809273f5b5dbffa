/**
 * Contract x observation -> gaps. Pure: two values in, one value out, the same for any order of the rows read.
 */
import type { Application, Contract, ExpectedRelation } from "../model/contract.js";
import { stableId } from "../model/hash.js";
import { compareText, qualifiedKey } from "../model/names.js";
import type { Observation } from "../model/observation.js";
import type { Extra, Gap, Subject, Summary, Unverified } from "../model/report.js";
import type { Relation, SchemaModel } from "../model/schema.js";
import { compareObjects } from "./objects.js";
import { withOrigins } from "./origins.js";
import { type Outcome, SATISFIED, unverified } from "./outcome.js";
import { comparePrivileges } from "./privileges.js";
import { compareRelation, factsOf, standsFor } from "./relations.js";
import { compareRowSecurity, compareRows } from "./rows.js";

export interface Comparison {
  readonly gaps: readonly Gap[];
  readonly extras: readonly Extra[];
  readonly unverified: readonly Unverified[];
  readonly summary: Summary;
}

/** Compares every application of the contract with the model that its role sees. Lists are sorted and free of duplicates. */
export function compare(contract: Contract, observation: Observation): Comparison {
  const outcomes = contract.applications.flatMap((application, i) => {
    const model = observation.models[i];
    return model === undefined ? [] : compareApplication(application, model, observation);
  });
  const comparison = collect(outcomes);
  return { ...comparison, gaps: withOrigins(comparison.gaps, contract) };
}

/** What a comparison finds when the database could not be looked at: everything is unverified. */
export function nothingVerified(contract: Contract, reason: string, sqlstate: string | null): Comparison {
  const subject: Subject = { kind: "server", schema: null, relation: null, name: "PostgreSQL" };
  const features = contract.applications.flatMap((application) => application.features.map(({ id }) => id));
  const expectations = countExpectations(contract);
  return {
    gaps: [],
    extras: [],
    unverified: [{ subject, reason, sqlstate, features }],
    summary: { expectations, satisfied: 0, gaps: 0, implied: 0, unverified: expectations },
  };
}

/** Relations and the facts about their parts, and the objects beside them. */
export function countExpectations(contract: Contract): number {
  return contract.applications.reduce((sum, application) => {
    const objects = [
      application.enums,
      application.domains,
      application.sequences,
      application.functions,
      application.extensions,
    ];
    const facts = application.relations.reduce((count, relation) => count + factsOf(relation), 0);
    const rows = application.features.reduce((count, feature) => count + feature.rows.length, 0);
    return sum + facts + rows + objects.reduce((count, list) => count + list.length, 0);
  }, 0);
}

function compareApplication(application: Application, model: SchemaModel, observation: Observation): Outcome[] {
  const changing = model.unreadable.filter(({ subject }) => subject.kind === "schema");
  if (changing.length > 0) {
    return changing.map(({ subject, reason, sqlstate }) => {
      const name = subject.name ?? "";
      return unverified(
        { kind: "schema", schema: name, relation: null, name },
        reason,
        sqlstate,
        application.features.map(({ id }) => id),
      );
    });
  }
  const byName = new Map(model.relations.map((relation) => [qualifiedKey(relation), relation]));
  const found = application.relations.map((expected) => [expected, byName.get(qualifiedKey(expected))] as const);
  const uses = application.features.flatMap((feature) => feature.uses);
  const pairs = found.filter(
    (pair): pair is readonly [ExpectedRelation, Relation] => pair[1] !== undefined && standsFor(pair[0], pair[1], uses),
  );
  const outcomes = found.flatMap(([expected, actual]) => compareRelation(expected, actual, uses));
  const beside = [
    ...compareObjects(application, model),
    ...comparePrivileges(application, model, pairs, observation.target),
    ...compareRowSecurity(application, pairs),
    ...compareRows(application, model.relations, observation.rows),
  ];
  // One by one: there may be a million of them.
  for (const outcome of beside) outcomes.push(outcome);
  for (const [at, outcome] of outcomes.entries())
    if (outcome !== SATISFIED) outcomes[at] = ofApplication(outcome, application);
  return outcomes;
}

/** A gap is its application's; what could not be verified about a relation concerns the features that use it. */
function ofApplication(outcome: Outcome, application: Application): Outcome {
  if (outcome.kind === "gap") return { kind: "gap", gap: { ...outcome.gap, applications: [application.name] } };
  if (outcome.kind !== "unverified" || outcome.unverified.features.length > 0) return outcome;
  const { schema, relation } = outcome.unverified.subject;
  const features = application.features
    .filter(({ uses }) => uses.some((use) => use.relation.schema === schema && use.relation.name === relation))
    .map(({ id }) => id);
  return { kind: "unverified", unverified: { ...outcome.unverified, features } };
}

function collect(outcomes: readonly Outcome[]): Comparison {
  const gaps = new Map<string, Gap>();
  const extras = new Map<string, Extra>();
  const unverifieds = new Map<string, Unverified>();
  const count = { satisfied: 0, implied: 0, gap: 0, unverified: 0, extra: 0 };
  for (const outcome of outcomes) {
    count[outcome.kind] += outcome.kind === "implied" ? outcome.count : 1;
    if (outcome.kind === "gap") addGap(gaps, outcome.gap);
    if (outcome.kind === "extra") extras.set(outcome.extra.message, outcome.extra);
    if (outcome.kind === "unverified") addUnverified(unverifieds, outcome.unverified);
  }
  return {
    gaps: [...gaps.values()].sort(bySeverityAndSubject),
    extras: [...extras.values()].sort((a, b) => compareText(subjectKey(a.subject), subjectKey(b.subject))),
    unverified: [...unverifieds.values()].sort((a, b) => compareText(subjectKey(a.subject), subjectKey(b.subject))),
    summary: {
      expectations: count.satisfied + count.implied + count.gap + count.unverified,
      satisfied: count.satisfied,
      gaps: gaps.size,
      implied: count.implied,
      unverified: count.unverified,
    },
  };
}

/**
 * Two applications can need the same object: one gap, with the worse severity and all operations. If they need it in
 * different shapes, each keeps its own gap.
 */
function addGap(gaps: Map<string, Gap>, gap: Gap): void {
  const known = gaps.get(gap.id);
  if (known === undefined) {
    gaps.set(gap.id, gap);
    return;
  }
  const expected = JSON.stringify(gap.expected);
  if (JSON.stringify(known.expected) !== expected) {
    const id = stableId("g", [gap.id, expected]);
    gaps.set(id, { ...gap, id });
    return;
  }
  gaps.set(gap.id, {
    ...(known.severity === "error" ? known : gap),
    applications: [...new Set([...known.applications, ...gap.applications])],
    introducedBy: known.introducedBy ?? gap.introducedBy,
    operations: [...new Set([...known.operations, ...gap.operations])],
  });
}

function addUnverified(found: Map<string, Unverified>, unverified: Unverified): void {
  const key = unverified.reason + subjectKey(unverified.subject);
  const features = [...(found.get(key)?.features ?? []), ...unverified.features];
  found.set(key, { ...unverified, features: [...new Set(features)] });
}

function bySeverityAndSubject(a: Gap, b: Gap): number {
  const bySeverity = Number(b.severity === "error") - Number(a.severity === "error");
  return bySeverity || compareText(subjectKey(a.subject), subjectKey(b.subject)) || compareText(a.code, b.code);
}

function subjectKey({ kind, schema, relation, name }: Subject): string {
  return JSON.stringify([schema ?? "", relation ?? name, relation === null ? "" : name, kind]);
}
