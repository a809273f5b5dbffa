import { describe, expect, it } from "vitest";
import { createHealthAnswers, HEALTH_TYPES, type HealthType } from "../../../src/http/answers.js";
import { type CurrentVerdict, type Failure, NOTHING_YET, verdictAt } from "../../../src/http/verdict.js";
import type { Report, Verdict } from "../../../src/model/report.js";
import { type HealthQuestion, healthOf } from "../../../src/report/index.js";
import {
  failReport,
  featureWith,
  gapWith,
  HOSTILE_NAME,
  hostileReport,
  passReport,
  reportWith,
  unreachableReport,
  unverifiedReport,
} from "../../support/report-fixtures.js";

const ANYBODY = { detail: false, feature: null };
const TRUSTED = { detail: true, feature: null };

function holding(report: Report, fields: Partial<CurrentVerdict> = {}): CurrentVerdict {
  return {
    state: "current",
    verdict: report.verdict,
    report,
    failure: null,
    unsettled: null,
    ageMs: 4_500,
    version: 1,
    ...fields,
  };
}

function failing(failure: Failure): CurrentVerdict {
  return { state: "current", verdict: "unverified", report: null, failure, unsettled: null, ageMs: 4_500, version: 1 };
}

const ask = (current: CurrentVerdict, question: { detail: boolean; feature: string | null } = ANYBODY) =>
  healthOf(current, question, "0.1.0");

describe("status", () => {
  const warn = reportWith({ verdict: "warn", gaps: [gapWith({ subject: failReport().gaps[2]?.subject ?? never() })] });
  it.each([
    ["pass", passReport(), 200, "pass", undefined],
    ["warn", warn, 200, "warn", "1 gap"],
    ["fail", failReport(), 503, "fail", "2 of 6 features broken, 1 degraded, 4 gaps"],
    ["unverified", unreachableReport(), 503, "fail", "unverified: the database could not be asked"],
    ["unverified", unverifiedReport(), 503, "fail", "unverified: 2 objects could not be looked at"],
  ] as [Verdict, Report, number, string, string | undefined][])(
    "of %s is 200 or 503, in the three words of health+json",
    (_verdict, report, httpStatus, status, output) => {
      const health = ask(holding(report));
      expect(health?.httpStatus).toBe(httpStatus);
      expect(health?.body.status).toBe(status);
      expect(health?.body.output).toBe(output);
    },
  );

  it("before the first verification is 503", () => {
    const current = verdictAt(NOTHING_YET, 0, { intervalMs: 1, maxStaleMs: 1 });
    const health = ask(current);
    expect(health).toMatchObject({ httpStatus: 503, body: { status: "fail" } });
    expect(health?.body.output).toBe("unverified: the first verification has not finished yet");
  });

  it("of a verification that broke is 503, and its reason is not for everybody", () => {
    const current = failing({ kind: "failure", reason: "error", message: "table x of db.internal" });
    expect(ask(current)?.body.output).toBe("unverified: the verification broke");
    expect(ask(current, TRUSTED)?.body.output).toBe("unverified: table x of db.internal");
    expect(ask(current)?.httpStatus).toBe(503);
    const slow = failing({ kind: "failure", reason: "deadline", message: "30 s" });
    expect(ask(slow)?.body.output).toBe("unverified: the verification did not finish in time");
  });

  it.each([
    ["damped", "last verified 4 s ago; the last attempt could not look"],
    ["late", "last verified 4 s ago; the next verification is late"],
  ] as const)("of a %s pass is a warning that says so, still 200", (state, output) => {
    expect(ask(holding(passReport(), { state }))).toMatchObject({ httpStatus: 200, body: { status: "warn", output } });
    expect(ask(holding(failReport(), { state }))).toMatchObject({
      httpStatus: 503,
      body: { status: "fail", output: `2 of 6 features broken, 1 degraded, 4 gaps; ${output}` },
    });
  });

  it.each([passReport(), failReport()])("of an expired verdict is 503, whatever it was", (report) => {
    const current = holding(report, { state: "expired", ageMs: 312_900 });
    expect(ask(current)).toMatchObject({
      httpStatus: 503,
      body: { status: "fail", output: "verdict expired: last verified 312 s ago" },
    });
  });
});

describe("one feature", () => {
  it.each([
    ["login", 200, "pass", undefined],
    ["credits", 200, "warn", "degraded by 1 gap"],
    ["create-avatar", 503, "fail", "broken by 2 gaps"],
    ["avatar-creator/create-avatar", 503, "fail", "broken by 2 gaps"],
  ])("%s has its own status", (feature, httpStatus, status, output) => {
    const health = ask(holding(failReport()), { detail: false, feature });
    expect(health).toMatchObject({ httpStatus, body: { status, description: `feature ${feature}` } });
    expect(health?.body.output).toBe(output);
  });

  it("that nobody knows is null; but while the database is away nobody can know", () => {
    const question = { detail: false, feature: "nope" };
    expect(ask(holding(failReport()), question)).toBeNull();
    expect(ask(holding({ ...unreachableReport(), features: [] }), question)?.httpStatus).toBe(503);
    expect(ask(failing({ kind: "failure", reason: "deadline", message: "" }), question)?.httpStatus).toBe(503);
    expect(ask(verdictAt(NOTHING_YET, 0, { intervalMs: 1, maxStaleMs: 1 }), question)?.httpStatus).toBe(503);
  });

  it("that could not be looked at is 503, although another one is what fails", () => {
    const report = reportWith({ verdict: "fail", features: [featureWith({ id: "a", status: "unverified" })] });
    const health = ask(holding(report), { detail: false, feature: "a" });
    expect(health).toMatchObject({ httpStatus: 503, body: { status: "fail" } });
    expect(health?.body.output).toMatch(/^unverified: /);
  });

  it("with the same id in two applications gets the worse status", () => {
    const report = reportWith({
      verdict: "fail",
      features: [
        featureWith({ id: "login", application: "a" }),
        featureWith({ id: "login", application: "b", status: "broken", gaps: ["g-1"] }),
      ],
    });
    expect(ask(holding(report), { detail: false, feature: "login" })?.httpStatus).toBe(503);
    expect(ask(holding(report), { detail: false, feature: "a/login" })?.httpStatus).toBe(200);
  });

  it("with details shows only its own gaps", () => {
    const checks = ask(holding(failReport()), { detail: true, feature: "list-avatars" })?.body.checks ?? {};
    expect(checks["schema:gaps"]?.map(({ componentId }) => componentId)).toEqual(["public.avatars"]);
    expect(Object.keys(checks)).not.toContain("login:status");
  });
});

describe("the body", () => {
  it("begins with the status and stays under 1 KiB for everybody", () => {
    const long = "x".repeat(2_000);
    const report = { ...failReport(), features: [featureWith({ id: long, status: "broken" })] };
    for (const question of [ANYBODY, { detail: false, feature: long }]) {
      const text = JSON.stringify(ask(holding(report, { state: "late" }), question)?.body);
      expect(text).toMatch(/^\{"status":"fail",/);
      expect(Buffer.byteLength(text)).toBeLessThan(1024);
    }
  });

  it("tells everybody counts and times, and no names", () => {
    for (const report of [failReport(), unverifiedReport(), unreachableReport(), hostileReport()]) {
      const text = JSON.stringify(ask(holding(report))?.body);
      expect(text).not.toMatch(/avatar|credits|projectId|db\.internal|5432|public|drop table|15\.18|ECONNREFUSED/);
    }
  });

  it("with details names gaps, the endpoints they affect, the age and every feature", () => {
    const checks = ask(holding(failReport()), TRUSTED)?.body.checks ?? {};
    expect(Object.keys(checks).every((key) => /^[^:]+:[^:]+$/.test(key))).toBe(true);
    expect(checks["schema:gaps"]?.[0]).toEqual({
      componentId: "public.avatars",
      componentType: "datastore",
      observedValue: "MISSING_TABLE",
      status: "fail",
      time: "2026-11-20T10:00:00.000Z",
      affectedEndpoints: [
        "/api/apps/avatar-creator/projects/{projectId}/avatars/generate",
        "/api/apps/avatar-creator/avatars",
      ],
      output: "table public.avatars is missing",
      gap: failReport().gaps[0]?.id,
      features: ["create-avatar", "list-avatars"],
    });
    expect(checks["schema:age"]?.[0]).toMatchObject({ observedValue: 4, observedUnit: "s", status: "pass" });
    expect(checks["postgres:responseTime"]?.[0]).toMatchObject({ observedValue: 12.4, status: "pass" });
    expect(checks["create-avatar:status"]?.[0]).toMatchObject({ observedValue: "broken", status: "fail" });
    const passing = Object.values(checks)
      .flat()
      .filter(({ status }) => status === "pass");
    expect(passing.length).toBeGreaterThan(0);
    expect(passing.filter((each) => "output" in each || "affectedEndpoints" in each)).toEqual([]);
  });

  it("with details says why nothing could be looked at", () => {
    const body = ask(holding(unreachableReport()), TRUSTED)?.body;
    expect(body?.output).toContain("ECONNREFUSED");
    expect(body?.checks?.["schema:gaps"]?.[0]).toMatchObject({ observedValue: 0, status: "fail" });
    expect(body?.checks?.["schema:unverified"]?.[0]).toMatchObject({ status: "fail" });
  });

  it("leaves a long list of gaps to the report", () => {
    const gaps = Array.from({ length: 5_000 }, (_, index) =>
      gapWith({ subject: { kind: "column", schema: "public", relation: "t", name: `c${index}` } }),
    );
    const body = ask(holding(reportWith({ verdict: "fail", gaps })), TRUSTED)?.body;
    expect(body?.checks?.["schema:gaps"]).toHaveLength(50);
    expect(body?.output).toBe("5000 gaps");
  });
});

describe("text for people", () => {
  const text = (report: Report, detail: boolean): string => {
    const answers = createHealthAnswers({ current: () => holding(report) }, "0.1.0", 1_000);
    return answers({ detail, feature: null }, "text/plain")?.body ?? "";
  };

  it("is two lines for everybody, and where to ask for more", () => {
    expect(text(failReport(), false)).toBe(
      "fail: 2 of 6 features broken, 1 degraded, 4 gaps\nverified 2026-11-20T10:00:00.000Z, 4 s ago\ndetails: GET /schema/verify\n",
    );
  });

  it("does not say verified when nothing was", () => {
    expect(text(unreachableReport(), false)).toMatch(
      /^fail: unverified: the database could not be asked\nlast attempt 2026-\S+, 4 s ago\n/,
    );
  });

  it("with details lists features and what is wrong with them", () => {
    expect(text(failReport(), true)).toContain(
      "[-]list-avatars broken\n    table public.avatars is missing\n[-]credits degraded\n",
    );
    expect(text(failReport(), true)).toContain("\n[+]login working\n");
  });

  it("lets no name forge a line or reach the terminal", () => {
    const lines = text(hostileReport(), true).split("\n");
    expect(lines.filter((line) => line.startsWith("PASS"))).toEqual([]);
    expect(lines.join("")).not.toContain("\u001b");
    expect(lines.join("")).toContain("drop table x");
    expect(HOSTILE_NAME).toContain("\u001b");
  });
});

describe("answers", () => {
  it("are the same object until the verdict, its state or its age in seconds changes", () => {
    let current = holding(failReport());
    const answers = createHealthAnswers({ current: () => current }, "0.1.0", 1_000);
    const body = () => answers(TRUSTED, "application/json");
    const first = body();
    current = { ...current, ageMs: 4_999 };
    expect(body()).toBe(first);
    current = { ...current, ageMs: 5_000 };
    const second = body();
    expect(second).not.toBe(first);
    current = { ...current, state: "late" };
    const third = body();
    expect(third).not.toBe(second);
    current = { ...current, version: 2 };
    expect(body()).not.toBe(third);
  });

  it("are each question's own: nobody gets what was kept for those who may know, or for another feature or type", () => {
    const create = () => createHealthAnswers({ current: () => holding(failReport()) }, "0.1.0", 1_000);
    const questions = [true, false].flatMap((detail) =>
      [null, "login", "credits"].flatMap((feature) =>
        HEALTH_TYPES.map((type): [HealthQuestion, HealthType] => [{ detail, feature }, type]),
      ),
    );
    const alone = questions.map((question) => create()(...question)?.body);
    const answers = create();
    for (const _round of [1, 2]) expect(questions.map((question) => answers(...question)?.body)).toEqual(alone);
    expect(answers(TRUSTED, "text/plain")?.body).toContain("public.avatars");
    expect(answers(ANYBODY, "text/plain")?.body).not.toContain("public.avatars");
  });

  it("are not kept for questions that anybody could make up", () => {
    let made = 0;
    const report = { ...unreachableReport(), features: [] };
    const answers = createHealthAnswers(
      {
        current: () => {
          made += 1;
          return holding(report);
        },
      },
      "0.1.0",
      1_000,
    );
    const ask = (feature: string) => answers({ detail: false, feature }, "application/json");
    expect(ask("x")).not.toBe(ask("x"));
    expect(made).toBe(2);
  });
});

function never(): never {
  throw new Error("the fixture has changed");
}
