/**
 * The one table of faults: what every route answers while each of them lasts. The tests go through it with a real
 * PostgreSQL, and docs/http.md shows it: test/faults/table.test.ts compares.
 */

/** What routes answer in one state of the service. */
interface Answers {
  /** Of /schema/health: status code and word; the metric schemaready_status says the same. */
  readonly health: "200 pass" | "200 warn" | "503 fail";
  /** Of /schema/verify, /schema/features, /schema/migrations and /schema/repair. */
  readonly report: 200 | 503;
  /** Of /schema/verify?refresh=true, for the verification that led to this state. */
  readonly refresh: 200 | 503;
  /** What the status page says, with 200. */
  readonly page: "PASS" | "FAIL" | "UNVERIFIED";
  /** The metric schemaready_up. */
  readonly up: 0 | 1;
}

export const STATES = {
  fits: { health: "200 pass", report: 200, refresh: 200, page: "PASS", up: 1 },
  /** Nobody could look, once or twice in a row: the last verdict stands, with its age. */
  damped: { health: "200 warn", report: 200, refresh: 503, page: "PASS", up: 0 },
  /** The third time in a row, and from then on. */
  away: { health: "503 fail", report: 503, refresh: 503, page: "UNVERIFIED", up: 0 },
  gap: { health: "503 fail", report: 200, refresh: 200, page: "FAIL", up: 1 },
  gapDamped: { health: "503 fail", report: 200, refresh: 503, page: "FAIL", up: 0 },
  /** The server answers, but one object could not be looked into. */
  lockedDamped: { health: "200 warn", report: 200, refresh: 200, page: "PASS", up: 0 },
  locked: { health: "503 fail", report: 200, refresh: 200, page: "UNVERIFIED", up: 0 },
} as const satisfies Readonly<Record<string, Answers>>;

export type State = keyof typeof STATES;

interface Fault {
  /** As docs/http.md says it. */
  readonly what: string;
  /** What the service goes through while it lasts, beginning with the first verification after it has begun. */
  readonly states: readonly State[];
}

export const FAULTS = {
  stopped: { what: "PostgreSQL is stopped, its port is closed", states: ["damped", "away"] },
  restarted: { what: "PostgreSQL is restarted between two verifications", states: ["fits"] },
  frozen: { what: "PostgreSQL is frozen (SIGSTOP, a hanging disk)", states: ["damped", "away"] },
  frozenWithGap: { what: "the same, when there was a gap", states: ["gapDamped", "away"] },
  blackHole: { what: "the network swallows everything", states: ["damped", "away"] },
  refused: { what: "connections are taken and closed again (a proxy without its server)", states: ["damped", "away"] },
  reset: { what: "connections are reset between two verifications", states: ["fits"] },
  slots: {
    what: "no connection slot is free: first while the service has its own, then when it has lost that",
    states: ["fits", "damped", "away"],
  },
  password: {
    what: "the password is changed: first until the connection ends, a minute at most",
    states: ["fits", "damped", "away"],
  },
  login: { what: "the role may not log in any more: likewise", states: ["fits", "damped", "away"] },
  connect: { what: "the role loses `CONNECT` on the database: likewise", states: ["fits", "damped", "away"] },
  connectionLimit: { what: "the role's `CONNECTION LIMIT` is reached: likewise", states: ["fits", "damped", "away"] },
  rights: { what: "the role loses `SELECT` on a table", states: ["gap"] },
  failover: { what: "failover to a server whose schema lacks something", states: ["gap"] },
  failoverSame: { what: "failover to a server with the same schema", states: ["fits"] },
  lock: {
    what: "a migration holds `ACCESS EXCLUSIVE` for a minute; no rows of that table are required",
    states: ["fits"],
  },
  lockOnRows: {
    what: "a migration holds `ACCESS EXCLUSIVE` on a table whose rows are required: first until any catalog changes",
    states: ["fits", "lockedDamped", "locked"],
  },
  statementTimeout: {
    what: "the role has a `statement_timeout` or `lock_timeout` that is too short",
    states: ["fits"],
  },
  idleTimeout: { what: "the role has an `idle_session_timeout`", states: ["fits"] },
  pooler: { what: "PgBouncer in transaction mode stands in between", states: ["fits"] },
  poolerWithoutServer: { what: "PgBouncer has lost its PostgreSQL", states: ["damped", "away"] },
  poolerStopped: { what: "PgBouncer is stopped", states: ["damped", "away"] },
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultName = keyof typeof FAULTS;

/** What each route answers in a state, as LiveService.answers() tells it. */
export function answersIn(state: State): Readonly<Record<string, string>> {
  const { health, report, page, up } = STATES[state];
  const ofReport = ["/schema/verify", "/schema/features", "/schema/migrations", "/schema/repair"];
  return {
    "/livez": "200",
    "/readyz": "200",
    "/schema/health": health,
    ...Object.fromEntries(ofReport.map((path) => [path, String(report)])),
    "/schema/changes": "200",
    "/metrics": `200 ${health.slice(4)}, up ${up}`,
    "/": `200 ${page}`,
    "/openapi.json": "200",
    "/smoke/runs": "404",
  };
}

/** The rows of the table in docs/http.md. */
export function faultRows(): readonly string[] {
  return Object.values(FAULTS).map(({ what, states }) => {
    const health = inTurn(states, "health").replaceAll(/(\d+) (\w+)/g, "$1 `$2`");
    const cells = [health, ...(["report", "refresh", "page", "up"] as const).map((cell) => inTurn(states, cell))];
    return `| ${[what, ...cells].join(" | ")} |`;
  });
}

function inTurn(states: readonly State[], cell: keyof Answers): string {
  const all = states.map((state) => String(STATES[state][cell]));
  return all.filter((text, at) => text !== all[at - 1]).join(", then ");
}
