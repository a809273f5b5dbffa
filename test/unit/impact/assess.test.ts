import { describe, expect, it } from "vitest";
import { assessImpact, attachFeatures } from "../../../src/impact/index.js";
import type { Unverified } from "../../../src/model/report.js";
import { application, column, contractOf, feature, gap, relation, subject, use } from "../../support/builders.js";

const contract = contractOf(
  application({
    relations: [relation("avatars", [column("id"), column("projectId")])],
    features: [
      feature("list", [use("avatars", { select: ["id"] })], { title: "List avatars", endpoints: ["GET /avatars"] }),
      feature("create", [use("avatars", { insert: ["id", "projectId"] })]),
      feature("login", [use("users", { select: ["id"] })]),
    ],
  }),
);
const column1 = gap({
  id: "g1",
  code: "MISSING_COLUMN",
  subject: subject("column", "projectId", "avatars"),
  operations: ["select", "insert", "update"],
});
const index = gap({
  id: "g2",
  code: "MISSING_INDEX",
  severity: "warning",
  subject: subject("index", "i", "avatars"),
  operations: ["select"],
});
const unverified = (fields: Partial<Unverified>): Unverified => ({
  subject: subject("schema", "public"),
  reason: "no USAGE",
  sqlstate: "42501",
  features: [],
  ...fields,
});
const statuses = (gaps: Parameters<typeof assessImpact>[1], unverifieds: readonly Unverified[] = []) =>
  Object.fromEntries(assessImpact(contract, gaps, unverifieds).map(({ id, status }) => [id, status]));

describe("assessImpact", () => {
  it("gives one result for each feature, with its gaps and symptoms", () => {
    expect(assessImpact(contract, [column1, index], [])).toEqual([
      {
        id: "list",
        application: "avatar-creator",
        title: "List avatars",
        status: "degraded",
        endpoints: ["GET /avatars"],
        gaps: ["g2"],
        symptoms: [],
      },
      {
        id: "create",
        application: "avatar-creator",
        title: "create",
        status: "broken",
        endpoints: [],
        gaps: ["g1"],
        symptoms: [{ sqlstate: "42703", prisma: "P2022", operation: "insert" }],
      },
      {
        id: "login",
        application: "avatar-creator",
        title: "login",
        status: "working",
        endpoints: [],
        gaps: [],
        symptoms: [],
      },
    ]);
  });

  it("prefers broken to unverified to degraded to working", () => {
    const schema = unverified({ features: ["list", "create"] });
    expect(statuses([column1, index], [schema])).toEqual({ list: "unverified", create: "broken", login: "working" });
  });

  it("leaves nothing working when the server could not be asked", () => {
    expect(
      statuses([], [unverified({ subject: { kind: "server", schema: null, relation: null, name: "PostgreSQL" } })]),
    ).toEqual({
      list: "unverified",
      create: "unverified",
      login: "unverified",
    });
  });

  it("takes what could not be verified about a relation for everybody who uses it", () => {
    expect(statuses([], [unverified({ subject: subject("index", "i", "avatars") })])).toEqual({
      list: "unverified",
      create: "unverified",
      login: "working",
    });
  });

  it("says each symptom once, in a fixed order", () => {
    const gaps = [
      column1,
      gap({ ...column1, id: "g3", subject: subject("column", "id", "avatars") }),
      gap({
        id: "g4",
        code: "BLOCKING_EXTRA_COLUMN",
        subject: subject("column", "old", "avatars"),
        operations: ["insert"],
      }),
    ];
    const create = (order: typeof gaps) =>
      assessImpact(contract, order, []).find(({ id }) => id === "create")?.symptoms;
    expect(create(gaps)?.map(({ sqlstate }) => sqlstate)).toEqual(["23502", "42703"]);
    expect(create([...gaps].reverse())).toEqual(create(gaps));
  });
});

describe("attachFeatures", () => {
  it("names the features of each gap", () => {
    const gaps = [
      column1,
      index,
      gap({ id: "g5", code: "MISSING_TABLE", subject: subject("table", "nobody"), features: ["old"] }),
    ];
    expect(attachFeatures(gaps, assessImpact(contract, gaps, [])).map(({ features }) => features)).toEqual([
      ["create"],
      ["list"],
      [],
    ]);
  });
});

it("does not blame a feature for what another application needs of the same table", () => {
  const uses = [use("users", { select: ["id", "name"] })];
  const relations = [relation("users", [column("id"), column("name")])];
  const contract = contractOf(
    application({ relations, features: [feature("own", uses)] }),
    application({ name: "chat-data", relations, features: [feature("other", uses, { application: "chat-data" })] }),
  );
  const others = gap({
    id: "g1",
    code: "COLUMN_TYPE",
    subject: subject("column", "name", "users"),
    applications: ["chat-data"],
  });
  const statuses = assessImpact(contract, [others], []).map(({ id, status }) => [id, status]);
  expect(statuses).toEqual([
    ["own", "working"],
    ["other", "broken"],
  ]);
});
