/** Enums, domains, sequences, functions and extensions: what stands beside the relations. */
import type { Application, ExpectedEnum } from "../model/contract.js";
import { compareQualified, displayName, type QualifiedName } from "../model/names.js";
import type { Severity } from "../model/report.js";
import type { DomainType, EnumType, SchemaModel } from "../model/schema.js";
import { sameDefault } from "./defaults.js";
import { sameExpression } from "./expressions.js";
import { ALL_OPERATIONS, extra, gap, implied, type Outcome, SATISFIED } from "./outcome.js";
import { whole } from "./subjects.js";
import { sameType } from "./types.js";

export function compareObjects(application: Application, model: SchemaModel): Outcome[] {
  return [
    ...application.enums.flatMap((expected) => compareEnum(expected, model)),
    ...application.domains.flatMap((expected) => compareDomain(expected, model)),
    ...application.sequences.map((expected) => compareSequence(expected, model)),
    ...application.functions.map((expected) => compareFunction(expected, model)),
    ...application.extensions.map((expected) => compareExtension(expected, model)),
  ];
}

function find<T extends QualifiedName>(objects: readonly T[], wanted: QualifiedName): T | undefined {
  return objects.find((object) => compareQualified(object, wanted) === 0);
}

function compareEnum(expected: ExpectedEnum, model: SchemaModel): Outcome[] {
  const actual = find(model.enums, expected);
  if (actual === undefined) return [missingEnum(expected), implied(expected.labels.length)];
  const labels = expected.labels.map((label) =>
    actual.labels.includes(label) ? SATISFIED : missingLabel(expected, actual, label),
  );
  const extras = actual.labels
    .filter((label) => !expected.labels.includes(label))
    .map((label) =>
      extra(
        whole("enum", expected),
        `Enum ${displayName(expected)} has the label ${JSON.stringify(label)}, which the contract does not name.`,
      ),
    );
  return [SATISFIED, ...labels, ...(expected.ordered ? [compareOrder(expected, actual)] : []), ...extras];
}

function missingEnum(expected: ExpectedEnum): Outcome {
  return gap({
    code: "MISSING_ENUM",
    severity: "error",
    subject: whole("enum", expected),
    expected: { labels: expected.labels },
    actual: null,
    operations: ALL_OPERATIONS,
    message: `Enum type ${displayName(expected)} is missing.`,
  });
}

function missingLabel(expected: ExpectedEnum, actual: EnumType, label: string): Outcome {
  return gap({
    code: "MISSING_ENUM_LABEL",
    severity: "error",
    subject: { kind: "enum", schema: expected.schema, relation: expected.name, name: label },
    expected: { label },
    actual: { labels: actual.labels },
    operations: ALL_OPERATIONS,
    message: `Enum type ${displayName(expected)} has no label ${JSON.stringify(label)}: statements that use it fail (22P02).`,
  });
}

function compareOrder(expected: ExpectedEnum, actual: EnumType): Outcome {
  const shared = actual.labels.filter((label) => expected.labels.includes(label));
  const wanted = expected.labels.filter((label) => actual.labels.includes(label));
  if (JSON.stringify(shared) === JSON.stringify(wanted)) return SATISFIED;
  return gap({
    code: "ENUM_ORDER",
    severity: "warning",
    subject: whole("enum", expected),
    expected: { labels: expected.labels },
    actual: { labels: actual.labels },
    operations: ["select"],
    message: `The labels of enum ${displayName(expected)} stand in another order: < and ORDER BY give other results.`,
  });
}

function compareDomain(expected: DomainType, model: SchemaModel): Outcome[] {
  const actual = find(model.domains, expected);
  const subject = whole("domain", expected);
  if (actual === undefined) {
    const message = `Domain ${displayName(expected)} is missing.`;
    return [
      gap({
        code: "MISSING_DOMAIN",
        severity: "error",
        subject,
        expected: { base: expected.base.text },
        actual: null,
        operations: ALL_OPERATIONS,
        message,
      }),
    ];
  }
  const differences = domainDifferences(expected, actual);
  if (differences.length === 0) return [SATISFIED];
  return [
    gap({
      code: "DOMAIN_DEFINITION",
      severity: domainSeverity(expected, actual),
      subject,
      expected: describeDomain(expected),
      actual: describeDomain(actual),
      operations: ["insert", "update"],
      message: `Domain ${displayName(expected)}: ${differences.join(", ")}.`,
    }),
  ];
}

/** Another base type, or a NOT NULL or a lost default that refuses what the application writes, makes statements fail. */
function domainSeverity(expected: DomainType, actual: DomainType): Severity {
  const refusesNull = expected.nullable && !actual.nullable;
  const lostDefault = expected.default !== null && actual.default === null;
  return !sameType(expected.base, actual.base) || refusesNull || lostDefault ? "error" : "warning";
}

function domainDifferences(expected: DomainType, actual: DomainType): string[] {
  const differences: string[] = [];
  if (!sameType(expected.base, actual.base))
    differences.push(`its base type is ${actual.base.text}, expected ${expected.base.text}`);
  if (expected.nullable !== actual.nullable)
    differences.push(actual.nullable ? "it allows NULL" : "it does not allow NULL");
  if (!sameDefault(expected.default, actual.default, expected.base)) {
    differences.push(`its default is ${actual.default?.text ?? "none"}, expected ${expected.default?.text ?? "none"}`);
  }
  return [...differences, ...checkDifferences(expected.checks, actual.checks)];
}

type DomainCheck = DomainType["checks"][number];

/** A domain's definition is whole, so a check that it does not name refuses values that the application writes. */
function checkDifferences(expected: readonly DomainCheck[], actual: readonly DomainCheck[]): string[] {
  const isSame = (a: DomainCheck, b: DomainCheck) => sameExpression(a.expression, b.expression) === "same";
  const judged = expected.flatMap((check) => {
    const found = actual.filter((candidate) => isSame(check, candidate));
    if (found.length === 0) return [`it lacks the check ${check.expression.text}`];
    const isOpen = check.validated && found.every(({ validated }) => !validated);
    return isOpen ? [`its check ${check.expression.text} is NOT VALID, so values from before it may break it`] : [];
  });
  const unknown = actual
    .filter((check) => !expected.some((known) => isSame(known, check) || known.name === check.name))
    .map((check) => `it has the check ${check.expression.text}, which the application does not know (23514)`);
  return [...judged, ...unknown];
}

function describeDomain(domain: DomainType) {
  return {
    base: domain.base.text,
    nullable: domain.nullable,
    checks: domain.checks.map(({ expression }) => expression.text),
  };
}

function compareSequence(expected: QualifiedName, model: SchemaModel): Outcome {
  if (find(model.sequences, expected) !== undefined) return SATISFIED;
  return gap({
    code: "MISSING_SEQUENCE",
    severity: "error",
    subject: whole("sequence", expected),
    expected: { sequence: displayName(expected) },
    actual: null,
    operations: ["insert"],
    message: `Sequence ${displayName(expected)} is missing.`,
  });
}

function compareFunction(expected: Application["functions"][number], model: SchemaModel): Outcome {
  const overloads = model.functions.filter((candidate) => compareQualified(candidate, expected) === 0);
  const found = overloads.some(
    (candidate) => expected.arguments === null || candidate.arguments === expected.arguments,
  );
  if (found) return SATISFIED;
  const signature = `${displayName(expected)}${expected.arguments === null ? "" : `(${expected.arguments})`}`;
  const others = overloads.map((overload) => `(${overload.arguments})`).join(", ");
  return gap({
    code: "MISSING_FUNCTION",
    severity: "error",
    subject: {
      ...whole("function", expected),
      name: expected.arguments === null ? expected.name : `${expected.name}(${expected.arguments})`,
    },
    expected: { function: signature },
    actual: overloads.length === 0 ? null : { overloads: overloads.map((overload) => overload.arguments) },
    operations: ALL_OPERATIONS,
    message: `Function ${signature} is missing${others === "" ? "" : `; it exists with the arguments ${others}`}.`,
  });
}

function compareExtension(name: string, model: SchemaModel): Outcome {
  if (model.extensions.some((extension) => extension.name === name)) return SATISFIED;
  return gap({
    code: "MISSING_EXTENSION",
    severity: "error",
    subject: { kind: "extension", schema: null, relation: null, name },
    expected: { extension: name },
    actual: null,
    operations: ALL_OPERATIONS,
    message: `Extension ${name} is not installed in this database.`,
  });
}
