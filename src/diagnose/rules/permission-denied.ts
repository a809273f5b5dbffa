/** PERMISSION_DENIED: the objects are there, the role of the application may not use them. Certain, the catalog says so. */
import { grantStatement } from "../../model/grants.js";
import type { Gap } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import type { Explanation, Facts } from "../rule.js";
import { listNames } from "../text.js";

export function permissionDenied({ gaps }: Facts): Explanation[] {
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
  return relation === null ? `schema ${subject.schema ?? subject.name}` : `${relation.schema}.${relation.name}`;
}
