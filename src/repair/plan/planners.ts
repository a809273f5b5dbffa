/** Which planner mends which gap: the compiler proves that none is forgotten. */
import type { Gap, GapCode } from "../../model/report.js";
import type { Situation } from "../situation.js";
import { blockingColumn, blockingConstraint } from "./blocking.js";
import { insteadOf } from "./causes.js";
import { columnType } from "./column-type.js";
import { columnCollation, columnDefault, columnGenerated, columnIdentity } from "./column-values.js";
import { missingColumn } from "./columns.js";
import { alsoFor, dispute, disputedOf, followersOf } from "./companions.js";
import { constraintDefinition, missingConstraint, unvalidatedConstraint } from "./constraints.js";
import { together } from "./draft.js";
import { indexDefinition, invalidIndex, missingIndex } from "./indexes.js";
import { type Known, knownFrom } from "./known.js";
import { columnNullability } from "./nullability.js";
import { missingExtension, missingFunction, missingView } from "./objects.js";
import { hiddenRows, missingPrivilege, missingRows, unappliedMigration } from "./people.js";
import { replacedView } from "./replaced-views.js";
import { missingSequence } from "./sequences.js";
import { missingTable } from "./tables.js";
import type { Planned } from "./task.js";
import { missingTrigger } from "./triggers.js";
import { domainDefinition, enumOrder, missingDomain, missingEnum, missingLabel } from "./types.js";

type Planner = (gap: Gap, known: Known) => Planned;

const PLANNERS: Readonly<Record<GapCode, Planner>> = {
  MISSING_TABLE: missingTable,
  MISSING_VIEW: missingView,
  MISSING_COLUMN: missingColumn,
  MISSING_INDEX: missingIndex,
  INVALID_INDEX: invalidIndex,
  MISSING_CONSTRAINT: missingConstraint,
  UNVALIDATED_CONSTRAINT: unvalidatedConstraint,
  MISSING_ENUM: missingEnum,
  MISSING_ENUM_LABEL: missingLabel,
  MISSING_DOMAIN: missingDomain,
  MISSING_SEQUENCE: missingSequence,
  MISSING_EXTENSION: missingExtension,
  MISSING_FUNCTION: missingFunction,
  MISSING_TRIGGER: missingTrigger,
  COLUMN_TYPE: columnType,
  COLUMN_NULLABILITY: columnNullability,
  COLUMN_DEFAULT: columnDefault,
  COLUMN_IDENTITY: columnIdentity,
  COLUMN_GENERATED: columnGenerated,
  COLUMN_COLLATION: columnCollation,
  INDEX_DEFINITION: indexDefinition,
  CONSTRAINT_DEFINITION: constraintDefinition,
  DOMAIN_DEFINITION: domainDefinition,
  ENUM_ORDER: enumOrder,
  BLOCKING_EXTRA_COLUMN: blockingColumn,
  BLOCKING_EXTRA_CONSTRAINT: blockingConstraint,
  MISSING_PRIVILEGE: missingPrivilege,
  ROW_SECURITY_HIDES_ROWS: hiddenRows,
  MISSING_ROWS: missingRows,
  MIGRATION_NOT_APPLIED: unappliedMigration,
};

/** Every gap by itself; a cause may take the place of its statements, and a partition follows its partitioned table. */
export function plannedFor(situation: Situation): Planned {
  const known = knownFrom(situation);
  const followers = followersOf(situation.gaps, known);
  const following = new Set([...followers.values()].flat().map(({ id }) => id));
  const disputed = disputedOf(situation.gaps);
  const leading = situation.gaps.filter(({ id }) => !following.has(id));
  return together(
    ...leading.map((gap) => {
      const others = disputed.get(gap.id) ?? [];
      const own = () => (others.length > 0 ? dispute(gap, others) : planned(gap, known));
      return alsoFor(insteadOf(gap, known, own) ?? own(), followers.get(gap.id) ?? []);
    }),
  );
}

function planned(gap: Gap, known: Known): Planned {
  return replacedView(gap, known) ?? PLANNERS[gap.code](gap, known);
}
