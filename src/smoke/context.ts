/** What a step needs while it runs. */
import type { ConnectionSettings, Redactor } from "../config/index.js";
import type { Json } from "../model/report.js";
import type { SmokeHappening } from "../model/smoke-event.js";
import type { CleanupStack } from "./cleanup.js";
import type { CookieJar } from "./cookie-jar.js";
import type { HttpClient } from "./http.js";
import type { PlannedFlow } from "./planned.js";
import type { StepRecord } from "./record.js";
import type { Journal } from "./run-file/journal.js";
import type { Lookup } from "./template.js";

/** Shared by all flows of a run. */
export interface RunContext {
  readonly runId: string;
  readonly client: HttpClient;
  readonly connection: ConnectionSettings | null;
  readonly redactor: Redactor;
  readonly cleanup: CleanupStack;
  /** Where what is created is remembered outside the process. */
  readonly journal: Journal;
  /** Aborts when the caller asks the run to stop. */
  readonly signal: AbortSignal;
  readonly emit: (event: SmokeHappening) => void;
  /** Why no further step begins; null as long as they do. */
  readonly halted: () => string | null;
}

/** One flow of a run. */
export interface FlowContext extends RunContext {
  readonly planned: PlannedFlow;
  /** Captures of earlier steps and needed flows before the values of the suite. */
  readonly lookup: Lookup;
  /** What steps of this flow have captured until now, whatever a later claim about them said: for clean-up only. */
  readonly captured: Lookup;
  /** Null: cookies are neither kept nor sent. */
  readonly jar: CookieJar | null;
}

/** What came out of a step. */
export interface StepDone {
  readonly record: StepRecord;
  readonly captures: ReadonlyMap<string, Json>;
}
