import { describe, expect, it } from "vitest";
import { appliedThenLost } from "../../../../src/diagnose/rules/applied-then-lost.js";
import { orderDiffers } from "../../../../src/diagnose/rules/order-differs.js";
import { settle } from "../../../../src/diagnose/settle.js";
import { contractOf, migrated, migration, relation } from "../../../support/builders.js";
import { factsOf, gap, history, missingTable, subject } from "./facts.js";

const ran = (name: string, hour: number) =>
  migration(name, "applied", {
    startedAt: `2026-01-01T0${hour}:00:00.100000Z`,
    finishedAt: `2026-01-01T0${hour}:00:00.300000Z`,
  });
const differs = (introducedBy: string) =>
  gap({ id: "g1", code: "COLUMN_DEFAULT", subject: subject("column", "state", "avatars"), introducedBy });
const contractWith = (...names: readonly string[]) =>
  contractOf(
    migrated(names, {
      migrations: {
        tool: "prisma",
        schema: null,
        required: names,
        scripts: names.map((name) => ({ name, file: `${name}.sql`, checksum: "x" })),
      },
      relations: [relation("avatars", [])],
    }),
  );

describe("ORDER_DIFFERS", () => {
  // localeCompare: 1_init, 10_state; by bytes: 10_state, 1_init.
  const otherwise = [history([ran("1_init", 2), ran("10_state", 1)])];

  it("is likely where the whole record is in the other order in use", () => {
    const found = orderDiffers(factsOf(otherwise, [missingTable("g1", "avatars", "10_state")]));
    expect(found).toMatchObject([{ confidence: "likely", gaps: ["g1"] }]);
    expect(found[0]?.message).toContain("migration 1_init ran after 10_state");
    expect(found[0]?.doubt).toContain("by bytes");
  });

  it("takes the place of APPLIED_THEN_LOST, which would blame somebody", () => {
    const facts = factsOf(otherwise, [missingTable("g1", "avatars", "10_state")], contractWith("1_init", "10_state"));
    const settled = settle([...orderDiffers(facts), ...appliedThenLost(facts)]).filter(({ gaps }) => gaps.length > 0);
    expect(settled.map(({ code }) => code)).toEqual(["ORDER_DIFFERS"]);
  });

  it("is possible after a branch that was merged late, and then takes the certainty from APPLIED_THEN_LOST", () => {
    const merged = [history([ran("a", 1), ran("b", 4), ran("c", 3)])];
    const facts = factsOf(merged, [missingTable("g1", "avatars", "c")], contractWith("a", "b", "c"));
    expect(orderDiffers(facts)).toMatchObject([{ confidence: "possible", gaps: ["g1"] }]);
    const [lost] = appliedThenLost(facts);
    expect(lost).toMatchObject({ confidence: "likely", doubt: expect.stringContaining("another order") });
  });

  it.each([
    ["the order of the build", [history([ran("1_init", 1), ran("10_state", 2)])], differs("10_state")],
    ["what came with a migration that nothing overtook", otherwise, differs("1_init")],
    [
      "a database that is ahead",
      [history([ran("1_init", 2), ran("10_state", 1)], { state: "ahead" })],
      differs("10_state"),
    ],
  ])("is not said of %s", (_, histories, wrong) => {
    expect(orderDiffers(factsOf(histories, [wrong]))).toEqual([]);
  });
});
