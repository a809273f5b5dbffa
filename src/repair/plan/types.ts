/** MISSING_ENUM, MISSING_ENUM_LABEL, ENUM_ORDER, MISSING_DOMAIN, DOMAIN_DEFINITION. */
import { literalVisibly, qualifiedVisibly, quoteVisibly } from "../../model/grants.js";
import { compareQualified, displayName, type QualifiedName, quoteQualified } from "../../model/names.js";
import type { Gap } from "../../model/report.js";
import type { Column, DomainType, EnumType } from "../../model/schema.js";
import {
  addDomainCheck,
  addEnumLabel,
  alterType,
  createDomain,
  createEnum,
  dropDefault,
  dropDomainCheck,
  dropDomainDefault,
  dropDomainNotNull,
  dropObject,
  type LabelPlace,
  setDefault,
  setDomainDefault,
  setDomainNotNull,
  validateDomainCheck,
} from "../ddl/index.js";
import { statement } from "../ddl/words.js";
import { draft, leave, NOT_DESCRIBED, PATIENT, task } from "./draft.js";
import { runIf, unlessType } from "./guards.js";
import { hazard } from "./hazards.js";
import type { Known } from "./known.js";
import { labelKey, typeKey, typeNeeds } from "./needs.js";
import { schemaDrafts } from "./schemas.js";
import type { Draft, Planned } from "./task.js";

function nameOf({ subject }: Gap): QualifiedName {
  return {
    schema: subject.schema ?? "",
    name: subject.kind === "enum" ? (subject.relation ?? subject.name) : subject.name,
  };
}

function expectedEnum(known: Known, name: QualifiedName): EnumType | undefined {
  const all = known.situation.contract.applications.flatMap(({ enums }) => enums);
  const same = all.filter((each) => compareQualified(each, name) === 0);
  const [first] = same;
  if (first === undefined) return undefined;
  return { ...first, labels: [...new Set(same.flatMap(({ labels }) => labels))] };
}

export function missingEnum(gap: Gap, known: Known): Planned {
  const name = nameOf(gap);
  const type = expectedEnum(known, name);
  const what = `Enum type ${displayName(name)}`;
  if (type === undefined) return leave([gap], what, NOT_DESCRIBED, { makes: [typeKey(name)] });
  const create = draft("type", unlessType(type, createEnum(type)), gap.message, {
    ...{ makes: [typeKey(name)], undo: dropObject("TYPE", type) },
  });
  return task([gap], what, [...schemaDrafts(known, name.schema), create]);
}

export function missingLabel(gap: Gap, known: Known): Planned {
  const name = nameOf(gap);
  const label = gap.subject.name;
  const place = placeOf(label, expectedEnum(known, name)?.labels ?? [], known.actualEnum(name)?.labels ?? []);
  const add = draft("type", addEnumLabel(name, label, place), gap.message, {
    ...{ transactional: false, alone: true, hazards: [hazard("not-transactional")], makes: [labelKey(name, label)] },
    needs: place.after === undefined ? [] : [labelKey(name, place.after)],
  });
  return task([gap], `Label ${label} of enum ${displayName(name)}`, [add]);
}

/** Behind the label that the contract has before it; the first one before the first that is there. */
function placeOf(label: string, expected: readonly string[], actual: readonly string[]): LabelPlace {
  const at = expected.indexOf(label);
  const before = expected[at - 1];
  if (before !== undefined) return { after: before };
  const next = expected.slice(at + 1).find((each) => actual.includes(each));
  return next === undefined ? {} : { before: next };
}

export function enumOrder(gap: Gap, known: Known): Planned {
  const name = nameOf(gap);
  const type = expectedEnum(known, name);
  const what = `Order of the labels of ${displayName(name)}`;
  if (type === undefined) return leave([gap], what, NOT_DESCRIBED);
  const more = (known.actualEnum(name)?.labels ?? []).filter((label) => !type.labels.includes(label));
  const old = { schema: name.schema, name: `${name.name}_old` };
  const users = usersOf(known, name);
  const why = `${gap.message} PostgreSQL cannot move a label: a new type has to take the place of the old one, and every table that uses it is written anew. Columns that the contract does not know have to be moved as well.`;
  return leave([gap], what, why, {
    statements: [
      statement("ALTER TYPE", qualifiedVisibly(name), "RENAME TO", quoteVisibly(old.name)),
      createEnum({ ...type, labels: [...type.labels, ...more] }),
      ...users.flatMap(({ table, column }) => moved(table, column)),
      dropObject("TYPE", old),
    ],
    hazards: users.map(({ table }) => hazard("table-rewrite", table)),
  });
}

interface User {
  readonly table: QualifiedName;
  readonly column: Column;
}

function usersOf(known: Known, type: QualifiedName): User[] {
  const relations = known.situation.contract.applications.flatMap((application) => application.relations);
  const users = relations
    .filter(({ kind }) => kind === null || kind.endsWith("table"))
    .flatMap((table) => table.columns.map((column) => ({ table, column })));
  const own = users.filter(({ column }) => compareQualified(column.type, type) === 0 && !column.type.array);
  return [...new Map(own.map((each) => [JSON.stringify([displayName(each.table), each.column.name]), each])).values()];
}

function moved(table: QualifiedName, column: Column): string[] {
  const using = `${quoteVisibly(column.name)}::pg_catalog.text::${quoteVisibly(column.type.schema)}.${quoteVisibly(column.type.name)}`;
  const alter = alterType(table, column, using);
  if (column.default === null) return [alter];
  return [dropDefault(table, column.name), alter, setDefault(table, column.name, column.default.text)];
}

function expectedDomain(known: Known, name: QualifiedName): DomainType | undefined {
  return known.situation.contract.applications
    .flatMap(({ domains }) => domains)
    .find((each) => compareQualified(each, name) === 0);
}

export function missingDomain(gap: Gap, known: Known): Planned {
  const name = nameOf(gap);
  const domain = expectedDomain(known, name);
  const what = `Domain ${displayName(name)}`;
  if (domain === undefined) return leave([gap], what, NOT_DESCRIBED, { makes: [typeKey(name)] });
  const create = draft("type", unlessType(domain, createDomain(domain)), gap.message, {
    ...{ makes: [typeKey(name)], needs: typeNeeds(domain.base), undo: dropObject("DOMAIN", domain) },
  });
  return task([gap], what, [...schemaDrafts(known, name.schema), create]);
}

export function domainDefinition(gap: Gap, known: Known): Planned {
  const name = nameOf(gap);
  const what = `Domain ${displayName(name)}`;
  const domain = expectedDomain(known, name);
  const actual = known.situation.models
    ?.flatMap(({ domains }) => domains)
    .find((each) => compareQualified(each, name) === 0);
  if (domain === undefined || actual === undefined)
    return leave([gap], what, `${gap.message} What it is on the target was not looked at.`);
  if (domain.base.text !== actual.base.text) {
    return leave(
      [gap],
      what,
      `${gap.message} PostgreSQL cannot change the base type of a domain: a new one has to take its place in every column.`,
      { hazards: [hazard("table-rewrite"), hazard("data-loss")] },
    );
  }
  return task([gap], what, [...domainValues(gap, domain, actual), ...domainChecks(gap, domain, actual)]);
}

function domainValues(gap: Gap, domain: DomainType, actual: DomainType): Draft[] {
  const drafts: Draft[] = [];
  const [want, have] = [domain.default?.text ?? null, actual.default?.text ?? null];
  if (want !== have) {
    const undo = have === null ? dropDomainDefault(domain) : setDomainDefault(domain, have);
    drafts.push(
      draft("type", want === null ? dropDomainDefault(domain) : setDomainDefault(domain, want), gap.message, { undo }),
    );
  }
  if (domain.nullable === actual.nullable) return drafts;
  if (domain.nullable)
    return [...drafts, draft("loosen", dropDomainNotNull(domain), gap.message, { undo: setDomainNotNull(domain) })];
  const strict = draft("not-null", setDomainNotNull(domain), `${gap.message} Every column of the domain is read.`, {
    ...{
      hazards: [hazard("full-scan"), hazard("fails-with-rows", `domain ${displayName(domain)}`)],
      undo: dropDomainNotNull(domain),
    },
  });
  return [...drafts, strict];
}

function domainChecks(gap: Gap, domain: DomainType, actual: DomainType): Draft[] {
  return [...extraChecks(gap, domain, actual), ...missingChecks(gap, domain, actual)];
}

type Check = DomainType["checks"][number];

function meets(a: Check, b: Check): boolean {
  const isPrinted = a.expression.renderings.some((text) => b.expression.renderings.includes(text));
  return isPrinted || a.expression.text === b.expression.text;
}

/** One that the contract does not name goes, unless the expected one takes its name; one that was not validated is. */
function extraChecks(gap: Gap, domain: DomainType, actual: DomainType): Draft[] {
  const extra = actual.checks.filter(
    (each) => !domain.checks.some((check) => meets(check, each) || check.name === each.name),
  );
  const open = actual.checks.filter(
    (each) => !each.validated && domain.checks.some((check) => check.validated && meets(check, each)),
  );
  return [
    ...extra.map((each) =>
      draft("loosen", dropDomainCheck(domain, each.name), gap.message, {
        hazards: [hazard("weakens-integrity", `domain ${displayName(domain)}`)],
        undo: addDomainCheck(domain, each, { notValid: true }),
      }),
    ),
    ...open.map((each) => validated(domain, each.name, gap.message)),
  ];
}

function validated(domain: DomainType, name: string, why: string): Draft {
  return draft("validate", validateDomainCheck(domain, name), why, {
    ...{ ...PATIENT, hazards: [hazard("full-scan"), hazard("fails-with-rows", `domain ${displayName(domain)}`)] },
  });
}

function missingChecks(gap: Gap, domain: DomainType, actual: DomainType): Draft[] {
  const missing = domain.checks.filter((check) => !actual.checks.some((each) => meets(check, each)));
  return missing.flatMap((check) => {
    const namesake = actual.checks.find(({ name }) => name === check.name);
    const drop =
      namesake === undefined
        ? []
        : [
            draft("key", dropDomainCheck(domain, check.name), `${gap.message} Makes way for the expected check.`, {
              undo: addDomainCheck(domain, namesake, { notValid: true }),
            }),
          ];
    const isThere = `SELECT FROM pg_catalog.pg_constraint WHERE contypid = pg_catalog.to_regtype(${literalVisibly(quoteQualified(domain))}) AND conname = ${literalVisibly(check.name)}`;
    const add = draft(
      "key",
      runIf(`NOT EXISTS (${isThere})`, addDomainCheck(domain, check, { notValid: true })),
      `${gap.message} New values are checked from now on.`,
      { undo: dropDomainCheck(domain, check.name) },
    );
    const validate = validated(domain, check.name, "Looks at the values that are there.");
    return [...drop, add, validate];
  });
}
