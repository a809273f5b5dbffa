/** Gaps that are not mended by themselves: those of partitions, and those that applications see differently. */

import { partitionClause } from "../../model/definitions.js";
import { groupBy } from "../../model/group.js";
import { compareQualified, displayName, type QualifiedName } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import { subjectRelation } from "../../model/subject.js";
import { leave } from "./draft.js";
import type { Known } from "./known.js";
import type { Planned } from "./task.js";

/**
 * By id of the gap of a partitioned table, the gaps of partitions that its statements mend as well: PostgreSQL hands
 * columns, indexes and constraints down, and refuses to change most of them in a partition alone.
 */
export function followersOf(gaps: readonly Gap[], known: Known): Map<string, Gap[]> {
  const pairs = gaps.flatMap((gap) => {
    const table = subjectRelation(gap.subject);
    const parent = table === null ? null : parentOf(known, table);
    const leader = parent === null ? undefined : gaps.find((each) => isSameBut(each, gap, parent));
    return leader === undefined ? [] : [{ leader, gap }];
  });
  const direct = groupBy(pairs, ({ leader }) => leader.id);
  // Partitions may have partitions.
  const all = (id: string): Gap[] => (direct.get(id) ?? []).flatMap(({ gap }) => [gap, ...all(gap.id)]);
  return new Map([...direct.keys()].map((id) => [id, all(id)]));
}

function parentOf(known: Known, table: QualifiedName): QualifiedName | null {
  const actual = known.actual(table);
  if (actual !== null) return actual.partitionOf;
  return known.lacksRelation(table) ? null : (partitionClause(known.definitions, table)?.parent ?? null);
}

/** Columns and triggers keep their names, the names of indexes and constraints are free. */
function isSameBut(leader: Gap, gap: Gap, parent: QualifiedName): boolean {
  const relation = subjectRelation(leader.subject);
  if (relation === null || compareQualified(relation, parent) !== 0 || leader.code !== gap.code) return false;
  const keepsName = gap.subject.kind === "column" || gap.subject.kind === "trigger";
  if (keepsName) return leader.subject.name === gap.subject.name;
  const isPart = gap.subject.kind === "index" || gap.subject.kind === "constraint";
  return isPart && gap.code.startsWith("MISSING_") && JSON.stringify(leader.expected) === JSON.stringify(gap.expected);
}

/** The same plan, told to close these gaps as well. */
export function alsoFor({ tasks, left }: Planned, gaps: readonly Gap[]): Planned {
  if (gaps.length === 0) return { tasks, left };
  const ids = gaps.map(({ id }) => id);
  return {
    tasks: tasks.map((task) => ({ ...task, gaps: [...task.gaps, ...ids] })),
    left: left.map((each) => ({ ...each, notDone: { ...each.notDone, gaps: [...each.notDone.gaps, ...ids] } })),
  };
}

/** By id of a gap, the gaps about the same fact for which another application expects something else. */
export function disputedOf(gaps: readonly Gap[]): Map<string, readonly Gap[]> {
  const same = groupBy(gaps, ({ code, subject }) => JSON.stringify([code, subject]));
  const disputed = [...same.values()].filter((all) => all.length > 1 && !ADDS_UP.includes(all[0]?.code ?? ""));
  return new Map(disputed.flatMap((all) => all.map((gap) => [gap.id, all.filter((other) => other !== gap)] as const)));
}

/** Two applications may name different columns of one table: it gets all of them. */
const ADDS_UP = ["MISSING_TABLE", "MISSING_VIEW", "MISSING_PRIVILEGE", "MISSING_ENUM"];

/** Whatever is done for the one is a gap for the other. */
export function dispute(gap: Gap, others: readonly Gap[]): Planned {
  const { schema, relation, name } = gap.subject;
  const subject = relation === null || schema === null ? name : `${displayName({ schema, name: relation })}.${name}`;
  const claims = [gap, ...others].map(
    (each) => `${each.applications.join(", ")} expects ${JSON.stringify(each.expected)}`,
  );
  return leave(
    [gap, ...others],
    `Agree on ${subject}`,
    `The applications expect different things: ${[...new Set(claims)].sort().join("; ")}.`,
  );
}
