/** Smoke flows as they leave the check file: validated, defaults filled in, templates (`{{name}}`) not yet replaced. */
import type { Json, RequiredObject, StepPlace } from "./report.js";

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
  /** Whether a flow keeps the cookies that it is sent, and gets those of the flows it needs. Absent: it does not. */
  readonly cookies?: boolean;
  readonly flows: readonly Flow[];
}

export interface Flow {
  readonly id: string;
  readonly title: string;
  /** Flows that run first, once per run; their captures are visible here. If one fails, this flow is skipped. */
  readonly needs: readonly string[];
  /** What it can be chosen by. */
  readonly tags?: readonly string[];
  /** The row of a flow that is repeated for each row of a list; absent: it runs once. */
  readonly row?: FlowRow;
  readonly steps: readonly Step[];
}

/** One run of a repeated flow. */
export interface FlowRow {
  /** Id of the flow in the check file; the runs are called `id[1]`, `id[2]`. */
  readonly of: string;
  /** Name -> value, for `{{name}}`. Strings may hold templates of the suite. */
  readonly values: Readonly<Record<string, Json>>;
}

/** What a failure of a step means: `error` fails the run, `warning` only warns, `info` is told and nothing more. */
export type StepSeverity = "error" | "warning" | "info";

interface StepBase {
  readonly id: string;
  readonly title: string;
  /** Feature of the check file that this step exercises. */
  readonly feature: string | null;
  /** Steps of the same flow that must have passed; otherwise this one is skipped. */
  readonly needs: readonly string[];
  readonly tags?: readonly string[];
  /** Absent: error. */
  readonly severity?: StepSeverity;
  /** Objects of the schema without which it cannot pass, besides those of its feature. */
  readonly requires?: readonly RequiredObject[];
  /** Where its name stands in the check file; absent when it comes from none. */
  readonly place?: StepPlace | undefined;
}

export interface RequestStep extends StepBase {
  readonly kind: "request";
  readonly request: RequestTemplate;
  readonly capture: readonly Capture[];
  readonly assert: ResponseAssertions;
  readonly poll: Poll | null;
  /** Registered when this step has passed; run last-in first-out at the end, in this order, whatever happened in between. */
  readonly cleanup: readonly Cleanup[];
}

/** A read-only statement on the target database: does the row exist, did the balance fall? */
export interface SqlStep extends StepBase {
  readonly kind: "sql";
  readonly query: string;
  readonly params: readonly string[];
  readonly capture: readonly SqlCapture[];
  readonly assert: SqlAssertions;
  /** Absent: it runs once. */
  readonly poll?: Poll<SqlAssertions>;
  /** For each time that the statement runs. */
  readonly timeoutMs: number;
}

export type Step = RequestStep | SqlStep;

export interface RequestTemplate {
  readonly method: string;
  /** Path (`/api/projects/{{projectId}}`), resolved against baseUrl; an absolute URL must have an origin that is allowed. */
  readonly path: string;
  /** A list gives the parameter several times. */
  readonly query: Texts;
  /** A list becomes one header, its values joined by commas (of `cookie` by semicolons). */
  readonly headers: Texts;
  readonly body:
    | { readonly kind: "none" }
    | { readonly kind: "json"; readonly value: Json }
    | { readonly kind: "form"; readonly value: Texts }
    | { readonly kind: "multipart"; readonly parts: readonly Part[] }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly contentType: string }
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

/** Name -> one text or several; templates allowed. */
export type Texts = Readonly<Record<string, string | readonly string[]>>;

/** One part of a `multipart/form-data` body; a field without a file name is text. */
export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly fileName: string | null;
  readonly contentType: string | null;
}

export interface Capture {
  readonly name: string;
  readonly from:
    | { readonly kind: "json-path"; readonly path: string }
    | { readonly kind: "header"; readonly header: string }
    | { readonly kind: "cookie"; readonly cookie: string }
    | { readonly kind: "body" }
    /** Of the whole exchange, in milliseconds. */
    | { readonly kind: "duration" }
    | { readonly kind: "status" };
  /** Only the part of the value that a pattern finds. */
  readonly pattern?: CapturePattern;
  readonly secret: boolean;
}

export interface CapturePattern {
  /** A JavaScript regular expression (flag u). */
  readonly regex: string;
  /** 0: the whole match. */
  readonly group: number | string;
}

export interface SqlCapture {
  readonly name: string;
  /** Column of the first row. */
  readonly column: string;
  readonly secret: boolean;
}

/**
 * Exactly one claim is set, and `plus` or `minus` beside a claim about a number. Strings may hold templates. Patterns
 * are JavaScript regular expressions (flag u).
 */
export interface Predicate {
  readonly equals?: Json;
  readonly notEquals?: Json;
  /** Equal to one of these. */
  readonly oneOf?: readonly Json[];
  readonly contains?: string;
  readonly notContains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly matches?: string;
  readonly notMatches?: string;
  readonly exists?: boolean;
  readonly type?: "string" | "number" | "boolean" | "object" | "array" | "null";
  readonly length?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly atLeast?: NumberOrText;
  readonly atMost?: NumberOrText;
  readonly greaterThan?: NumberOrText;
  readonly lessThan?: NumberOrText;
  /** Added to the number of the claim: `equals: "{{before}}"` with `minus: 10` is "it fell by 10". */
  readonly plus?: NumberOrText;
  readonly minus?: NumberOrText;
}

/** A number, or a text with a template that gives one. */
export type NumberOrText = number | string;

export interface ResponseAssertions {
  /** Accepted status codes; empty: any 2xx. */
  readonly status: readonly number[];
  readonly headers: readonly { readonly header: string; readonly predicate: Predicate }[];
  readonly jsonPath: readonly { readonly path: string; readonly predicate: Predicate }[];
  readonly body: readonly Predicate[];
  /** The body as JSON holds at least this: every property that is named, lists element by element. Absent: no claim. */
  readonly json?: Json;
  readonly maxDurationMs: number | null;
  /** What is too slow fails, or only warns. Absent: fails. */
  readonly slow?: "warn" | "fail";
}

export interface SqlAssertions {
  readonly rows: Predicate | null;
  /** Column of the first row -> predicate. */
  readonly values: readonly { readonly column: string; readonly predicate: Predicate }[];
}

/** The request or the statement is repeated until `until` holds (then `assert` is judged), `failWhen` holds, or the time is over. */
export interface Poll<Claims = ResponseAssertions> {
  readonly until: Claims;
  readonly failWhen: Claims | null;
  readonly everyMs: number;
  /** Each wait is this many times the one before, up to 30 seconds. Absent: 1. */
  readonly backoff?: number;
  /** Most tries; absent: as many as there is time for. */
  readonly max?: number;
  readonly timeoutMs: number;
}

export interface Cleanup {
  readonly request: RequestTemplate;
  /** Empty: 2xx, 404 and 410 all count as cleaned up. */
  readonly status: readonly number[];
  /** What stays behind if the clean-up fails, for people: `project {{projectId}}`. */
  readonly describes: string;
}
