import { describe, expect, it } from "vitest";
import { redactLog, storedError } from "../../../src/history/prisma/log.js";
import { prismaLog } from "../../support/builders.js";

describe("redactLog", () => {
  it.each([
    ["cannot reach postgresql://app:s3cret@db:5432/app", "cannot reach postgresql://app:***@db:5432/app"],
    ["two@signs postgres://app:p@ss/w:rd@db/app tail", "two@signs postgres://app:***@db/app tail"],
    ["quoted 'postgresql://u:s3cret@h/d' and more", "quoted 'postgresql://u:***@h/d' and more"],
    ["cut short postgresql://app:s3cr", "cut short postgresql://app:***@"],
    ["host=db password=s3cret dbname=app", "host=db password=*** dbname=app"],
    ["host=db password = 'two words' dbname=app", "host=db password = *** dbname=app"],
    ['{"password": "s3cret", "user": "app"}', '{"password": ***, "user": "app"}'],
    ["PGPASSWORD=s3cret psql", "PGPASSWORD=*** psql"],
    ["CREATE ROLE app LOGIN PASSWORD 's3''cret' SUPERUSER", "CREATE ROLE app LOGIN PASSWORD '***' SUPERUSER"],
    ["ALTER ROLE app password 's3cre", "ALTER ROLE app password '***'"],
  ])("%s", (text, expected) => {
    expect(redactLog(text)).toBe(expected);
  });

  it("leaves everything else alone", () => {
    const text =
      'ERROR: relation "users" does not exist at http://localhost:8080/x, see https://pris.ly/d/migrate-resolve\npassword authentication failed';
    expect(redactLog(text)).toBe(text);
  });
});

describe("storedError", () => {
  it("reads Prisma's text: the message in the server's language and the SQLSTATE", () => {
    expect(storedError(prismaLog("x", "42710", 'ERRO: tipo "MatchStatus" já existe'))).toEqual({
      message: 'ERRO: tipo "MatchStatus" já existe',
      sqlstate: "42710",
    });
  });

  it("reads a message on the line of the heading", () => {
    expect(storedError("Migration name: x\nDatabase error: ERROR: deadlock detected")?.message).toBe(
      "ERROR: deadlock detected",
    );
  });

  it("takes the first line of any other text, without colours and control characters, and cuts it", () => {
    expect(storedError("\n\u001b[1;31mERROR: boom\u001b[0m\u0007\nmore")?.message).toBe("ERROR: boom");
    expect(storedError("x".repeat(1_000))?.message).toBe(`${"x".repeat(300)}…`);
  });

  it.each([[null], [""], ["  \n "], ["Database error:\n\n"]])("finds nothing in %j", (logs) => {
    expect(storedError(logs)).toBeNull();
  });
});

it.each([
  "CREATE ROLE x PASSWORD $$canary-value$$ LOGIN",
  "CREATE ROLE x PASSWORD $tag$canary-value$tag$",
  "calls with apikey=canary-value failed",
  '{"secret": "canary-value"}',
  "Authorization: Bearer canary-value",
])("hides what is secret in %s", (text) => {
  expect(redactLog(text)).not.toContain("canary-value");
});
