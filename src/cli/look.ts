/** What the commands that look at a database do alike: the contract that is compared, and one verification of it. */
import type { ConnectionSettings, ContractSettings, TrialSettings } from "../config/index.js";
import type { Contract } from "../model/contract.js";
import type { Report } from "../model/report.js";
import { type TryOut, verify } from "../verify.js";
import { obtainContract } from "./contract.js";
import type { CliIo } from "./io.js";
import { limitsFor } from "./limits.js";
import type { Progress } from "./progress.js";
import { reportOnFeatures, selectFeatures } from "./select-features.js";
import { abortable } from "./stop.js";

/** What is looked at, and how long a look may take. */
interface LookSettings {
  readonly connection: ConnectionSettings;
  readonly timeoutMs: number;
  /** Ids; empty: every feature. */
  readonly features: readonly string[];
}

/** A last look is still worth its name. */
const SHORTEST_LOOK_MS = 1_000;

/**
 * The contract, or the part of it that `--feature` chooses.
 * @param start where names without a schema are, when there is no connection
 * @throws as obtainContract and selectFeatures
 */
export async function chosenContract(
  settings: ContractSettings & Pick<LookSettings, "features" | "timeoutMs">,
  start: Parameters<typeof obtainContract>[1],
  progress: Progress,
  io: CliIo,
): Promise<Contract> {
  return selectFeatures(await obtainContract(settings, start, progress, io), settings.features);
}

/** One verification, which ends when the deadline does; nothing is tried. */
export function lookWithin(
  remainingMs: number,
  settings: LookSettings,
  contract: Contract,
  io: CliIo,
): Promise<Report> {
  const timeoutMs = Math.max(SHORTEST_LOOK_MS, Math.min(settings.timeoutMs, remainingMs));
  return look({ ...settings, timeoutMs }, contract, io);
}

/** One verification, and a trial of the migrations that wait. @throws as withTrials */
export async function lookAndTry(
  settings: LookSettings & ContractSettings & TrialSettings,
  contract: Contract,
  progress: Progress,
  io: CliIo,
): Promise<Report> {
  const { connection, timeoutMs, migrations } = settings;
  // A contract holds no scripts: there is nothing to try, and what tries is not loaded.
  if (settings.contract !== null && migrations === null) return look(settings, contract, io);
  const { withTrials } = await import("./try-out.js");
  const request = { settings, contract, connection, limits: limitsFor(timeoutMs) };
  return withTrials(request, progress, io, (tryOut) => look(settings, contract, io, tryOut));
}

async function look(
  { connection, timeoutMs, features }: LookSettings,
  contract: Contract,
  io: CliIo,
  tryOut: { readonly tryOut?: TryOut } = {},
): Promise<Report> {
  const verifying = verify({ contract, connection, limits: limitsFor(timeoutMs), ...tryOut });
  return reportOnFeatures(await abortable(verifying, io.signal), features);
}
