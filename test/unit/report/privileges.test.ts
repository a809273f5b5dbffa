import { describe, expect, it } from "vitest";
import { grantStatement } from "../../../src/model/grants.js";
import type { Gap, Report } from "../../../src/model/report.js";
import { reporters } from "../../../src/report/index.js";
import { repairWith, sqlStep } from "../../support/report-builders.js";
import { featureWith, gapWith, reportWith } from "../../support/report-fixtures.js";

const page = (report: Report) => reporters.text(report, { colour: false, width: 100 });
const OWNER = "To be run by the owner or an administrator.";

const lacking = (privilege: string, relation: string | null, schema = "public") =>
  gapWith({
    code: "MISSING_PRIVILEGE",
    subject: { kind: "privileges", schema, relation, name: privilege },
    expected: { role: "app", privilege },
    introducedBy: null,
    causes: ["c-1"],
    message: `Role app may not ${privilege} on ${relation ?? schema} (42501).`,
  });

function denied(gaps: readonly Gap[], ids: readonly string[]): Report {
  return reportWith({
    verdict: "fail",
    gaps,
    features: ids.map((id) => {
      return featureWith({ id, status: "broken", endpoints: [`GET /${id}`], gaps: gaps.map((gap) => gap.id) });
    }),
    causes: [
      {
        id: "c-1",
        code: "PERMISSION_DENIED",
        confidence: "certain",
        explains: gaps.map(({ id }) => id),
        unverified: [],
        message: "Privileges are missing.",
        evidence: gaps.map((gap) => ({
          fact: `${gap.message} To allow it: ${grantStatement(gap)}`,
          source: "catalog",
        })),
      },
    ],
    repair: repairWith(
      ...gaps.map((gap) => sqlStep({ statement: grantStatement(gap) ?? "", why: `${gap.message} ${OWNER}` })),
    ),
  });
}

describe("missing privileges", () => {
  const gaps = [lacking("INSERT", "files"), lacking("SELECT", "queue")];

  it("are told once, and their grants stand alone", () => {
    const text = page(denied(gaps, ["a", "b"]));
    expect(text).not.toContain("may not INSERT");
    expect(text).not.toMatch(/^Why$|why: 1/m);
    expect(text.match(/GRANT INSERT/g)).toHaveLength(1);
    expect(text).toContain(`
  1.  ${OWNER}
      GRANT INSERT ON "public"."files" TO "app";
      GRANT SELECT ON "public"."queue" TO "app";
  These steps have not been tried on a copy: read them before you run them.
`);
    expect(text).toContain("MISSING_PRIVILEGE  INSERT for role app (GRANT: next step 1)\n");
    expect(text).not.toContain("how to mend");
  });

  it("keep evidence and words of a step that say something else", () => {
    const report = denied(gaps, ["a"]);
    const causes = report.causes.map((cause) => ({ ...cause, evidence: [{ fact: "a fact", source: "catalog" }] }));
    const steps = report.repair.steps.map((step) => ({ ...step, why: "Something else." }));
    const text = page({ ...report, causes, repair: repairWith(...steps) });
    expect(text).toContain("evidence  a fact (catalog)");
    expect(text.match(/Something else\./g)).toHaveLength(2);
  });

  it("of a whole schema take one block, not a list of every endpoint", () => {
    const text = page(denied([lacking("USAGE", null)], ["a", "b", "c", "d"]));
    expect(text).toContain(`
  BROKEN      4 features: a, b, c, d
              because  role app lacks USAGE on schema public
`);
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(19);
  });

  it("can be pasted whatever the names are", () => {
    const gap = lacking("SELECT", "a\nb\u001b[2J");
    const text = page(denied([gap], ["a"]));
    expect(text).toContain(`\n      GRANT SELECT ON "public".U&"a\\000Ab\\001B[2J" TO "app";\n`);
  });
});
