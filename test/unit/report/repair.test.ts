import { describe, expect, it } from "vitest";
import { NOTHING_TO_REPAIR } from "../../../src/model/repair.js";
import { repairReporters } from "../../../src/report/index.js";
import { expectGolden } from "../../support/golden.js";
import { hostilePlan, planReport } from "../../support/plan-fixtures.js";
import { passReport } from "../../support/report-fixtures.js";

const OPTIONS = { colour: false, width: 100 };
const FILES = { text: "txt", sql: "sql", markdown: "md" } as const;
const REPORTS = {
  plan: planReport,
  "plan-unproved": () =>
    planReport({
      proof: {
        kind: "unproved",
        where: "a copy",
        reason: "step 2 was refused: x",
        remaining: ["Column a is missing."],
      },
      proved: false,
    }),
  "plan-nothing": () => ({ ...passReport(), repair: NOTHING_TO_REPAIR }),
  "plan-hostile": hostilePlan,
};

describe.each(["text", "sql", "markdown"] as const)("the plan as %s", (format) => {
  it.each(Object.entries(REPORTS))("%s", (name, report) => {
    const text = repairReporters[format](report(), OPTIONS);
    expectGolden(text, new URL(`./golden/${name}.${FILES[format]}`, import.meta.url));
  });
});

it("lets nothing out of a comment of the SQL file", () => {
  const harmless = repairReporters.sql(planReport(), OPTIONS);
  const guard = /^DO \$guard\$[\s\S]*?^\$guard\$;\n/m.exec(harmless)?.[0] ?? "no guard";
  const text = repairReporters.sql(hostilePlan(), OPTIONS);
  expect(text).toContain(guard);
  const lines = text.replace(guard, "").split("\n");
  const session = ["\\set ON_ERROR_STOP on", "SET client_encoding = 'UTF8';", "SET standard_conforming_strings = on;"];
  const own = [...session, "BEGIN;", "COMMIT;", "SELECT 1;", ""];
  const outside = lines.filter((line) => !line.startsWith("--") && !line.startsWith("SET LOCAL "));
  expect(outside.filter((line) => !own.includes(line))).toEqual([]);
});

it("keeps the whole report in JSON", () => {
  expect(JSON.parse(repairReporters.json(planReport(), OPTIONS))).toEqual(planReport());
});
