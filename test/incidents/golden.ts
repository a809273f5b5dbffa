/** Golden files of incidents: texts without what differs from run to run. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import type { Report } from "../../src/model/report.js";

const update = process.env["UPDATE_GOLDEN"] !== undefined;
if (update && process.env["CI"] !== undefined) throw new Error("CI compares golden files, it does not write them.");

/** The report as it would be about a database called app: names, addresses and times of this run give way before anything is wrapped. */
export function steady(report: Report): Report {
  const { host, port, database, user, server } = report.target;
  const text = [
    [report.checkedAt, "2026-11-20T10:00:00.000Z"],
    [user, "app_user"],
    [database, "app"],
    [`${host}:${port}`, "db.internal:5432"],
  ].reduce(
    (json, [found = "", instead = ""]) => json.replaceAll(found, instead),
    JSON.stringify(report).replaceAll(/embedded PostgreSQL [\d.]+/g, "embedded PostgreSQL 18.4"),
  );
  // The server of the tests has the databases of other tests, and any administrator.
  const alone = text.replace(/(other databases on this server: )[^"]*/g, "$1app_prod");
  const owned = alone.replace(/(its owner \()[^)]*/g, "$1app_owner");
  // Of other sessions: their process, their role and how long they have been at it.
  const others = owned
    .replace(/\b(process|session|pid =) \d+/g, "$1 4711")
    .replace(/(in a transaction for|\bfor) \d+ s\b/g, "$1 42 s")
    .replace(/(holds the [^"]*? since )[-\d: ]+UTC/g, (_all, before: string) => `${before}2026-11-20 09:59:18 UTC`)
    .replace(/\(role [^),]*/g, "(role deployer");
  const same = JSON.parse(others) as Report;
  const target = { ...same.target, host: "db.internal", port: 5432, server: server === null ? null : "18.4" };
  return { ...same, durationMs: 12.3, target, contract: { ...same.contract, id: `sha256:${"c".repeat(64)}` } };
}

export function compareGolden(file: string, text: string): void {
  if (update) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
