/** To which applications, and to which migration, a gap belongs. */
import type { Application, Contract, ExpectedRelation } from "../model/contract.js";
import type { QualifiedName } from "../model/names.js";
import type { Gap, GapCode, Subject } from "../model/report.js";
import { subjectObject, subjectRelation } from "../model/subject.js";

/** The applications that expect the gap's object; all of them when the contract does not tell. */
export function applicationsOf(contract: Contract, { subject }: Gap): readonly Application[] {
  const owners = contract.applications.filter((application) => expects(application, subject));
  return owners.length > 0 ? owners : contract.applications;
}

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
      : contract.applications.flatMap((application) => find(application, name) ?? []);
  const column = gap.code === "MISSING_COLUMN" ? columnOrigin(relations, gap.subject) : null;
  if (column !== null) return { migration: column, exact: true };
  const migration = gap.introducedBy ?? relations.map(({ introducedBy }) => introducedBy).find((each) => each !== null);
  if (migration === undefined) return null;
  return { migration, exact: EXACT.includes(gap.code) || name === null };
}

const EXACT: readonly GapCode[] = ["MISSING_TABLE", "MISSING_VIEW", "MISSING_ROWS"];

/** Whether the contract names migrations for objects of these applications; then one that it does not name tells something. */
export function namesOrigins(contract: Contract, applications: readonly string[]): boolean {
  return contract.applications
    .filter(({ name }) => applications.includes(name))
    .some(({ relations }) => relations.some(({ introducedBy }) => introducedBy !== null));
}

function columnOrigin(relations: readonly ExpectedRelation[], { name }: Subject): string | null {
  const origins = relations.map(({ columnIntroducedBy }) => columnIntroducedBy);
  return origins.find((origin) => Object.hasOwn(origin, name))?.[name] ?? null;
}

function expects(application: Application, subject: Subject): boolean {
  const relation = subjectRelation(subject);
  if (relation !== null) return find(application, relation) !== undefined;
  if (subject.kind === "rows") {
    return application.features.some(({ rows }) => rows.some(({ id }) => id === subject.name));
  }
  if (subject.kind === "extension") return application.extensions.includes(subject.name);
  if (subject.kind === "schema") {
    return application.schema === subject.name || application.relations.some(({ schema }) => schema === subject.name);
  }
  const lists: Partial<Record<Subject["kind"], readonly QualifiedName[]>> = {
    enum: application.enums,
    domain: application.domains,
    sequence: application.sequences,
    function: application.functions,
  };
  const object = subjectObject(subject);
  return (lists[subject.kind] ?? []).some(({ schema, name }) => schema === object?.schema && name === object.name);
}

function find(application: Application, wanted: QualifiedName): ExpectedRelation | undefined {
  return application.relations.find(({ schema, name }) => schema === wanted.schema && name === wanted.name);
}
