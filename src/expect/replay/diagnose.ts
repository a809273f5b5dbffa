/** Why a script was refused: from the error, and from what the scripts before and after it say. Pure. */
import type { LintCode } from "../../model/lint.js";
import type { MigrationTool } from "../../model/migrations.js";
import { type Complaint, complaintOf, displayComplaint, unavailableExtension } from "./complaint.js";
import { type DeedBook, type Placed, placeOf } from "./creators.js";
import { hintFor, newerFunction } from "./hints.js";
import { extensionOf } from "./known-extensions.js";

export interface Case {
  readonly tool: MigrationTool;
  readonly sqlstate: string;
  readonly message: string;
  /** The refused script in the order of the replay, and the line of the refused statement. */
  readonly index: number;
  readonly line: number | null;
  readonly book: DeedBook;
  /** Names of the migrations in the other order in use, when there is one. */
  readonly otherOrder: readonly string[] | null;
  /** Earlier scripts that were refused as well. */
  readonly failed: ReadonlySet<number>;
  /** Schemas that exist at this moment. */
  readonly schemas: readonly string[];
  readonly missingExtensions: ReadonlySet<string>;
  /** Migrations that are code and so were not run, in their order. */
  readonly unread: readonly string[];
}

export interface Diagnosis {
  readonly code: LintCode;
  readonly diagnosis: string;
}

export function diagnoseFailure(input: Case): Diagnosis {
  const extension = unavailableExtension(input);
  if (extension !== null) return needsExtension(`extension "${extension}" is not available in the throwaway server`);
  if (input.sqlstate === "25001" || input.sqlstate === "55P04") return notInTransaction(input);
  const complaint = complaintOf(input.sqlstate, input.message);
  if (complaint === null || newerFunction(input.message) !== null) return statementFailed(input);
  return complaint.about === "duplicate" ? duplicate(input, complaint) : missing(input, complaint);
}

function duplicate({ book, index, line, failed, tool }: Case, complaint: Complaint): Diagnosis {
  const what = displayComplaint(complaint);
  const earlier = book
    .find(complaint, "create")
    .filter(
      (each) => !failed.has(each.index) && (each.index < index || (each.index === index && each.line < (line ?? 0))),
    );
  const creator = earlier.at(-1);
  const again = placeAt(book, index, line);
  if (complaint.what === "role") {
    return {
      code: "NEEDS_ROLE",
      diagnosis: `${capital(what)} exists on the server already, because roles belong to the whole server. Create it only if it is missing, or outside of the migrations.`,
    };
  }
  if (creator === undefined) {
    return {
      code: "DUPLICATE_OBJECT",
      diagnosis: `${capital(what)} is there already when ${again} creates it; no earlier statement names it, so PostgreSQL may have chosen the name (for a key, a sequence or an index of an earlier statement).`,
    };
  }
  const where = creator.index === index ? "the same script creates it twice" : "two migrations create it";
  return {
    code: "DUPLICATE_OBJECT",
    diagnosis: `${capital(what)} is created at ${placeOf(creator)} and again at ${again}: ${where}. On an empty database the second one always fails. Take it out of one of them${resolveHint(tool)}.`,
  };
}

function resolveHint(tool: MigrationTool): string {
  return tool === "prisma" ? " (a database where the second was marked as applied by hand needs no change)" : "";
}

function missing(input: Case, complaint: Complaint): Diagnosis {
  const { book, index, line } = input;
  if (complaint.what === "role") return needsRole(complaint);
  const creators = book.find(complaint, "create");
  const isBefore = (each: Placed) => each.index < index || (each.index === index && each.line < (line ?? 0));
  const earlier = creators.filter(isBefore).at(-1);
  const later = creators.find((each) => !isBefore(each) && (each.index > index || line !== null));
  if (earlier !== undefined) return createdEarlier(input, complaint, earlier, later);
  if (later !== undefined) return createdLater(input, complaint, later);
  return createdNowhere(input, complaint);
}

/** It was created: then it was dropped since, or what creates it failed, or it stands in another schema. */
function createdEarlier(input: Case, complaint: Complaint, creator: Placed, later: Placed | undefined): Diagnosis {
  const what = capital(displayComplaint(complaint));
  if (input.failed.has(creator.index)) {
    if (later !== undefined) return createdLater(input, complaint, later);
    return {
      code: "STATEMENT_FAILED",
      diagnosis: `${what} should have been created at ${placeOf(creator)}, but that migration failed. Mend that one first.`,
    };
  }
  const drop = input.book
    .find(complaint, "drop")
    .filter(({ index, deed }) => index > creator.index || (index === creator.index && deed.at > creator.deed.at))
    .find(({ index }) => index <= input.index);
  if (drop !== undefined) {
    return {
      code: "STATEMENT_FAILED",
      diagnosis: `${what} was created at ${placeOf(creator)} and dropped or renamed at ${placeOf(drop)}, before this statement needs it.`,
    };
  }
  return {
    code: "STATEMENT_FAILED",
    diagnosis: `${what} is created at ${placeOf(creator)}, but it is not found from here: ${elsewhere(complaint, creator)}`,
  };
}

/** Why a statement that creates it earlier does not help. */
function elsewhere({ schema }: Complaint, { deed }: Placed): string {
  if (schema !== null || deed.schema === null) {
    return "it may stand in another schema than the one searched, or that statement did nothing (IF NOT EXISTS, a condition).";
  }
  return `it stands in schema "${deed.schema}", which is not searched. If the application's search_path begins with that schema, say so: --schema ${deed.schema}.`;
}

function createdLater(input: Case, complaint: Complaint, creator: Placed): Diagnosis {
  const { book, index, otherOrder, line } = input;
  const what = capital(displayComplaint(complaint));
  const needs = placeAt(book, index, line);
  const here = book.scripts[index]?.name ?? "";
  const there = creator.script.name;
  const place = (order: readonly string[], name: string) => order.indexOf(name);
  if (otherOrder !== null && place(otherOrder, there) >= 0 && place(otherOrder, there) < place(otherOrder, here)) {
    const used = book.scripts.map(({ name }) => name);
    return {
      code: "ORDER_DIFFERS",
      diagnosis: `${what} is needed at ${needs} and created at ${placeOf(creator)}. Two orders are in use, and only in the other one it comes in time. Order used here: ${excerpt(used, here, there)}. Other order: ${excerpt(otherOrder, here, there)}. Rename one of the migrations so that both orders agree.`,
    };
  }
  const why = creator.index === index ? "further down in the same script" : "by a later migration";
  return {
    code: "DEPENDENCY_ORDER",
    diagnosis: `${what} is needed at ${needs}, but it is created ${why}, at ${placeOf(creator)}. What creates it must come first: move the statement, or rename the migration so that it sorts earlier.`,
  };
}

function createdNowhere(input: Case, complaint: Complaint): Diagnosis {
  const { schema, relation, name, what } = complaint;
  const text = capital(displayComplaint(complaint));
  if (what === "extension") return needsExtension(`extension "${name}" is not installed when this statement needs it`);
  const brings = ["type", "function", "operator class"].includes(what) ? extensionOf(schema, name) : null;
  if (brings !== null) {
    const why = input.missingExtensions.has(brings)
      ? "which the throwaway server does not have"
      : "which no migration creates before";
    return needsExtension(`${text} comes from extension "${brings}", ${why}`);
  }
  const home = what === "schema" ? name : schema;
  const left = [...input.missingExtensions].find((each) => each === home || each === `pg_${home}`);
  if (left !== undefined) {
    return needsExtension(`${text} comes from extension "${left}", which the throwaway server does not have`);
  }
  if (what === "schema") return needsSchema(input, name);
  if (schema !== null && !input.schemas.includes(schema)) return needsSchema(input, schema);
  if (input.missingExtensions.size > 0 && ["type", "function", "operator class"].includes(what)) {
    const names = [...input.missingExtensions].map((each) => `"${each}"`).join(", ");
    return needsExtension(
      `${text} is created by no migration; it may come from an extension that was left out (${names})`,
    );
  }
  if (what === "column" && relation === null) {
    // Of which relation, PostgreSQL does not say: a slip of the pen is as likely as a history without its beginning.
    const { code, diagnosis } = statementFailed(input);
    return { code, diagnosis: `${diagnosis} No migration creates a column of this name${caseHint(input, complaint)}.` };
  }
  if (input.unread.length > 0) {
    return {
      code: "NO_MIGRATION_CREATES_IT",
      diagnosis: `No migration that was read creates ${displayComplaint(complaint)}${caseHint(input, complaint)}. ${unreadHint(input.unread)}`,
    };
  }
  return {
    code: "NO_MIGRATION_CREATES_IT",
    diagnosis: `No migration creates ${displayComplaint(complaint)}${caseHint(input, complaint)}. The history has no baseline: it was written for a database that had it before. ${baseline(input.tool)}`,
  };
}

function unreadHint(unread: readonly string[]): string {
  const [first] = unread;
  const which =
    unread.length === 1 ? `${first} is code` : `${unread.length} migrations are code (the first is ${first})`;
  return `But ${which}, which is not run here and may create it. Compile from a database that all migrations have run in: --from-database.`;
}

function baseline(tool: MigrationTool): string {
  if (tool !== "prisma")
    return "Add a first migration that creates it, and record it as applied where it exists already.";
  return "Add a first migration (0_init) that creates it, made with `prisma migrate diff` from the database as it was, and record it where the object exists already with `prisma migrate resolve --applied 0_init`.";
}

/** Unquoted names are folded to lower case; the tables of many ORMs have capitals. */
function caseHint({ book }: Case, { name, kinds }: Complaint): string {
  for (const index of book.scripts.keys()) {
    const near = book.deeds(index).find((deed) => {
      const isKind = deed.act === "create" && kinds.includes(deed.kind);
      return isKind && deed.name !== name && deed.name.toLowerCase() === name.toLowerCase();
    });
    if (near !== undefined) return ` (there is "${near.name}": names with capitals must be quoted)`;
  }
  return "";
}

function needsRole({ name }: Complaint): Diagnosis {
  return {
    code: "NEEDS_ROLE",
    diagnosis: `Role "${name}" must exist before the migrations run, and it could not be created in the throwaway server for this statement.`,
  };
}

function needsExtension(what: string): Diagnosis {
  return {
    code: "NEEDS_EXTENSION",
    diagnosis: `${capital(what)}. Replay on a server that has it: --scratch-url postgresql://..., for example an image that brings it along; where it is there, begin with CREATE EXTENSION IF NOT EXISTS.`,
  };
}

const SUPABASE = ["auth", "storage", "extensions", "realtime", "vault", "graphql_public"];

function needsSchema({ tool }: Case, name: string): Diagnosis {
  const supabase =
    tool === "supabase" || SUPABASE.includes(name)
      ? " Supabase's own schemas come with its image: replay on a server started from it, with --scratch-url."
      : "";
  return {
    code: "NEEDS_SCHEMA",
    diagnosis: `Schema "${name}" must exist before the migrations run: none of them creates it. Add CREATE SCHEMA IF NOT EXISTS "${name}", or replay on a server that has it.${supabase}`,
  };
}

function notInTransaction({ message, sqlstate }: Case): Diagnosis {
  const what =
    sqlstate === "55P04"
      ? "A new enum label can be used only after the transaction that added it has been committed"
      : "The statement cannot run in a transaction";
  return {
    code: "NOT_IN_TRANSACTION",
    diagnosis: `${what} (${message}), and the script's own BEGIN ... COMMIT, or the tool, puts it into one. Give the statement a migration of its own.`,
  };
}

/** What the throwaway server refuses to spend, or could not bear; by the message where that tells more. */
const LIMITS: Readonly<Record<string, string>> = {
  "57014":
    "It took longer than the replay allows, on tables that hold nothing but what the migrations themselves insert: it computes instead of describing a schema, or waits for something that never comes.",
  "53100": "A schema without rows is small: rows that migrations insert do not belong to it.",
  "53200": "Each process of the throwaway server has one gigabyte of memory.",
  "out of shared memory":
    "A transaction keeps a lock for everything that it makes or touches until its end, and the server has no room for so many (max_locks_per_transaction): cut the script into several.",
  "53400": "A schema without rows needs no such amounts.",
  "08006": "The script brought down the session in which it ran.",
};

function overLimit({ message }: Case, why: string): Diagnosis {
  return {
    code: "RESOURCE_LIMIT",
    diagnosis: `The throwaway server ended the script: ${message}. ${why} Take what computes or fills tables out of the migrations, or replay on a server of your own: --scratch-url postgresql://...`,
  };
}

function needsSuperuser({ message }: Case): Diagnosis {
  return {
    code: "NEEDS_SUPERUSER",
    diagnosis: `PostgreSQL refuses the statement: ${message}. Migrations replay as a role that owns its database and is no superuser: the files, the programs and the network of this machine are out of its reach. Where a migration that you trust needs that, replay on a server whose role may do it: --scratch-url postgresql://... (docs/throwaway-server.md).`,
  };
}

function statementFailed(input: Case): Diagnosis {
  const { sqlstate, message, line, book, index } = input;
  const limit = LIMITS[message] ?? LIMITS[sqlstate];
  if (limit !== undefined) return overLimit(input, limit);
  if (sqlstate === "42501" && !message.includes("row-level security")) return needsSuperuser(input);
  const hint = hintFor({ sqlstate, message, line, script: book.scripts[index] });
  return {
    code: "STATEMENT_FAILED",
    diagnosis: `PostgreSQL refuses the statement: ${message}.${hint === null ? "" : ` ${hint}`}`,
  };
}

function placeAt(book: DeedBook, index: number, line: number | null): string {
  const file = book.scripts[index]?.file ?? "";
  return line === null ? file : `${file}:${line}`;
}

/** The two migrations with their places in an order: `4. a, 9. b`. */
function excerpt(order: readonly string[], ...names: readonly string[]): string {
  return names
    .map((name) => ({ name, place: order.indexOf(name) + 1 }))
    .sort((a, b) => a.place - b.place)
    .map(({ name, place }) => `${place}. ${name}`)
    .join(", ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
