/** A service over verifications that the test decides, and a check of its answers against the OpenAPI document. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import {
  type AppOptions,
  buildApp,
  createLogger,
  createPlans,
  createReadiness,
  createRefresher,
  createSmokeRuns,
  openApiDocument,
  type PlansOptions,
  type Readiness,
  type Refresher,
  type SmokeRuns,
  type StartSmoke,
} from "../../src/http/index.js";
import type { Report } from "../../src/model/report.js";
import { FakeTime } from "./fake-time.js";

export const INTERVAL_MS = 10_000;
export const MAX_STALE_MS = 300_000;
export const TOKEN = "correct-horse-battery";
/** A caller from another machine: inject() comes from loopback unless told otherwise. */
export const REMOTE = { remoteAddress: "203.0.113.9" } as const;
export const BEARER = { authorization: `Bearer ${TOKEN}` } as const;

export interface TestService {
  readonly app: FastifyInstance;
  readonly refresher: Refresher;
  readonly readiness: Readiness;
  readonly time: FakeTime;
  readonly logLines: string[];
  readonly smoke: SmokeRuns | null;
  /** Verifies, with this result. */
  give(result: Report | Error, durationMs?: number): Promise<void>;
}

type Options = Partial<Pick<AppOptions, "token" | "host">> & {
  readonly smoke?: StartSmoke;
  readonly heartbeatMs?: number;
  readonly requires?: "verification" | "schema";
  readonly logLevel?: "info" | "debug";
  /** Makes plans; without it the plan is the one that the report has. */
  readonly plan?: PlansOptions["plan"];
};

/** Builds a service that verifies only when told to. Without options: loopback, no token. */
export async function createService(options: Options = {}): Promise<TestService> {
  const { token = null, host = "127.0.0.1", requires, logLevel = "info" } = options;
  const time = new FakeTime();
  const logLines: string[] = [];
  const destination = { write: (line: string) => void logLines.push(line) };
  const logger = createLogger({ level: logLevel, secrets: [token], destination });
  let result: Report | Error = new Error("the test has not said what is found");
  let takesMs = 0;
  const refresher = createRefresher({
    verify: async () => {
      time.nowMs += takesMs;
      if (result instanceof Error) throw result;
      return result;
    },
    intervalMs: INTERVAL_MS,
    maxStaleMs: MAX_STALE_MS,
    now: time.now,
    setTimer: time.setTimer,
    logger,
  });
  const readiness = createReadiness(refresher, requires);
  const { smoke: start, heartbeatMs = 15_000 } = options;
  const smoke = start === undefined ? null : createSmokeRuns({ start, logger, heartbeatMs });
  const plan = options.plan ?? (async (report: Report) => report);
  const plans = createPlans({ plan, logger, now: time.now });
  const rest = { plans, smoke, version: "0.1.0", token, host, intervalMs: INTERVAL_MS, logger };
  const app = await buildApp({ refresher, readiness, ...rest });
  const give = async (next: Report | Error, durationMs = 0) => {
    result = next;
    takesMs = durationMs;
    await refresher.refresh();
  };
  return { app, refresher, readiness, time, logLines, give, smoke };
}

interface Response {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Response>> }>>>
  >;
}

/** What is wrong with an answer to GET `path` by the OpenAPI document; null when nothing is. */
export type AnswerCheck = (path: string, response: AnswerLike, method?: string) => string | null;

/** What inject() and fetch() have in common. */
export interface AnswerLike extends Pick<LightMyRequestResponse, "statusCode"> {
  readonly headers: Readonly<Record<string, unknown>>;
  json(): unknown;
}

/** Reads the document once. Bodies are validated by ajv against JSON Schema 2020-12, independently of zod. */
export async function createAnswerCheck(): Promise<AnswerCheck> {
  const document = (await openApiDocument("0.1.0")) as Document;
  // Not strict: the document is not itself a schema, only holds some.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, "openapi");
  return (path, response, method = "get") => {
    const declared = document.paths[path]?.[method]?.responses[String(response.statusCode)];
    if (declared === undefined) return `${path} does not declare ${response.statusCode}`;
    const missing = Object.keys(declared.headers ?? {}).filter((name) => response.headers[name] === undefined);
    if (missing.length > 0) return `${path} ${response.statusCode} lacks the headers ${missing.join(", ")}`;
    const type = String(response.headers["content-type"]).split(";", 1)[0] ?? "";
    if (!(type in (declared.content ?? {}))) return `${path} ${response.statusCode} does not declare ${type}`;
    if (!type.includes("json")) return null;
    const pointer = ["paths", path, method, "responses", response.statusCode, "content", type, "schema"];
    const escaped = pointer.map((part) => encodeURIComponent(String(part).replaceAll("~", "~0").replaceAll("/", "~1")));
    const validate = ajv.getSchema(`openapi#/${escaped.join("/")}`);
    if (validate === undefined) return `${path} has no schema for ${type}`;
    return validate(response.json()) === true ? null : ajv.errorsText(validate.errors);
  };
}
