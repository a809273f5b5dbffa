/** Words that the rules share. */
import { quoteLiteral } from "../model/names.js";
import type { Migration } from "../model/report.js";
import { displayTime } from "../model/time.js";
import { toolWords } from "../model/tools.js";
import type { Ledger } from "./ledger.js";
import type { Evidence } from "./rule.js";

const MOST_NAMES = 5;

/** `a`, `a and b`, `a, b and c`; of a long list the first few and how many more. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const rest = names.length - shown.length;
  const parts = rest === 0 ? shown : [...shown, `${rest} more`];
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

/** `migration a`, `migrations a and b` */
export function nameMigrations(migrations: readonly Migration[]): string {
  return `migration${migrations.length === 1 ? "" : "s"} ${listNames(migrations.map(({ name }) => name))}`;
}

export function capitalize(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** ` on 2025-10-16 02:10:34 UTC`, or nothing when the time is not known. */
export function onTime(iso: string | null): string {
  return iso === null ? "" : ` on ${displayTime(iso)}`;
}

/** The facts of each migration's row, with the place where anybody can look them up; what has no row is said at once. */
export function rowEvidence(ledger: Ledger, migrations: readonly Migration[]): Evidence {
  const absent = migrations.filter((migration) => !hasRow(migration));
  const present = migrations.filter(hasRow);
  const source = ledger.table ?? "catalog of the database";
  return [
    ...present.map((migration) => ({
      fact: rowFact(migration),
      source: `${source}, ${toolWords(ledger.tool).column} = ${quoteLiteral(migration.name)}`,
    })),
    ...absent.flatMap(({ name, note }) => (note === null ? [] : [{ fact: `${name}: ${note}`, source }])),
    ...(absent.length > 0 ? [{ fact: `there is no row of ${absent.map(({ name }) => name).join(", ")}`, source }] : []),
  ];
}

/** What is pending or out of order has none, nor has what runs in a tool that records nothing before the end. */
function hasRow({ status, startedAt, finishedAt }: Migration): boolean {
  if (status === "running") return startedAt !== null || finishedAt !== null;
  return status !== "pending" && status !== "out-of-order";
}

function rowFact({ name, status, startedAt, finishedAt, note }: Migration): string {
  // Some tools record one time, for failures too.
  const end = status === "failed" && startedAt === null ? "recorded" : "finished";
  const times = [
    startedAt === null ? [] : [`started ${displayTime(startedAt)}`],
    finishedAt === null ? (startedAt === null ? [] : ["not finished"]) : [`${end} ${displayTime(finishedAt)}`],
  ].flat();
  const said = [times.join(", "), note ?? ""].filter((part) => part !== "");
  return `${name}: ${said.length === 0 ? "recorded" : said.join("; ")}`;
}
