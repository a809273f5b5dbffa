/**
 * PERMISSION_DENIED: the objects are there, and a role may not use them. Certain, the catalog says so. Of the application's
 * role it is a gap; where the role that looks is not allowed to, something could not be looked at.
 */
import { grantStatement, schemaGrant, selectGrant } from "../../model/grants.js";
import { displayName } from "../../model/names.js";
import type { Gap, Unverified } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import { touchedBy } from "../around.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";

export function permissionDenied(facts: Facts): Explanation[] {
  return [...forTheApplication(facts), ...forTheLooker(facts)];
}

function forTheApplication({ gaps }: Facts): Explanation[] {
  const denied = gaps.filter(({ code }) => code === "MISSING_PRIVILEGE");
  if (denied.length === 0) return [];
  const where = [...new Set(denied.map(objectName))];
  return [
    {
      code: "PERMISSION_DENIED",
      key: [],
      confidence: "certain",
      gaps: denied.map(({ id }) => id),
      restates: [],
      doubt: null,
      message: `The database user of the application is not allowed to use ${listNames(where)} as the application does: privileges are missing.`,
      evidence: denied.map((gap) => ({ fact: fact(gap), source: "privileges in the catalog" })),
    },
  ];
}

function fact(gap: Gap): string {
  const grant = grantStatement(gap);
  return grant === null ? gap.message : `${gap.message} To allow it: ${grant}`;
}

function objectName({ subject }: Gap): string {
  const relation = subjectRelation(subject);
  return relation === null ? `schema ${subject.schema ?? subject.name}` : displayName(relation);
}

interface Denial {
  readonly about: Unverified;
  readonly where: string;
  readonly what: string;
  readonly grant: string;
}

/** The role of this connection, which need not be the application's. */
function forTheLooker(facts: Facts): Explanation[] {
  const role = facts.target?.user ?? null;
  const denials = role === null ? [] : facts.unverified.flatMap((each) => denialsOf(facts, each, role));
  if (denials.length === 0) return [];
  const distinct = [...new Map(denials.map((denial) => [denial.grant, denial])).values()];
  const where = listNames([...new Set(denials.map((denial) => denial.where))]);
  return [
    {
      code: "PERMISSION_DENIED",
      key: ["looking", ...distinct.map(({ grant }) => grant)],
      confidence: "certain",
      gaps: [],
      restates: [],
      unverified: [...new Set(denials.map(({ about }) => about.subject))],
      doubt: null,
      message: `The database user that schemaready connects as is not allowed to look at ${where}, so nothing can be said about that.`,
      evidence: distinct.map(({ what, grant }) => ({
        fact: `role ${role ?? ""} has no ${what}. To allow it: ${grant}`,
        source: "privileges in the catalog",
      })),
    },
  ];
}

/** Row security refuses with the same SQLSTATE: where no privilege is missing, it is not this. */
function denialsOf(facts: Facts, about: Unverified, role: string): Denial[] {
  const { subject, sqlstate } = about;
  if (sqlstate !== "42501") return [];
  if (subject.kind === "schema") {
    return [usageDenial(about, subject.name, role)];
  }
  const touched = touchedBy(facts, about);
  if (touched === undefined) return [];
  const name = displayName(touched);
  return [
    ...(touched.usage ? [] : [usageDenial(about, touched.schema, role)]),
    ...(touched.select ? [] : [{ about, where: name, what: `SELECT on ${name}`, grant: selectGrant(touched, role) }]),
  ];
}

function usageDenial(about: Unverified, schema: string, role: string): Denial {
  return { about, where: `schema ${schema}`, what: `USAGE on schema ${schema}`, grant: schemaGrant(schema, role) };
}
