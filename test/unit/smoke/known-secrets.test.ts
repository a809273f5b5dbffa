import { expect, it } from "vitest";
import { parseConnectionString } from "../../../src/config/index.js";
import type { SmokeSuite } from "../../../src/model/flow.js";
import { knownSecrets } from "../../../src/smoke/known-secrets.js";
import { flow, step, suite } from "../../support/flows.js";

function secretsOf(parts: Partial<SmokeSuite>, env: Record<string, string>, line = "GET /"): string[] {
  const suites = [suite([flow("f", [step("s", line)])], parts)];
  return knownSecrets({ suites, env, connection: null, secrets: [] });
}

it("knows what variables of the environment hold when they sound secret", () => {
  const env = { MY_DB_PASSWORD: "p1", API_KEY: "k1", HOME_PAGE: "home", FOO: "f1", OTHER_TOKEN: "o1" };
  expect(secretsOf({ variables: { p: "{{env.MY_DB_PASSWORD}}" } }, env)).toEqual(["p1"]);
  expect(secretsOf({}, env, "GET /{{env.API_KEY}}/{{env.HOME_PAGE}}")).toEqual(["k1"]);
  expect(secretsOf({ variables: { apiToken: "x-{{env.FOO}}" } }, env)).toEqual(["f1"]);
});

it("does not take settings for secrets", () => {
  const env = { AUTH_URL: "http://auth.internal:8080", AUTH_ENABLED: "true", AUTH_HOST: "app.internal", AUTHOR: "Ada" };
  const line = "GET /{{env.AUTH_URL}}/{{env.AUTH_ENABLED}}/{{env.AUTHOR}}";
  expect(secretsOf({ baseUrl: "http://{{env.AUTH_HOST}}" }, env, line)).toEqual([]);
});

it("knows the passwords of the connection and of every URL around it", () => {
  const env = { QUEUE_URL: "amqp://u:queue%2Fword@q", PGPASSWORD: "pg-word", SCHEMAREADY_TOKEN: "service-token" };
  const connection = parseConnectionString("postgresql://app:db-word@h/d");
  const known = knownSecrets({ suites: [], env, connection, secrets: ["given"] });
  expect(new Set(known)).toEqual(
    new Set(["given", "queue%2Fword", "queue/word", "pg-word", "service-token", "db-word"]),
  );
  const weak = parseConnectionString("postgresql://postgres:postgres@h/d");
  expect(knownSecrets({ suites: [], env: {}, connection: weak, secrets: [] })).not.toContain("postgres");
});
