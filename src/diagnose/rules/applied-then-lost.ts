/**
 * APPLIED_THEN_LOST: the migration that brings the object ran to its end, by a genuine row, and the object is not there:
 * somebody dropped it, or the database was put together from parts (a restore of the record table and not of the rest).
 * Certain only if the file is the one that ran, by its checksum, and the object stands for itself: what belongs to a
 * relation that exists may never have been made, when the relation was there before and the CREATE was guarded.
 */
import { isToolsChecksum } from "../../model/checksums.js";
import type { Contract } from "../../model/contract.js";
import { groupBy } from "../../model/group.js";
import { ranToEnd } from "../../model/history.js";
import type { Confidence, Gap, Migration } from "../../model/report.js";
import { type Ledger, standing } from "../ledger.js";
import { ranAfter } from "../out-of-order.js";
import type { Explanation, Facts } from "../rule.js";
import { nameMigrations, onTime, rowEvidence } from "../text.js";

export function appliedThenLost({ ledgers, contract }: Facts): Explanation[] {
  return ledgers.flatMap((ledger) => {
    // A later build may have removed it on purpose: database-ahead.ts.
    if (ledger.state === "ahead" || ledger.state === "diverged") return [];
    const ran = ledger.migrations.filter((migration) => ranToEnd(migration) && migration.status === "applied");
    const lost = ran.flatMap((migration) =>
      (ledger.brought.get(migration.name) ?? [])
        .filter((gap) => isLost(ledger, gap))
        .map((gap) => ({ gap, migration, sure: confidenceOf(gap, isSameRun(contract, ledger, migration)) })),
    );
    const sureness = ({ sure, migration }: Lost) =>
      sure === "certain" && otherSuspect(ledger, migration) !== null ? "likely" : sure;
    return [...groupBy(lost, sureness)].map(([confidence, each]) => explainAll(ledger, each, confidence));
  });
}

/** Why another migration may have removed it; null: none can have. */
function otherSuspect(ledger: Ledger, migration: Migration): string | null {
  if (ranAfter(ledger, migration).length > 0) return REORDERED;
  // Those of an older build, squashed since then: they ran before, and yet their text is not known.
  return standing(ledger).unknown.length > 0 ? SQUASHED : null;
}

interface Lost {
  readonly gap: Gap;
  readonly migration: Migration;
  readonly sure: Confidence;
}

/** Missing, and known to come with this very migration. */
function isLost(ledger: Ledger, gap: Gap): boolean {
  return gap.code.startsWith("MISSING_") && gap.code !== "MISSING_ROWS" && !ledger.unattributed.includes(gap);
}

function confidenceOf({ subject }: Gap, isSame: boolean): Confidence {
  if (subject.relation !== null) return isSame ? "likely" : "possible";
  return isSame ? "certain" : "likely";
}

/** The text is this build's, and the row is not one that somebody may have written by hand: start and end differ. */
function isSameRun(contract: Contract, ledger: Ledger, migration: Migration): boolean {
  return migration.startedAt !== migration.finishedAt && isSameFile(contract, ledger, migration);
}

/** The history compared the checksums: what differs is `edited`. It could do so where the contract has one of the tool's own. */
function isSameFile(contract: Contract, { applications, tool }: Ledger, { name }: Migration): boolean {
  return contract.applications
    .filter((application) => applications.includes(application.name))
    .flatMap(({ migrations }) => migrations?.scripts ?? [])
    .some((script) => script.name === name && isToolsChecksum(tool, script));
}

function explainAll(ledger: Ledger, lost: readonly Lost[], confidence: Confidence): Explanation {
  const migrations = [...new Set(lost.map(({ migration }) => migration))];
  const suspect = lost.every(({ sure }) => sure === "certain")
    ? (migrations.map((each) => otherSuspect(ledger, each)).find((each) => each !== null) ?? null)
    : null;
  return {
    code: "APPLIED_THEN_LOST",
    key: [ledger.table ?? "", ...migrations.map(({ name }) => name)],
    confidence,
    gaps: lost.map(({ gap }) => gap.id),
    restates: [],
    message: message(migrations, lost.length),
    evidence: rowEvidence(ledger, migrations),
    doubt: confidence === "certain" ? null : (suspect ?? DOUBTS[confidence]),
    retell: (gaps) =>
      explainAll(
        ledger,
        lost.filter(({ gap }) => gaps.includes(gap.id)),
        confidence,
      ),
  };
}

function message(migrations: readonly Migration[], count: number): string {
  const [first] = migrations;
  const since = "lost or removed since then, by something other than the migrations";
  if (migrations.length === 1 && first !== undefined) {
    const what = count === 1 ? "an object that it brings is" : `${count} objects that it brings are`;
    return `Migration ${first.name} ran${onTime(first.finishedAt ?? first.startedAt)}, and ${what} not there: ${since}.`;
  }
  return `${count} objects are not there although the migrations that bring them ran (${nameMigrations(migrations)}): ${since}.`;
}

const REORDERED = "migrations ran in another order here than in this build, and a later one may have removed it";
const SQUASHED = "the record also holds migrations that this build does not have, and one of them may have removed it";
const DOUBTS: Readonly<Record<"likely" | "possible", string>> = {
  likely:
    "either the text that ran is not known to be the one of this build, or the object belongs to a relation that may have been there before",
  possible:
    "the text that ran is not known to be the one of this build, and the object belongs to a relation that may have been there before",
};
