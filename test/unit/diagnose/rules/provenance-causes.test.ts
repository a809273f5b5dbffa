/** NO_MIGRATION_CREATES_IT and SKIPPED_BY_IF_NOT_EXISTS: what a contract that was compiled from migrations proves. */
import { describe, expect, it } from "vitest";
import { noMigrationCreatesIt } from "../../../../src/diagnose/rules/no-migration-creates-it.js";
import { skippedByIfNotExists } from "../../../../src/diagnose/rules/skipped-by-if-not-exists.js";
import type { Contract } from "../../../../src/model/contract.js";
import type { Provenance } from "../../../../src/model/provenance.js";
import type { Subject } from "../../../../src/model/report.js";
import { column, migration } from "../../../support/builders.js";
import {
  around,
  factsOf,
  gap,
  history,
  missingColumn,
  missingTable,
  modelOf,
  relation,
  subject,
  table,
  withRelations,
} from "./facts.js";

const from = (about: Subject, name: string, guarded: boolean): Provenance => {
  const origin = {
    migration: name,
    file: `${name}/migration.sql`,
    line: 3,
    ...(guarded ? { guarded: true as const } : {}),
  };
  return { subject: about, property: null, createdBy: origin, changedBy: origin };
};
const knowing = (...provenance: Provenance[]): Contract => ({
  ...withRelations(relation("files", [column("id"), column("path")]), relation("plans", [])),
  provenance,
});
const touched = {
  schema: "public",
  name: "files",
  usage: true,
  select: true,
  rowSecurity: false,
  owner: "boss",
  droppedColumns: 0,
  invalidIndexes: [],
};

describe("SKIPPED_BY_IF_NOT_EXISTS", () => {
  const GUARDED = knowing(from(subject("table", "files"), "1", true));
  const lacks = missingColumn("g1", "files", "path", "1");
  const ran = [history([migration("1", "applied")])];
  const run = (contract: Contract, gaps = [lacks], histories = ran, dropped = 0, names = ["id", "owner"]) =>
    skippedByIfNotExists(
      factsOf(histories, gaps, contract, {
        models: [
          modelOf(
            table(
              "files",
              names.map((name) => column(name)),
            ),
          ),
        ],
        surroundings: around({ touched: [{ ...touched, droppedColumns: dropped }] }),
      }),
    );

  it("is certain of a table that is plainly another one, from which nothing was dropped", () => {
    const blocks = gap({ id: "g2", code: "BLOCKING_EXTRA_COLUMN", subject: subject("column", "owner", "files") });
    expect(run(GUARDED, [lacks, blocks])).toMatchObject([
      {
        confidence: "certain",
        gaps: ["g1", "g2"],
        evidence: [{ source: "1/migration.sql:3" }, {}, { source: "pg_attribute" }],
      },
    ]);
  });

  it("is less sure when the table has nothing else, when columns were dropped, and when nobody knows whether it ran", () => {
    expect(run(GUARDED, [lacks], ran, 0, ["id"])).toMatchObject([{ confidence: "likely" }]);
    expect(run(GUARDED, [lacks], ran, 1, ["id"])).toMatchObject([{ confidence: "possible" }]);
    expect(run(GUARDED, [lacks], [])).toMatchObject([{ confidence: "possible" }]);
    expect(run(GUARDED, [lacks], [history([migration("1", "pending")])])).toMatchObject([{ confidence: "possible" }]);
  });

  it.each([
    ["a statement without a guard", knowing(from(subject("table", "files"), "1", false)), lacks],
    ["what another migration added", GUARDED, missingColumn("g1", "files", "path", "2")],
    [
      "an index, which has a statement of its own",
      GUARDED,
      gap({ id: "g1", code: "MISSING_INDEX", subject: subject("index", "i", "files"), introducedBy: "1" }),
    ],
    ["a table that is not there", GUARDED, missingColumn("g1", "nowhere", "path", "1")],
    ["a contract without provenance", knowing(), lacks],
  ])("is not said of %s", (_, contract, about) => {
    expect(run(contract, [about])).toEqual([]);
  });
});

describe("NO_MIGRATION_CREATES_IT", () => {
  const KNOWN = knowing(
    from(subject("table", "files"), "1", false),
    from(subject("column", "id", "files"), "1", false),
  );
  const orphan = missingTable("g1", "plans");

  it("names what the replay did not make, and nothing else", () => {
    const column_ = missingColumn("g2", "files", "path");
    const extension = gap({
      id: "g3",
      code: "MISSING_EXTENSION",
      subject: { kind: "extension", schema: null, relation: null, name: "citext" },
    });
    const known = [
      missingTable("g4", "files"),
      missingColumn("g5", "files", "id"),
      missingColumn("g6", "files", "x", "2"),
    ];
    expect(noMigrationCreatesIt(factsOf([], [orphan, column_, extension, ...known], KNOWN))).toMatchObject([
      {
        confidence: "certain",
        gaps: ["g1", "g2", "g3"],
        message:
          "No migration creates public.plans, column public.files.path and extension citext: a database that is made by the migrations alone cannot have them.",
      },
    ]);
  });

  it.each([
    ["a contract that was not compiled from migrations", knowing(), orphan],
    [
      "an application whose tables the migrations do not make",
      knowing(from(subject("table", "elsewhere"), "1", false)),
      orphan,
    ],
    [
      "an index, which is matched by what it does",
      KNOWN,
      gap({ id: "g1", code: "MISSING_INDEX", subject: subject("index", "i", "files") }),
    ],
  ])("says nothing of %s", (_, contract, about) => {
    expect(noMigrationCreatesIt(factsOf([], [about], contract))).toEqual([]);
  });
});
