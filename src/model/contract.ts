/**
 * The contract: what the deployed code needs, compiled from check files, from migrations or from a reference database.
 * `expected` has the type of the actual side, because the throwaway server was read by the same code.
 */
import type { ObjectDefinition } from "./definitions.js";
import type { RecordTool } from "./migrations.js";
import type { QualifiedName } from "./names.js";
import type { Provenance } from "./provenance.js";
import type { Column, Constraint, DomainType, EnumType, Index, RelationKind } from "./schema.js";

export interface Contract {
  /** `sha256:` and the digest of the content: the same sources give the same id on every machine. */
  readonly id: string;
  readonly source: ContractSource;
  readonly applications: readonly Application[];
  /** Which migration brings which object, when the contract was compiled from migrations; empty otherwise. */
  readonly provenance: readonly Provenance[];
  /**
   * What the model says too little about to make it again, in an order in which it can be made. Absent: nothing was built
   * or read whole (check files), or an older schemaready compiled it.
   */
  readonly definitions?: readonly ObjectDefinition[] | undefined;
}

export type ContractSource = "check-files" | "prisma-migrations" | "prisma-schema" | "sql" | "database" | "mixed";

/** One application as its check file (or several that agree) describes it. */
export interface Application {
  readonly name: string;
  /** The schema of every object that is written without one. */
  readonly schema: string;
  /** The role the application connects as; null: judge the connected role. `false`: do not judge privileges. */
  readonly role: string | false | null;
  readonly relations: readonly ExpectedRelation[];
  readonly enums: readonly ExpectedEnum[];
  readonly domains: readonly DomainType[];
  readonly sequences: readonly QualifiedName[];
  readonly functions: readonly ExpectedFunction[];
  readonly extensions: readonly string[];
  readonly migrations: ExpectedMigrations | null;
  readonly features: readonly Feature[];
}

/** A relation that must exist, with what is required of it. Whatever is not listed is not looked at, unless `complete`. */
export interface ExpectedRelation extends QualifiedName {
  /** Null: any relation that has columns will do. */
  readonly kind: RelationKind | null;
  /** The lists name everything the application knows: another NOT NULL column, key, check or foreign key can block its writes. */
  readonly complete: boolean;
  /** The language it was described in, when that cannot say everything: what it has no words for is not held against the database. */
  readonly describedBy?: "prisma-schema" | undefined;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  /** Names of triggers that must exist and be enabled. */
  readonly triggers: readonly string[];
  /** Migration that creates the relation, when known. */
  readonly introducedBy: string | null;
  /** Migration that adds a column, when it is not the relation's own: column name -> migration name. */
  readonly columnIntroducedBy: Readonly<Record<string, string>>;
}

export interface ExpectedEnum extends EnumType {
  /** Whether the order of the labels matters to the application (`<`, ORDER BY); only then is it compared. */
  readonly ordered: boolean;
}

export interface ExpectedFunction extends QualifiedName {
  /** Identity arguments (`text, integer`), or null: any overload will do. */
  readonly arguments: string | null;
}

export interface ExpectedMigrations {
  /** `sql`: numbered scripts without a tool, so nothing records that they ran. */
  readonly tool: RecordTool | "sql";
  /** Schema of the record table; null: the application's schema, else wherever it is found. */
  readonly schema: string | null;
  /** Name of the record table where it is not the tool's own. */
  readonly table?: string | undefined;
  /** As the tool records them, oldest first. */
  readonly required: readonly string[];
  /** The whole directory, when the contract was compiled from one; then a record of another name is unknown to the build. */
  readonly scripts?: readonly ExpectedScript[] | undefined;
  /** The directory holds migrations that are not in `scripts` (code, which is not run): then any record may be of this build. */
  readonly incomplete?: true | undefined;
}

/** One migration of the directory that the contract was compiled from. */
export interface ExpectedScript {
  /** As the tool records it. */
  readonly name: string;
  /** Relative to the directory of the migrations, with `/`. */
  readonly file: string;
  /** As the tool records it; of tools that record none, `sha256:` and the digest of the up part with LF line ends. */
  readonly checksum: string;
  /** Checksums of the same text with other line ends. */
  readonly alike?: readonly string[] | undefined;
  /** What the tool records beside or instead of the name: Drizzle's `when`. */
  readonly recordedAs?: string | undefined;
  /** A database that is older passes it over: Atlas' checkpoint, Flyway's baseline migration. */
  readonly startsHistory?: true | undefined;
}

/** A named part of the application; the unit of impact. */
export interface Feature {
  readonly id: string;
  readonly title: string;
  readonly application: string;
  /** `METHOD /path/{parameter}` */
  readonly endpoints: readonly string[];
  readonly uses: readonly RelationUse[];
  readonly rows: readonly RowsExpectation[];
  /** Migrations whose absence the feature would feel even when every object exists (data migrations). */
  readonly migrations: readonly string[];
}

/** What one feature does with one relation. Column lists are resolved: `*` became the names of the expected columns. */
export interface RelationUse {
  readonly relation: QualifiedName;
  readonly select: readonly string[];
  readonly insert: readonly string[] | null;
  readonly update: readonly string[];
  readonly delete: boolean;
}

/** Reference data that must be there: between `atLeast` and `atMost` rows satisfy `where`. */
export interface RowsExpectation {
  readonly id: string;
  readonly relation: QualifiedName;
  /** SQL boolean expression written in the check file, or null for all rows. */
  readonly where: string | null;
  readonly atLeast: number;
  readonly atMost: number | null;
}
