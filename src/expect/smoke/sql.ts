/** The SQL of a step, its defaults filled in. */
import type { SqlAssertions, SqlCapture, SqlStep } from "../../model/flow.js";
import { soundsSecret } from "../../model/secret-names.js";
import type { StepSection } from "../schema/check-file.js";
import { readPredicate, readPredicates } from "./predicates.js";
import { readMs, readPace } from "./requests.js";

const SQL_TIMEOUT_MS = 5_000;

type Sql = Exclude<StepSection["sql"], undefined>;

/** Everything of an SQL step that its `sql` says. */
export function readSql(section: Sql): Pick<SqlStep, "query" | "params" | "capture" | "assert" | "poll" | "timeoutMs"> {
  const capture = [...(section.capture ?? [])].map(([name, value]): SqlCapture => {
    const column = typeof value === "string" ? value : value.column;
    return { name, column, secret: (typeof value === "string" ? undefined : value.secret) ?? soundsSecret(name) };
  });
  return {
    query: section.query,
    params: (section.params ?? []).map((param) => (param === null ? "" : String(param))),
    capture,
    assert: readClaims(section.assert),
    ...(section.poll === undefined ? {} : { poll: readSqlPoll(section.poll) }),
    timeoutMs: readMs(section.timeout, section.timeoutMs, SQL_TIMEOUT_MS),
  };
}

function readSqlPoll(section: NonNullable<Sql["poll"]>): NonNullable<SqlStep["poll"]> {
  const failWhen = section.failWhen === undefined ? null : readClaims(section.failWhen);
  return { until: readClaims(section.until), failWhen, ...readPace(section) };
}

function readClaims({ rows, values }: NonNullable<Sql["assert"]> = {}): SqlAssertions {
  return {
    rows: rows === undefined ? null : readPredicate(rows),
    values: [...(values ?? [])].flatMap(([column, value]) =>
      readPredicates(value).map((predicate) => ({ column, predicate })),
    ),
  };
}
