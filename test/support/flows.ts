/** Smoke suites for tests: what a check file becomes when nothing is written but the point of the test. */
import type {
  Cleanup,
  Flow,
  Poll,
  RequestStep,
  RequestTemplate,
  ResponseAssertions,
  SmokeSuite,
  SqlStep,
  Step,
} from "../../src/model/flow.js";

export const ANY: ResponseAssertions = { status: [], headers: [], jsonPath: [], body: [], maxDurationMs: null };

export function claims(parts: Partial<ResponseAssertions>): ResponseAssertions {
  return { ...ANY, ...parts };
}

/** `POST /path`; the rest by name. */
export function request(line: string, parts: Partial<RequestTemplate> = {}): RequestTemplate {
  const [method = "GET", path = "/"] = line.split(" ");
  const limits = { timeoutMs: 5_000, redirects: 0, retries: 0, idempotencyKey: false };
  return { method, path, query: {}, headers: {}, body: { kind: "none" }, ...limits, ...parts };
}

type StepParts = Partial<Omit<RequestStep, "request" | "cleanup">> & {
  readonly request?: Partial<RequestTemplate>;
  readonly cleanup?: Cleanup | readonly Cleanup[] | null;
};

/** A request step: `step("create", "POST /projects", { assert: ... })`. */
export function step(
  id: string,
  line: string,
  { request: parts, cleanup: after, ...rest }: StepParts = {},
): RequestStep {
  return {
    kind: "request",
    id,
    title: id,
    feature: null,
    needs: [],
    capture: [],
    assert: ANY,
    poll: null,
    ...rest,
    cleanup: [after ?? []].flat(),
    request: request(line, parts),
  };
}

export function sqlStep(id: string, query: string, parts: Partial<SqlStep> = {}): SqlStep {
  return {
    kind: "sql",
    id,
    title: id,
    feature: null,
    needs: [],
    query,
    params: [],
    capture: [],
    assert: { rows: null, values: [] },
    timeoutMs: 5_000,
    ...parts,
  };
}

export function jsonCapture(name: string, path: string, secret = false): RequestStep["capture"][number] {
  return { name, from: { kind: "json-path", path }, secret };
}

export function cleanup(line: string, describes: string, parts: Partial<Cleanup> = {}): Cleanup {
  return { request: request(line), status: [], describes, ...parts };
}

export function poll(until: Partial<ResponseAssertions>, parts: Partial<Poll> = {}): Poll {
  return { until: claims(until), failWhen: null, everyMs: 20, timeoutMs: 1_000, ...parts };
}

export function flow(id: string, steps: readonly Step[], needs: readonly string[] = []): Flow {
  return { id, title: id, needs, steps };
}

export function suite(flows: readonly Flow[], parts: Partial<SmokeSuite> = {}): SmokeSuite {
  return {
    application: "app",
    schema: "public",
    baseUrl: null,
    origins: [],
    variables: {},
    secrets: {},
    flows,
    ...parts,
  };
}
