/** To which migration a gap belongs. */
import type { Application, Contract, ExpectedRelation } from "./contract.js";
import type { QualifiedName } from "./names.js";
import type { Gap, GapCode, Subject } from "./report.js";
import { subjectRelation } from "./subject.js";

export interface Origin {
  readonly migration: string;
  /**
   * False when it is only the migration that creates the relation: an index, a constraint or a change of a column may
   * have come with a later one.
   */
  readonly exact: boolean;
}

/** The migration that brings the object of a gap: as the gap says, else as the contract says of the column or its relation. */
export function originOf(contract: Contract, gap: Gap): Origin | null {
  const name = subjectRelation(gap.subject);
  // Rows are not brought by the migration that creates their table.
  const relations =
    name === null || gap.code === "MISSING_ROWS"
      ? []
      : contract.applications
          .filter((application) => gap.applications.includes(application.name))
          .flatMap((application) => find(application, name) ?? []);
  const column = gap.code === "MISSING_COLUMN" ? columnOrigin(relations, gap.subject) : null;
  if (column !== null) return { migration: column, exact: true };
  const migration = gap.introducedBy ?? relations.map(({ introducedBy }) => introducedBy).find((each) => each !== null);
  if (migration === undefined) return null;
  return { migration, exact: EXACT.includes(gap.code) || name === null || isTraced(contract, gap) };
}

/** Whether the contract was compiled from migrations and knows where this very object comes from. */
function isTraced({ provenance }: Contract, { subject: { kind, schema, relation, name } }: Gap): boolean {
  return provenance.some(
    ({ subject }) =>
      subject.kind === kind && subject.schema === schema && subject.relation === relation && subject.name === name,
  );
}

const EXACT: readonly GapCode[] = ["MISSING_TABLE", "MISSING_VIEW", "MISSING_ROWS"];

/**
 * Whether the contract names migrations for objects of these applications; then one that it does not name tells something.
 * Those of `without` leave no record, so they are as good as none.
 */
export function namesOrigins(contract: Contract, applications: readonly string[], without: readonly string[]): boolean {
  return contract.applications
    .filter(({ name }) => applications.includes(name))
    .some(({ relations }) =>
      relations.some(({ introducedBy }) => introducedBy !== null && !without.includes(introducedBy)),
    );
}

function columnOrigin(relations: readonly ExpectedRelation[], { name }: Subject): string | null {
  const origins = relations.map(({ columnIntroducedBy }) => columnIntroducedBy);
  return origins.find((origin) => Object.hasOwn(origin, name))?.[name] ?? null;
}

function find(application: Application, wanted: QualifiedName): ExpectedRelation | undefined {
  return application.relations.find(({ schema, name }) => schema === wanted.schema && name === wanted.name);
}
