/** MISSING_EXTENSION, MISSING_FUNCTION, MISSING_VIEW: made as PostgreSQL printed them when the contract was compiled. */
import type { ObjectDefinition } from "../../model/definitions.js";
import { displayName, type QualifiedName, quoteIdentifier } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import { createExtension, createPrinted, dropObject } from "../ddl/index.js";
import { draft, leave, task } from "./draft.js";
import { relationGrants } from "./grants.js";
import { unlessRelation } from "./guards.js";
import { hazard } from "./hazards.js";
import { buildIndex } from "./indexes.js";
import type { Known } from "./known.js";
import { columnKey, columnTypeKey, extensionKey, functionKey, relationKey } from "./needs.js";
import { schemaDrafts } from "./schemas.js";
import { tableOf } from "./subjects.js";
import type { Draft, Planned } from "./task.js";

export function missingExtension(gap: Gap, known: Known): Planned {
  const { name } = gap.subject;
  const [printed] = createPrinted(known.definitions, "extension", { schema: null, relation: null, name });
  const create = draft("extension", printed ?? createExtension(name), gap.message, {
    ...{ alone: true, hazards: [hazard("needs-privilege", `extension ${name}`)], makes: [extensionKey(name)] },
  });
  return task([gap], `Extension ${name}`, [create]);
}

export function missingFunction(gap: Gap, known: Known): Planned {
  const schema = gap.subject.schema ?? "";
  const name = gap.subject.name.replace(/\(.*\)$/s, "");
  const printed = functionDefinitions(known, gap).flatMap(({ sql }) => sql.map((text) => `${text};`));
  const what = `Function ${schema}.${gap.subject.name}`;
  const makes = [functionKey({ schema, name })];
  if (printed.length === 0) return leave([gap], what, whereFrom(gap), { makes });
  const phase = isCalledEarly(known, name) ? "early-function" : "function";
  const drafts = printed.map((sql) => draft(phase, sql, gap.message, { makes, needs: mentioned(known, sql) }));
  return task([gap], what, [...schemaDrafts(known, schema), ...drafts]);
}

/** Without arguments any overload will do. */
function functionDefinitions(known: Known, { subject }: Gap): readonly ObjectDefinition[] {
  const own = known.definitions.filter(({ kind, schema }) => kind === "function" && schema === subject.schema);
  const exact = own.filter(({ name }) => name === subject.name);
  return exact.length > 0 ? exact : own.filter(({ name }) => name.startsWith(`${subject.name}(`));
}

function whereFrom({ introducedBy, message }: Gap): string {
  const origin =
    introducedBy === null
      ? "The contract knows its name only."
      : `The contract knows its name only; it comes with ${introducedBy}.`;
  return `${message} ${origin}`;
}

/** Defaults, checks and indexes call it: then it has to be there before the tables. */
function isCalledEarly(known: Known, name: string): boolean {
  const call = new RegExp(`\\b${name.replace(/\W/g, "\\$&")}"?\\(`);
  const relations = known.situation.contract.applications.flatMap((application) => application.relations);
  return relations.some(({ columns, constraints, indexes }) =>
    [
      ...columns.flatMap((column) => [column.default?.text, column.generated?.expression.text]),
      ...constraints.map((each) => (each.kind === "check" ? each.expression.text : undefined)),
      ...indexes.flatMap(({ keys, predicate }) => [predicate?.text, ...keys.map(({ expression }) => expression?.text)]),
    ].some((text) => text !== undefined && call.test(text)),
  );
}

/** Relations, columns and functions that are missing, and that the text names. */
function mentioned(known: Known, sql: string): string[] {
  return known.situation.gaps.flatMap(({ code, subject }) => {
    const name: QualifiedName = { schema: subject.schema ?? "", name: subject.relation ?? subject.name };
    if (!spellings(name).some((text) => sql.includes(text))) return [];
    if (code === "MISSING_TABLE" || code === "MISSING_VIEW") return [relationKey(name)];
    if (![subject.name, quoteIdentifier(subject.name)].some((text) => sql.includes(text))) return [];
    if (code === "COLUMN_TYPE") return [columnTypeKey(name, subject.name)];
    return code === "MISSING_COLUMN" ? [columnKey(name, subject.name)] : [];
  });
}

function spellings({ schema, name }: QualifiedName): string[] {
  const [s, n] = [quoteIdentifier(schema), quoteIdentifier(name)];
  return [`${schema}.${name}`, `${s}.${n}`, `${schema}.${n}`, `${s}.${name}`];
}

export function missingView(gap: Gap, known: Known): Planned {
  const view = tableOf(gap);
  const relation = known.expected(view, gap.applications);
  const what = `View ${displayName(view)}`;
  const columns = (relation?.columns ?? []).map(({ name }) => name);
  const makes = [relationKey(view), ...columns.flatMap((name) => [columnKey(view, name), columnTypeKey(view, name)])];
  if (gap.actual !== null) return leave([gap], what, `${gap.message} What becomes of it only you can say.`, { makes });
  const printed = createPrinted(known.definitions, "view", { schema: view.schema, relation: null, name: view.name });
  if (printed.length === 0) return leave([gap], what, whereFrom(gap), { makes });
  const isMaterialized = relation?.kind === "materialized-view";
  const needs = printed.flatMap((sql) => mentioned(known, sql)).filter((each) => !makes.includes(each));
  const drafts = printed.map(
    (sql, i): Draft =>
      draft("view", guarded(view, sql), i === 0 ? gap.message : "Fills it.", {
        ...{
          needs,
          makes: i === printed.length - 1 ? makes : [],
          undo: i === 0 ? dropObject(isMaterialized ? "MATERIALIZED VIEW" : "VIEW", view) : null,
        },
      }),
  );
  const indexes = (relation?.indexes ?? []).map(
    (index): Draft => ({ ...buildIndex(known, view, index), phase: "view" }),
  );
  return task([gap], what, [
    ...schemaDrafts(known, view.schema),
    ...drafts,
    ...indexes,
    ...relationGrants(known, view, "view"),
  ]);
}

/** Only what makes it is guarded; to fill it twice does no harm. */
function guarded(view: QualifiedName, sql: string): string {
  return /^CREATE (MATERIALIZED |RECURSIVE )?VIEW (?!IF NOT EXISTS )/.test(sql) ? unlessRelation(view, sql) : sql;
}
