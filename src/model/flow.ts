/** Smoke flows as they leave the check file: validated, defaults filled in, templates (`{{name}}`) not yet replaced. */
import type { Json } from "./report.js";

export interface SmokeSuite {
  readonly application: string;
  /** Schema that SQL steps see as their search_path. */
  readonly schema: string;
  /** Origin (and optional path prefix) of the application; a template such as `{{env.APP_URL}}`. Null: `--base-url` is needed. */
  readonly baseUrl: string | null;
  /** Origins besides that of baseUrl which absolute URLs of requests may have; templates. */
  readonly origins: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** As variables, but their values are replaced by `[redacted]` wherever the run prints anything. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly flows: readonly Flow[];
}

export interface Flow {
  readonly id: string;
  readonly title: string;
  /** Flows that run first, once per run; their captures are visible here. If one fails, this flow is skipped. */
  readonly needs: readonly string[];
  readonly steps: readonly Step[];
}

interface StepBase {
  readonly id: string;
  readonly title: string;
  /** Feature of the check file that this step exercises. */
  readonly feature: string | null;
  /** Steps of the same flow that must have passed; otherwise this one is skipped. */
  readonly needs: readonly string[];
}

export interface RequestStep extends StepBase {
  readonly kind: "request";
  readonly request: RequestTemplate;
  readonly capture: readonly Capture[];
  readonly assert: ResponseAssertions;
  readonly poll: Poll | null;
  /** Registered when this step has passed; run last-in first-out at the end, whatever happened in between. */
  readonly cleanup: Cleanup | null;
}

/** A read-only statement on the target database: does the row exist, did the balance fall? */
export interface SqlStep extends StepBase {
  readonly kind: "sql";
  readonly query: string;
  readonly params: readonly string[];
  readonly capture: readonly SqlCapture[];
  readonly assert: SqlAssertions;
  readonly timeoutMs: number;
}

export type Step = RequestStep | SqlStep;

export interface RequestTemplate {
  readonly method: string;
  /** Path (`/api/projects/{{projectId}}`), resolved against baseUrl; an absolute URL must have an origin that is allowed. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | { readonly kind: "none" }
    | { readonly kind: "json"; readonly value: Json }
    | { readonly kind: "form"; readonly value: Readonly<Record<string, string>> }
    | { readonly kind: "text"; readonly value: string };
  /** Milliseconds for the whole exchange, redirects and repetitions included. */
  readonly timeoutMs: number;
  /** How many redirects are followed, within the same origin only; 0: none. */
  readonly redirects: number;
  /** How often it is sent again when there was no connection. */
  readonly retries: number;
  /** Send an Idempotency-Key: a UUID, the same in every repetition. */
  readonly idempotencyKey: boolean;
}

export interface Capture {
  readonly name: string;
  readonly from:
    | { readonly kind: "json-path"; readonly path: string }
    | { readonly kind: "header"; readonly header: string }
    | { readonly kind: "status" };
  readonly secret: boolean;
}

export interface SqlCapture {
  readonly name: string;
  /** Column of the first row. */
  readonly column: string;
  readonly secret: boolean;
}

/** Exactly one property is set. Strings may hold templates. `matches` is a JavaScript regular expression (flag u). */
export interface Predicate {
  readonly equals?: Json;
  readonly notEquals?: Json;
  readonly contains?: string;
  readonly matches?: string;
  readonly exists?: boolean;
  readonly type?: "string" | "number" | "boolean" | "object" | "array" | "null";
  readonly length?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly greaterThan?: number;
  readonly lessThan?: number;
}

export interface ResponseAssertions {
  /** Accepted status codes; empty: any 2xx. */
  readonly status: readonly number[];
  readonly headers: readonly { readonly header: string; readonly predicate: Predicate }[];
  readonly jsonPath: readonly { readonly path: string; readonly predicate: Predicate }[];
  readonly body: readonly Predicate[];
  readonly maxDurationMs: number | null;
}

export interface SqlAssertions {
  readonly rows: Predicate | null;
  /** Column of the first row -> predicate. */
  readonly values: readonly { readonly column: string; readonly predicate: Predicate }[];
}

/** The request is repeated until `until` holds (then `assert` is judged), `failWhen` holds, or the time is over. */
export interface Poll {
  readonly until: ResponseAssertions;
  readonly failWhen: ResponseAssertions | null;
  readonly everyMs: number;
  readonly timeoutMs: number;
}

export interface Cleanup {
  readonly request: RequestTemplate;
  /** Empty: 2xx, 404 and 410 all count as cleaned up. */
  readonly status: readonly number[];
  /** What stays behind if the clean-up fails, for people: `project {{projectId}}`. */
  readonly describes: string;
}
