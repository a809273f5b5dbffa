import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Change, diffModels } from "../../../../src/expect/replay/diff.js";
import { factsOf } from "../../../../src/expect/replay/facts.js";
import { provenanceList, type Tracked, track } from "../../../../src/expect/replay/track.js";
import type { Column, Relation, SchemaModel } from "../../../../src/model/schema.js";

function columnOf(name: string, type: string, nullable: boolean): Column {
  return {
    name,
    position: 1,
    type: {
      text: type,
      schema: "pg_catalog",
      name: type,
      extension: null,
      modifier: -1,
      array: false,
      kind: "base",
      category: "S",
    },
    nullable,
    notNullValidated: true,
    default: null,
    identity: null,
    generated: null,
    sequence: null,
    collation: null,
    privileges: { select: true, insert: true, update: true },
  };
}

function relationOf(name: string, columns: readonly Column[]): Relation {
  return {
    schema: "public",
    name,
    kind: "table",
    partitionOf: null,
    columns,
    constraints: [],
    indexes: [],
    triggers: [],
    definition: null,
    rowSecurity: { enabled: false, forced: false, appliesToRole: false, allows: [] },
    privileges: { select: true, insert: true, update: true, delete: true },
  };
}

function modelOf(relations: readonly Relation[], labels: readonly string[] = []): SchemaModel {
  return {
    serverVersion: 180_000,
    schemas: [{ name: "public", usage: true }],
    relations,
    enums: labels.length > 0 ? [{ schema: "public", name: "e", labels }] : [],
    domains: [],
    sequences: [],
    functions: [],
    extensions: [],
    role: null,
    unreadable: [],
  };
}

const EMPTY = modelOf([]);
const show = ({ kind, fact }: Change) => `${kind} ${fact.subject.kind} ${fact.subject.name} ${fact.property ?? "-"}`;

/** A model with up to four tables of up to three columns. */
const models = fc
  .dictionary(
    fc.constantFrom("a", "b", "c", "d"),
    fc.dictionary(fc.constantFrom("x", "y", "z"), fc.tuple(fc.constantFrom("int4", "text"), fc.boolean())),
  )
  .map((tables) =>
    modelOf(
      Object.entries(tables).map(([name, columns]) =>
        relationOf(
          name,
          Object.entries(columns).map(([column, [type, nullable]]) => columnOf(column, type, nullable)),
        ),
      ),
    ),
  );

describe("diffModels", () => {
  it("tells properties, parts and objects apart", () => {
    const before = modelOf([relationOf("t", [columnOf("a", "int4", true), columnOf("b", "text", true)])], ["x"]);
    const after = modelOf([relationOf("t", [columnOf("a", "text", true), columnOf("c", "text", true)])], ["x", "y"]);
    expect(diffModels(before, after).map(show)).toEqual([
      "changed column a type",
      "created column c -",
      "created column c type",
      "created column c nullability",
      "created column c default",
      "created column c identity",
      "created column c generated",
      "changed enum e labels",
      "created enum y -",
      "dropped column b -",
      "dropped column b type",
      "dropped column b nullability",
      "dropped column b default",
      "dropped column b identity",
      "dropped column b generated",
    ]);
  });

  it("does not see what depends on the reader or on the moment", () => {
    const [relation] = modelOf([relationOf("t", [columnOf("a", "int4", true)])]).relations;
    if (relation === undefined) throw new Error("no relation");
    const other = { ...relation, privileges: { ...relation.privileges, select: false } };
    expect(diffModels(modelOf([relation]), modelOf([other]))).toEqual([]);
  });

  it("finds nothing between equal models, everything against an empty one, and the mirror image the other way", () => {
    fc.assert(
      fc.property(models, models, (one, two) => {
        expect(diffModels(one, structuredClone(one))).toEqual([]);
        expect(diffModels(EMPTY, one)).toHaveLength(factsOf(one).size - factsOf(EMPTY).size);
        const [there, back] = [diffModels(one, two), diffModels(two, one)];
        const keys = (changes: Change[], kind: Change["kind"]) =>
          changes.flatMap((change) => (change.kind === kind ? [change.fact.key] : [])).sort();
        expect(keys(there, "created")).toEqual(keys(back, "dropped"));
        expect(keys(there, "changed")).toEqual(keys(back, "changed"));
      }),
    );
  });
});

describe("track", () => {
  const by = (migration: string) => [{ migration, file: migration }, () => ({ line: null })] as const;

  it("knows exactly the facts of the last model, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(models, { minLength: 1, maxLength: 6 }), (steps) => {
        let tracked: Tracked = new Map();
        let before = EMPTY;
        for (const [position, model] of steps.entries()) {
          tracked = track(tracked, diffModels(before, model), ...by(`m${position}`));
          before = model;
        }
        const expected = [...factsOf(before).keys()].filter((key) => !factsOf(EMPTY).has(key)).sort();
        expect([...tracked.keys()].sort()).toEqual(expected);
        for (const [key, { createdBy, property, subject }] of tracked) {
          // Created by the first step of the last unbroken run of steps that have it.
          const last = steps.findLastIndex((step) => !factsOf(step).has(key));
          expect(createdBy.migration).toBe(`m${last + 1}`);
          expect({ subject, property }).toEqual({ subject: factsOf(before).get(key)?.subject, property });
        }
      }),
    );
  });

  it("counts a part that comes, changes or goes as a change of its relation", () => {
    const steps = [
      modelOf([relationOf("t", [columnOf("a", "int4", true)])]),
      modelOf([relationOf("t", [columnOf("a", "text", true)])]),
      modelOf([relationOf("t", [columnOf("a", "text", true), columnOf("b", "text", true)])]),
      modelOf([relationOf("t", [columnOf("a", "text", true)])]),
    ];
    let tracked: Tracked = new Map();
    const seen: (string | undefined)[] = [];
    for (const [position, model] of steps.entries()) {
      tracked = track(tracked, diffModels(steps[position - 1] ?? EMPTY, model), ...by(`m${position}`));
      const table = provenanceList(tracked).find(
        ({ subject, property }) => subject.kind === "table" && property === null,
      );
      seen.push(`${table?.createdBy.migration} ${table?.changedBy.migration}`);
    }
    expect(seen).toEqual(["m0 m0", "m0 m1", "m0 m2", "m0 m3"]);
    const column = provenanceList(tracked).filter(({ subject }) => subject.kind === "column");
    expect(column.map(({ property, changedBy }) => `${property} ${changedBy.migration}`)).toContain("nullability m0");
    expect(column.map(({ property, changedBy }) => `${property} ${changedBy.migration}`)).toContain("type m1");
    expect(column.map(({ property, changedBy }) => `${property} ${changedBy.migration}`)).toContain("null m1");
  });
});
