/** `poll` of an SQL step, as people write it. */
import { describe, expect, it } from "vitest";
import type { SqlStep } from "../../../src/model/flow.js";
import { loadBody, problemsOfBody } from "./support.js";

const body = (steps: string) => `smoke: { flows: { main: { steps: { ${steps} } } } }`;
const sql = (poll: string, query = "select status from jobs") => `a: { sql: { query: "${query}", poll: ${poll} } }`;

async function stepOf(poll: string): Promise<SqlStep> {
  const { suites } = await loadBody(body(sql(poll)));
  return (suites[0]?.flows[0]?.steps[0] ?? expect.fail("there is a step")) as SqlStep;
}

async function problemsIn(steps: string): Promise<string[]> {
  return (await problemsOfBody(body(steps))).map((problem) => problem.replace(/^a\.yaml:\d+:\d+: /, ""));
}

describe("poll of an SQL step", () => {
  it("has the claims of `assert`, and the pace of other polls", async () => {
    const step = await stepOf(
      "{ until: { rows: 1, values: { status: [completed, { length: 9 }] } }, failWhen: { values: { status: failed } }, every: 2s, timeout: 1m, backoff: 1.5, max: 7 }",
    );
    const column = "status";
    expect(step.poll).toEqual({
      until: {
        rows: { equals: 1 },
        values: [
          { column, predicate: { equals: "completed" } },
          { column, predicate: { length: 9 } },
        ],
      },
      failWhen: { rows: null, values: [{ column, predicate: { equals: "failed" } }] },
      ...{ everyMs: 2_000, timeoutMs: 60_000, backoff: 1.5, max: 7 },
    });
    expect(await stepOf("{ until: { rows: 1 } }")).toMatchObject({
      poll: { failWhen: null, everyMs: 500, timeoutMs: 15_000 },
      timeoutMs: 5_000,
    });
  });

  it.each<[string, string[]]>([
    [sql("{ until: {} }"), ["claims nothing: give rows or values"]],
    [sql("{ until: { rows: 1 }, failWhen: { values: {} } }"), ["claims nothing: give rows or values"]],
    [sql("{ failWhen: { rows: 1 } }"), ['missing key "until"']],
    [sql("{ until: { row: 1 } }"), ['unknown key "row"; did you mean "rows"?']],
    [sql("{ until: { jsonPath: { $.a: 1 } } }"), ["claims nothing: give rows or values", 'unknown key "jsonPath"']],
    [sql("{ until: { rows: 1 }, every: 1s, everyMs: 5 }"), ["every and everyMs say the same: leave one of them out"]],
    [
      "a: { sql: { query: select 1 }, poll: { until: { status: 200 } } }",
      ["poll belongs to a request; move it into sql"],
    ],
    [sql("{ until: { values: { status: '{{nobody}}' } } }"), ["nothing fills in {{nobody}} here"]],
    // The statement has to run before it gives something.
    [
      "a: { sql: { query: select 1 as x, capture: { x: x }, poll: { until: { values: { x: '{{x}}' } } } } }",
      ["nothing fills in {{x}} here; this step captures it, from the rows of this very statement"],
    ],
    [sql("{ until: { values: { status: { matches: '(' } } } }"), [expect.stringContaining("not a regular expression")]],
  ])("tells what is wrong: %s", async (steps, expected) => {
    expect(await problemsIn(steps)).toEqual(expected);
  });

  it("needs the step whose capture it waits for", async () => {
    const first = "first: { sql: { query: select 1 as n, capture: { n: n } } }";
    const { suites } = await loadBody(body(`${first}, ${sql("{ until: { values: { n: '{{n}}' } } }")}`));
    expect(suites[0]?.flows[0]?.steps[1]?.needs).toEqual(["first"]);
  });
});
