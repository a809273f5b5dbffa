import { describe, expect, it } from "vitest";
import { redactSettings } from "../../../src/config/index.js";

describe("redactor", () => {
  const environment = {
    DATABASE_URL: "postgresql://app:hunter2%2Fsecret@db.internal/shop",
    PGPASSWORD: "correct horse",
    SCHEMAREADY_TOKEN: "token-canary",
    PATH: "/usr/bin",
  };
  const redact = redactSettings(["verify", "--scratch-url=postgres://x:scratch-canary@h/d"], environment);

  it.each([
    ["the password as it is", "refused hunter2/secret for app"],
    ["percent-encoded", "cannot parse hunter2%2Fsecret"],
    ["in a URL", "cannot use postgresql://app:hunter2%2Fsecret@db.internal/shop"],
    ["of PGPASSWORD", "tried correct horse"],
    ["of PGPASSWORD, percent-encoded by somebody", "tried correct%20horse"],
    ["the token", "Bearer token-canary"],
    ["of an argument", "scratch-canary"],
    ["of a URL that is not a setting", "redirected to postgres://u:unheard-of@h/d"],
  ])("hides %s", (_, text) => {
    const shown = redact(text);
    expect(shown).toContain("[redacted]");
    expect(shown).not.toMatch(/hunter2|horse|canary|unheard/);
  });

  it("covers a URL that cannot be parsed, whichever @ ends its password", () => {
    const strange = redactSettings([], { DATABASE_URL: "postgresql://app:p#a@ss-word@host:notaport/db?x=a@b" });
    expect(strange("p#a@ss-word")).toBe("[redacted]");
  });

  it("covers a password among the parameters", () => {
    const parameter = redactSettings([], { DATABASE_URL: "postgresql:///db?user=app&password=in-the-query" });
    expect(parameter("in-the-query")).toBe("[redacted]");
  });

  it("leaves other text alone", () => {
    expect(redact("app@db.internal:5432/shop cannot be reached")).toBe("app@db.internal:5432/shop cannot be reached");
  });

  it("does not shred every message when the password is also the user's or the database's name", () => {
    const trivial = redactSettings([], { DATABASE_URL: "postgresql://postgres:postgres@localhost/postgres" });
    expect(trivial("postgres@localhost:5432/postgres refused; use postgresql://USER")).toBe(
      "postgres@localhost:5432/postgres refused; use postgresql://USER",
    );
    expect(trivial("postgresql://postgres:postgres@localhost/postgres")).toBe(
      "postgresql://postgres:[redacted]@localhost/postgres",
    );
  });
});

describe("settings that strangers can write", () => {
  it.each([
    ["an URL with thousands of @", `https://a:${"@".repeat(20_000)}`],
    [
      "a long text with addresses in it",
      `see https: //github.example, http://x y: ${"thanks @some-user-name! ".repeat(3_000)}`,
    ],
    ["a megabyte", "x".repeat(1_048_576)],
  ])("%s is done with in good time", (_, text) => {
    expect(redactSettings([], { BODY: text })("nothing to hide")).toBe("nothing to hide");
  });

  it("does not make secrets of words in a text that merely holds a URL", () => {
    const redact = redactSettings(["--note=see http://u:verify@h"], { BODY: "read http://u:verify@h, please" });
    expect(redact("Did you mean verify?")).toBe("Did you mean verify?");
  });
});
