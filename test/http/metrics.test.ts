/** /metrics in every state, read as Prometheus reads it; by promtool itself where it is installed. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { BEARER, createService, MAX_STALE_MS, REMOTE, TOKEN } from "../support/http-service.js";
import { failReport, hostileReport, passReport, unreachableReport } from "../support/report-fixtures.js";

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;
if (!hasPromtool) process.stderr.write("skipped: promtool is not installed (Debian package prometheus)\n");

/** `name{label="value"}` to value. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const pairs = lines.map((line) => {
    const match = /^([a-z_]+(?:\{.*\})?) (\S+)$/.exec(line);
    if (match === null) throw new Error(`not a sample: ${line}`);
    return [match[1] ?? "", Number(match[2])] as const;
  });
  expect(new Set(pairs.map(([name]) => name)).size).toBe(pairs.length);
  return new Map(pairs);
}

async function scrape(service: Awaited<ReturnType<typeof createService>>, headers = {}) {
  const response = await service.app.inject({ url: "/metrics", headers });
  expect(response.statusCode).toBe(200);
  return { text: response.body, type: response.headers["content-type"], samples: samplesOf(response.body) };
}

describe("metrics", () => {
  it("say what /schema/health says, and how old that is", async () => {
    const service = await createService();
    expect((await scrape(service)).samples.get('schemaready_state{state="starting"}')).toBe(1);
    await service.give(passReport());
    service.time.nowMs += 3_000;
    const good = (await scrape(service)).samples;
    expect(good.get('schemaready_status{status="pass"}')).toBe(1);
    expect(good.get('schemaready_status{status="fail"}')).toBe(0);
    expect(good.get("schemaready_verdict_age_seconds")).toBe(3);
    expect(good.get("schemaready_up")).toBe(1);
    await service.give(failReport());
    const bad = (await scrape(service)).samples;
    expect(bad.get('schemaready_status{status="fail"}')).toBe(1);
    expect(bad.get('schemaready_gaps{code="MISSING_COLUMN"}')).toBe(1);
    expect(bad.get("schemaready_verdict_changes_total")).toBe(2);
    service.time.nowMs += MAX_STALE_MS + 1;
    const expired = (await scrape(service)).samples;
    expect(expired.get('schemaready_state{state="expired"}')).toBe(1);
    expect(expired.get('schemaready_status{status="fail"}')).toBe(1);
  });

  it("count verifications, those that could not look, and answers by route and status", async () => {
    const service = await createService();
    for (const report of [passReport(), unreachableReport(), passReport()]) await service.give(report);
    await service.app.inject("/schema/health");
    await service.app.inject("/schema/health?x=1");
    await service.app.inject("/nowhere");
    await service.app.inject("/nowhere/else");
    const { samples } = await scrape(service);
    expect(samples.get("schemaready_verify_runs_total")).toBe(3);
    expect(samples.get("schemaready_verify_failures_total")).toBe(1);
    expect(samples.get('schemaready_http_requests_total{route="/schema/health",code="200"}')).toBe(2);
    expect(samples.get('schemaready_http_requests_total{route="unknown",code="404"}')).toBe(2);
  });

  it("say how long verifications took, and when one last succeeded", async () => {
    const service = await createService();
    expect((await scrape(service)).text).not.toContain("last_success");
    await service.give(passReport(), 20);
    await service.give({ ...unreachableReport(), checkedAt: "2026-11-20T11:00:00.000Z" }, 3_000);
    const { text, samples } = await scrape(service);
    expect(samples.get("schemaready_last_success_timestamp_seconds")).toBe(Date.parse(passReport().checkedAt) / 1000);
    expect(text).toContain("# TYPE schemaready_verify_duration_seconds histogram\n");
    const within = ["0.005", "0.025", "2.5", "10.0", "+Inf"].map((le) =>
      samples.get(`schemaready_verify_duration_seconds_bucket{le="${le}"}`),
    );
    expect(within).toEqual([0, 1, 1, 2, 2]);
    expect(samples.get("schemaready_verify_duration_seconds_sum")).toBeCloseTo(3.02);
    expect(samples.get("schemaready_verify_duration_seconds_count")).toBe(2);
  });

  it("tell single features only to those who may see details, and names of objects to nobody", async () => {
    const service = await createService({ token: TOKEN, host: "0.0.0.0" });
    await service.give(failReport());
    const anonymous = await service.app.inject({ url: "/metrics", ...REMOTE });
    const known = await service.app.inject({ url: "/metrics", ...REMOTE, headers: BEARER });
    expect(anonymous.body).not.toContain("schemaready_feature_served");
    expect(known.body).toContain("schemaready_feature_served");
    for (const { body } of [anonymous, known]) expect(body).not.toMatch(/avatar_generations|db\.internal/);
  });

  it("come as OpenMetrics to whoever prefers that, and as plain text to everybody else", async () => {
    const service = await createService();
    await service.give(passReport());
    const accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
    const open = await scrape(service, { accept });
    expect(open.type).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
    expect(open.text.endsWith("\n# EOF\n")).toBe(true);
    expect(open.text).toContain("# TYPE schemaready_verify_runs counter\nschemaready_verify_runs_total 1\n");
    const plain = await scrape(service, { accept: "text/html" });
    expect(plain.type).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(plain.text).toContain("# TYPE schemaready_verify_runs_total counter\n");
  });

  it.skipIf(!hasPromtool)("give promtool nothing to complain about", async () => {
    const service = await createService();
    for (const report of [passReport(), failReport(), hostileReport()]) {
      await service.give(report);
      const { text } = await scrape(service);
      const { status, stdout, stderr } = spawnSync("promtool", ["check", "metrics"], { input: text, encoding: "utf8" });
      expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
    }
  });
});
