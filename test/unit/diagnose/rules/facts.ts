/** Facts about one application, as the rules get them. */
import { buildLedgers } from "../../../../src/diagnose/ledger.js";
import type { Facts } from "../../../../src/diagnose/rule.js";
import type { Application, Contract } from "../../../../src/model/contract.js";
import type { Gap, History } from "../../../../src/model/report.js";
import { contractOf, gap, history, migrated, relation, subject } from "../../../support/builders.js";

export const CONTRACT = contractOf(
  migrated([], { relations: [relation("avatars", []), relation("avatar_generations", [])] }),
);

export function factsOf(histories: readonly History[], gaps: readonly Gap[], contract: Contract = CONTRACT): Facts {
  return { gaps, contract, ledgers: buildLedgers(contract, histories, gaps) };
}

export function missingTable(id: string, name: string, introducedBy: string | null = null): Gap {
  return gap({ id, code: "MISSING_TABLE", subject: subject("table", name), introducedBy });
}

export function missingColumn(id: string, relationName: string, name: string, introducedBy: string | null = null): Gap {
  return gap({ id, code: "MISSING_COLUMN", subject: subject("column", name, relationName), introducedBy });
}

/** What migrationGaps() says of a migration, in the record table of `history()`. */
export function notApplied(name: string): Gap {
  return gap({
    id: `g-${name}`,
    code: "MIGRATION_NOT_APPLIED",
    severity: "warning",
    subject: subject("migration", name),
    introducedBy: name,
    operations: [],
  });
}

export function withRelations(...relations: Application["relations"]): Contract {
  return contractOf(migrated([], { relations }));
}

export { gap, history, relation, subject };
