import { describe, expect, it } from "vitest";
import { listingJson, listingText } from "../../../src/report/index.js";
import { listFlows, planListing } from "../../../src/smoke/index.js";
import { cleanup, flow, jsonCapture, sqlStep, step, suite } from "../../support/flows.js";

const SUITES = [
  suite(
    [
      {
        ...flow(
          "make",
          [
            {
              ...step("create", "POST /{{area}}/things?key={{apiKey}}&at={{now}}&run={{label}}", {
                capture: [jsonCapture("id", "$.id")],
                cleanup: cleanup("DELETE /things/{{id}}", "thing {{id}} of {{label}}"),
                feature: "things",
              }),
              tags: ["write"],
              place: { file: "checks/a.yaml", line: 7 },
            },
            sqlStep("row", "select 1\n from things where id = $1", { needs: ["create"] }),
          ],
          ["login"],
        ),
        title: "Make things",
        tags: ["deploy"],
      },
      flow("login", [step("login", "POST /login")]),
    ],
    {
      baseUrl: "http://{{env.HOST}}:8080",
      variables: { area: "eu", label: "smoke-{{runId}}-{{uuid}}" },
      secrets: { apiKey: "{{env.KEY}}" },
    },
  ),
];
const ENV = { HOST: "app.internal", KEY: "hunter2hunter2" };

describe("the list of flows", () => {
  it("is what the check file says, and needs no environment", () => {
    const flows = listFlows(SUITES);
    expect(flows.map(({ id }) => id)).toEqual(["make", "login"]);
    expect(flows[0]).toEqual({
      application: "app",
      id: "make",
      title: "Make things",
      tags: ["deploy"],
      needs: ["login"],
      baseUrl: "http://{{env.HOST}}:8080",
      steps: [
        {
          ...{ id: "create", title: "create", feature: "things", tags: ["write"], needs: [] },
          does: "POST /{{area}}/things?key={{apiKey}}&at={{now}}&run={{label}}",
          creates: ["thing {{id}} of {{label}}"],
          place: { file: "checks/a.yaml", line: 7 },
        },
        {
          ...{ id: "row", title: "row", feature: null, tags: [], needs: ["create"], creates: [], place: null },
          does: "select 1\n from things where id = $1",
        },
      ],
    });
  });

  it("as a page fits the width and names everything", () => {
    const text = listingText(listFlows(SUITES), { colour: false, width: 100 });
    expect(text).toBe(
      [
        "app/make  Make things",
        "  needs login; tags deploy; at http://{{env.HOST}}:8080",
        "  create                  POST /{{area}}/things?key={{apiKey}}&at={{now}}&run={{label}}",
        "                          feature things; tags write; creates thing {{id}} of {{label}}, and removes",
        "                          it",
        "  row                     select 1 from things where id = $1",
        "                          needs create",
        "",
        "app/login",
        "  at http://{{env.HOST}}:8080",
        "  login                   POST /login",
        "",
      ].join("\n"),
    );
    expect(JSON.parse(listingJson(listFlows(SUITES)))).toEqual({ formatVersion: 1, flows: listFlows(SUITES) });
    expect(listingText([], { colour: false, width: 100 })).toBe("no flows\n");
  });
});

describe("the plan of a run", () => {
  const input = { suites: SUITES, baseUrl: null, env: ENV, connection: null };

  it("has the order of the run, the values that are known now, and no secret", () => {
    const flows = planListing({ ...input, only: ["make"] });
    expect(flows.map(({ id }) => id)).toEqual(["login", "make"]);
    expect(flows[1]?.baseUrl).toBe("http://app.internal:8080");
    expect(flows[1]?.steps[0]).toMatchObject({
      does: "POST /eu/things?key=[redacted]&at={{now}}&run=smoke-{{runId}}-{{uuid}}",
      creates: ["thing {{id}} of smoke-{{runId}}-{{uuid}}"],
    });
    expect(JSON.stringify(flows)).not.toContain("hunter2");
  });

  it("finds everything that a run would not start with", () => {
    expect(() => planListing({ ...input, env: {} })).toThrowError(expect.objectContaining({ code: "SMOKE_SETUP" }));
  });
});
