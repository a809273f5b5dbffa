/**
 * UNKNOWN: what breaks features and nothing explains. One cause for all of it, which says what was looked at, so that
 * nobody looks there again. It runs last and sees what the other rules have explained.
 */
import { ranToEnd } from "../../model/history.js";
import type { Gap, GapCode } from "../../model/report.js";
import { displayTime } from "../../model/time.js";
import { gapsOf, type Ledger } from "../ledger.js";
import type { Evidence, Explanation, Facts } from "../rule.js";

export function unknown(facts: Facts, explained: ReadonlySet<string>): Explanation[] {
  const left = facts.gaps.filter(({ id, severity }) => severity === "error" && !explained.has(id));
  if (left.length === 0) return [];
  return [
    {
      code: "UNKNOWN",
      key: [],
      confidence: "possible",
      gaps: left.map(({ id }) => id),
      restates: [],
      doubt: null,
      message: message(left),
      evidence: [
        ...facts.ledgers.flatMap((ledger) => ledgerEvidence(ledger, left)),
        ...otherEvidence(facts, left),
        ...aroundEvidence(facts, left),
      ],
    },
  ];
}

function message(left: readonly Gap[]): string {
  if (left.every(({ code }) => code === "MISSING_ROWS")) {
    return "The tables are there, but reference data is missing from them: usually a seed script was not run; nothing that was looked at says why.";
  }
  const what = left.length === 1 ? "this gap" : `these ${left.length} gaps`;
  return `The reason is not known: nothing that was looked at explains ${what}.`;
}

function ledgerEvidence(ledger: Ledger, left: readonly Gap[]): Evidence {
  const { table, applications, migrations, state } = ledger;
  const who = applications.join(", ");
  const source = table ?? "catalog of the database";
  if (state === "unreadable") return [{ fact: `the migration history of ${who} could not be read`, source }];
  if (state === "none") return [{ fact: `${who} has no migration-record table here`, source }];
  const required = migrations.filter((migration) => migration.required);
  const done = required.filter(ranToEnd);
  const count = {
    fact: `${done.length} of ${required.length} migrations that ${who} requires ran to their end`,
    source,
  };
  return [count, ...migrations.flatMap((migration) => contradiction(ledger, migration.name, left))];
}

/** The migration that brings the object did run, as its row says: then the object was lost, or it was never in the script. */
function contradiction(ledger: Ledger, name: string, left: readonly Gap[]): Evidence {
  const migration = ledger.migrations.find((each) => each.name === name);
  const ids = new Set(left.map(({ id }) => id));
  const count =
    migration === undefined ? 0 : gapsOf(ledger.brought, [migration]).filter(({ id }) => ids.has(id)).length;
  if (migration?.finishedAt == null || count === 0) return [];
  const note = migration.note === null ? "" : ` (${migration.note})`;
  const fact = `${name}, which brings ${count} of these objects, is recorded as finished ${displayTime(migration.finishedAt)}${note}`;
  return [{ fact, source: ledger.table ?? "record table" }];
}

/** Where nobody needs to look again, because the second look was there. */
function aroundEvidence({ surroundings, lookFailed }: Facts, left: readonly Gap[]): Evidence {
  if (lookFailed !== null) {
    return [{ fact: `what stands around could not be looked at: ${lookFailed}`, source: "catalog of the database" }];
  }
  const isRelation = left.some(({ code }) => code === "MISSING_TABLE" || code === "MISSING_VIEW");
  if (surroundings === null || !isRelation) return [];
  const fact =
    "no schema of this database holds the missing tables under their names, in other case or under another name";
  return [{ fact, source: "catalog of the database" }];
}

const HINTS: readonly (readonly [GapCode, string])[] = [
  ["MISSING_ROWS", "reference data usually comes from a seed script, which leaves no record"],
  [
    "INVALID_INDEX",
    "a concurrent index build that did not finish leaves an invalid index, and no record of who began it",
  ],
];

function otherEvidence({ contract }: Facts, left: readonly Gap[]): Evidence {
  const without = contract.applications
    .filter(({ migrations }) => migrations === null || migrations.tool === "sql")
    .map(({ name }) => name);
  const history =
    without.length === 0
      ? []
      : [
          {
            fact: `no migrations are listed for ${without.join(", ")}, so no history was looked at`,
            source: "contract",
          },
        ];
  return [
    ...history,
    ...HINTS.filter(([code]) => left.some((gap) => gap.code === code)).map(([, fact]) => ({
      fact,
      source: "what PostgreSQL records",
    })),
  ];
}
