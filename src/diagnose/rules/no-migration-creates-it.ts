/**
 * NO_MIGRATION_CREATES_IT: all migrations of the application were replayed, and none of them made the object. The
 * development database has it from `db push` or by hand; a database that is made by the migrations never will.
 */
import { displayName, qualifiedKey } from "../../model/names.js";
import type { Gap, GapCode } from "../../model/report.js";
import { subjectObject, subjectRelation } from "../../model/subject.js";
import { type Provenances, provenancesOf } from "../provenance.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";

/** Keys and indexes are matched by what they do, so their names prove nothing; what blocks is not expected at all. */
const CODES: readonly GapCode[] = [
  "MISSING_TABLE",
  "MISSING_VIEW",
  "MISSING_COLUMN",
  "MISSING_ENUM",
  "MISSING_ENUM_LABEL",
  "MISSING_DOMAIN",
  "MISSING_SEQUENCE",
  "MISSING_EXTENSION",
  "MISSING_FUNCTION",
  "MISSING_TRIGGER",
];

export function noMigrationCreatesIt(facts: Facts): Explanation[] {
  const { contract, gaps } = facts;
  if (contract.provenance.length === 0) return [];
  const provenances = provenancesOf(contract);
  const replayed = replayedApplications(facts, provenances);
  const orphans = gaps.filter(
    ({ code, introducedBy, applications, subject }) =>
      CODES.includes(code) &&
      introducedBy === null &&
      applications.some((name) => replayed.has(name)) &&
      provenances.find(subject) === undefined,
  );
  if (orphans.length === 0) return [];
  const migrations = new Set(
    contract.provenance.flatMap(({ createdBy, changedBy }) => [createdBy.migration, changedBy.migration]),
  );
  return [
    {
      code: "NO_MIGRATION_CREATES_IT",
      key: orphans.map(({ id }) => id),
      confidence: "certain",
      gaps: orphans.map(({ id }) => id),
      restates: [],
      message: `No migration creates ${listNames(orphans.map(objectName))}: a database that is made by the migrations alone cannot have ${orphans.length === 1 ? "it" : "them"}.`,
      evidence: [
        {
          fact: `the migrations were replayed on an empty server when the contract was compiled; ${migrations.size === 1 ? "one of them makes" : `${migrations.size} of them make`} the rest of the schema, and none makes ${orphans.length === 1 ? "this" : "these"}`,
          source: "contract",
        },
      ],
      doubt: null,
    },
  ];
}

/** Applications whose migrations the contract was made of: it knows the origin of at least one of their relations. */
function replayedApplications({ contract }: Facts, provenances: Provenances): Set<string> {
  const isKnown = (schema: string, name: string) =>
    provenances.find({ kind: "table", schema, relation: null, name }) !== undefined;
  return new Set(
    contract.applications
      .filter(({ relations }) => relations.some(({ schema, name }) => isKnown(schema, name)))
      .map(({ name }) => name),
  );
}

/** `column public.users.email`, `extension citext` */
function objectName({ subject }: Gap): string {
  const { kind, name } = subject;
  const relation = subjectRelation(subject);
  if (relation !== null) {
    const isWhole =
      qualifiedKey(relation) === qualifiedKey({ schema: relation.schema, name }) && subject.relation === null;
    return isWhole ? displayName(relation) : `${kind} ${displayName(relation)}.${name}`;
  }
  const object = subjectObject(subject);
  if (kind === "enum" && subject.relation !== null && object !== null)
    return `label ${name} of enum ${displayName(object)}`;
  return object === null ? `${kind} ${name}` : `${kind} ${displayName(object)}`;
}
