/** Columns whose type is another one than the contract says, seen from that type. */
import { compareQualified, displayName, type QualifiedName } from "../model/names.js";
import type { Gap } from "../model/report.js";
import type { TypeRef } from "../model/schema.js";
import { subjectRelation } from "../model/subject.js";
import { actualRelation, expectedRelations } from "./around.js";
import type { Facts } from "./rule.js";

export interface RetypedColumn {
  readonly gap: Gap;
  /** `public.users.mood` */
  readonly place: string;
  readonly actual: TypeRef;
}

/** Those that should have this type, or an array of it. */
export function retypedColumns(facts: Facts, wanted: QualifiedName): RetypedColumn[] {
  return facts.gaps.flatMap((gap) => {
    const relation = gap.code === "COLUMN_TYPE" ? subjectRelation(gap.subject) : null;
    if (relation === null) return [];
    const { name } = gap.subject;
    const isExpected = expectedRelations(facts, relation).some(({ columns }) =>
      columns.some((column) => column.name === name && compareQualified(column.type, wanted) === 0),
    );
    const actual = actualRelation(facts, relation)?.columns.find((column) => column.name === name)?.type;
    return isExpected && actual !== undefined ? [{ gap, place: `${displayName(relation)}.${name}`, actual }] : [];
  });
}
