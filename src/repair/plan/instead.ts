/** What a gap's own statements would be and make, for causes that put something else in their place. */
import type { Gap } from "../../model/report.js";
import { subjectObject, subjectRelation } from "../../model/subject.js";
import { unguarded } from "./guards.js";
import { columnKey, labelKey, relationKey, typeKey } from "./needs.js";
import type { Planned } from "./task.js";

/** What others in the plan might need of the gap's object. */
export function madeBy(gap: Gap): string[] {
  const relation = subjectRelation(gap.subject);
  const object = subjectObject(gap.subject);
  switch (gap.code) {
    case "MISSING_TABLE":
    case "MISSING_VIEW":
      return relation === null ? [] : [relationKey(relation)];
    case "MISSING_COLUMN":
      return relation === null ? [] : [columnKey(relation, gap.subject.name)];
    case "MISSING_ENUM":
    case "MISSING_DOMAIN":
      return object === null ? [] : [typeKey(object)];
    case "MISSING_ENUM_LABEL":
      return object === null ? [] : [labelKey(object, gap.subject.name)];
    default:
      return [];
  }
}

/** For people to choose from. */
export function statementsOf({ tasks, left }: Planned): string[] {
  return [
    ...tasks.flatMap(({ drafts }) => drafts.map(({ statement }) => unguarded(statement))),
    ...left.flatMap(({ notDone }) => notDone.statements),
  ];
}
