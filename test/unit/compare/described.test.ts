/** What a relation that a Prisma schema describes is excused from, and what it is not. */
import { describe, expect, it } from "vitest";
import { seenAsDescribed } from "../../../src/compare/described.js";
import { compareRelation } from "../../../src/compare/relations.js";
import type { ExpectedRelation } from "../../../src/model/contract.js";
import type { CheckConstraint, ForeignKey, Index, Relation } from "../../../src/model/schema.js";
import { column, relation } from "../../support/builders.js";

const CHECK: CheckConstraint = {
  kind: "check",
  name: "positive",
  validated: true,
  enforced: true,
  deferrable: false,
  initiallyDeferred: false,
  expression: { text: "(a > 0)", renderings: ["(a > 0)"] },
};

function index(name: string, fields: Partial<Index> = {}): Index {
  return {
    name,
    method: "btree",
    keys: [
      { column: "a", expression: null, collation: null, operatorClass: null, descending: false, nullsFirst: false },
    ],
    include: [],
    predicate: null,
    unique: true,
    nullsNotDistinct: false,
    constraint: null,
    immediate: true,
    valid: true,
    ready: true,
    building: false,
    ...fields,
  };
}

function foreignKey(schema: string): ForeignKey {
  return {
    kind: "foreign-key",
    name: "a_fkey",
    validated: true,
    enforced: true,
    deferrable: false,
    initiallyDeferred: false,
    columns: ["a"],
    references: { schema, name: "users" },
    referencedColumns: ["id"],
    onDelete: "cascade",
    onUpdate: "no-action",
    match: "simple",
  };
}

const A = column("a", { nullable: true });

function expected(fields: Partial<ExpectedRelation> = {}): ExpectedRelation {
  return relation("t", [A], { kind: "table", complete: true, describedBy: "prisma-schema", ...fields });
}

function actual(fields: Partial<Relation> = {}): Relation {
  return {
    schema: "public",
    name: "t",
    kind: "table",
    columns: [A],
    constraints: [],
    indexes: [],
    triggers: [],
    ...fields,
  } as Relation;
}

function found(want: ExpectedRelation, have: Relation): string[] {
  return compareRelation(want, have, []).flatMap((outcome) => {
    if (outcome.kind === "gap") return [`gap ${outcome.gap.code}`];
    return outcome.kind === "extra" ? [`extra ${outcome.extra.subject.name}`] : [];
  });
}

describe("a relation that a Prisma schema describes", () => {
  it.each([
    ["check", { constraints: [CHECK] }, "positive"],
    ["foreign key into another schema", { constraints: [foreignKey("auth")] }, "a_fkey"],
    ["partial unique index", { indexes: [index("part", { predicate: CHECK.expression })] }, "part"],
  ])("may have a %s that it cannot name", (_, fields, name) => {
    expect(found(expected(), actual(fields))).toEqual([`extra ${name}`]);
    expect(found(expected({ describedBy: undefined }), actual(fields))).toEqual(["gap BLOCKING_EXTRA_CONSTRAINT"]);
  });

  it("has no words for how a unique index treats NULL", () => {
    const have = actual({ indexes: [index("t_a_key", { nullsNotDistinct: true })] });
    expect(found(expected({ indexes: [index("t_a_key")] }), have)).toEqual([]);
    expect(found(expected({ indexes: [index("t_a_key")], describedBy: undefined }), have)).toEqual([
      "gap CONSTRAINT_DEFINITION",
    ]);
  });

  it.each([
    ["a foreign key", { constraints: [foreignKey("public")] }],
    ["a whole unique index", { indexes: [index("t_a_key")] }],
  ])("could name %s in its schema", (_, fields) => {
    expect(found(expected(), actual(fields))).toEqual(["gap BLOCKING_EXTRA_CONSTRAINT"]);
  });

  it("needs a whole unique index where it names one, even though an older Prisma took a partial one for it", () => {
    const have = actual({ indexes: [index("t_a_key", { predicate: CHECK.expression })] });
    expect(found(expected({ indexes: [index("t_a_key")] }), have)).toEqual(["gap MISSING_INDEX"]);
  });

  it("is held to what a check file requires besides", () => {
    const want = expected({ constraints: [CHECK] });
    expect(found(want, actual({ constraints: [CHECK] }))).toEqual([]);
    expect(found(want, actual())).toEqual(["gap MISSING_CONSTRAINT"]);
    const other = { ...CHECK, expression: { text: "(a > 1)", renderings: ["(a > 1)"] } };
    expect(found(want, actual({ constraints: [other] }))).toEqual(["gap CONSTRAINT_DEFINITION"]);
  });

  it("changes nothing for other sources", () => {
    const have = actual({ constraints: [CHECK], indexes: [index("x", { immediate: false })] });
    expect(seenAsDescribed(expected({ describedBy: undefined }), have)).toEqual({ actual: have, beyond: [] });
  });
});
