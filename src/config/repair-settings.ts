/** Settings of `schemaready repair`. */
import type { ConnectionSettings } from "./connection-string.js";
import { databaseGiven, readConnection } from "./database.js";
import { readOutputs } from "./outputs.js";
import type { SettingReader } from "./reader.js";
import {
  type ContractSettings,
  collect,
  contractSettings,
  type Sources,
  type TrialSettings,
  trialSettings,
  withTrialFlags,
} from "./settings.js";
import type { RepairOutput } from "./values.js";

export interface RepairSettings extends ContractSettings, TrialSettings {
  /** Null: the gaps of a saved report, and no database. */
  readonly connection: ConnectionSettings | null;
  readonly timeoutMs: number;
  /** Ids; empty: every feature. */
  readonly features: readonly string[];
  /** A report in JSON, as it was given; null: the database is verified now. */
  readonly report: string | null;
  /** As they were given: `schema.table.column=EXPRESSION`. */
  readonly backfill: readonly string[];
  readonly outputs: readonly RepairOutput[];
  /** Try the plan on a copy. */
  readonly proof: boolean;
}

const DEFAULT_TIMEOUT_MS = 15_000;

/** @throws as verifySettings */
export function repairSettings({ flags, ...sources }: Sources): RepairSettings {
  const own = withTrialFlags({
    ...sources,
    flags: { ...flags, repairFormat: flags["format"], savedReport: flags["report"] },
  });
  return collect(own, (reader) => ({
    ...contractSettings(reader, own),
    ...trialSettings(reader),
    report: reader.one("savedReport"),
    connection: connectionFor(reader, own),
    timeoutMs: reader.one("timeout") ?? DEFAULT_TIMEOUT_MS,
    features: reader.many("feature"),
    backfill: reader.many("backfill"),
    outputs: readOutputs(reader, sources.directory, reader.many("repairFormat")),
    proof: flags["proof"] !== false,
  }));
}

/** A saved report says what is wrong, so that no database is needed. */
function connectionFor(reader: SettingReader, { environment }: Sources): ConnectionSettings | null {
  const connection = readConnection(reader, environment);
  const isNeeded = reader.given("savedReport").length === 0;
  if (connection === null && isNeeded && !databaseGiven(reader, environment)) {
    const message =
      "no database: give a URL, or set DATABASE_URL (or PGHOST and PGDATABASE); or a saved report: --report FILE";
    reader.problems.push({ place: "--database-url", message });
  }
  return connection;
}
