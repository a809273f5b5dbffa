/** What the queries of this folder give: one row an object, with the statements that make it again. */
import type { SubjectKind } from "../../model/report.js";

export { columnCollation, ownObject, qualified, userSchema } from "../../catalog/index.js";

export type DefinedKind =
  | SubjectKind
  | "type"
  | "collation"
  | "policy"
  | "rule"
  | "statistics"
  | "attachment"
  | "ownership"
  | "contents";

export interface DefinedObject {
  /** Catalog and oid (`pg_class/16402`); what is no object of its own (an attachment) has the oid of what it is about. */
  readonly key: string;
  readonly kind: DefinedKind;
  /** Null for what is in no schema. */
  readonly schema: string | null;
  /** The relation or domain that it belongs to; null for what stands alone. */
  readonly relation: string | null;
  readonly name: string;
  /** To be run together, with an empty search_path. */
  readonly statements: readonly string[];
  /** Keys of what must be there before, besides what pg_depend says. */
  readonly needs?: readonly string[] | null;
  /** An index whose build did not end: it is rebuilt, so its name is taken as on the target, but it is valid. */
  readonly invalid?: boolean;
}

/** A query that reads definitions; none has parameters. */
export interface DefinitionQuery {
  /** Among objects that could be made next, those with the lowest rank are. */
  readonly rank: number;
  text(serverVersion: number): string;
}
