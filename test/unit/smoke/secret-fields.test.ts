import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/config/index.js";
import { judgePredicate } from "../../../src/smoke/predicate.js";
import { conceal, cookiesIn, hideSecretFields } from "../../../src/smoke/secret-fields.js";

const nested = (depth: number): string => {
  let text = JSON.stringify({ id: 1, accessToken: 'canary"\\x', ok: "shown" });
  for (let at = 0; at < depth; at += 1) text = JSON.stringify({ message: text });
  return text;
};

describe("what is hidden because of the name beside it", () => {
  it.each<[string, string, string]>([
    ["a property", '{"token":"canary","ok":"shown"}', '{"token":"[redacted]","ok":"shown"}'],
    ["with spaces", '{ "apiKey" : "canary" }', '{ "apiKey" : "[redacted]" }'],
    ["at any depth", '{"a":[{"b":{"session_id":"canary"}}]}', '{"a":[{"b":{"session_id":"[redacted]"}}]}'],
    ["JSON that was cut off", '{"a":1,"refreshToken":"canar', '{"a":1,"refreshToken":"[redacted]'],
    ["JSON that is none", '{"password":"canary" "ok":"shown"', '{"password":"[redacted]" "ok":"shown"'],
    [
      "every string of a list",
      '{"tokens":["canary", "canary2"],"n":["x"]}',
      '{"tokens":["[redacted]", "[redacted]"],"n":["x"]}',
    ],
    ["a Python dictionary", "{'secret': 'canary'}", "{'secret': '[redacted]'}"],
    ["headers in JSON", '{"x-auth-token":"canary"}', '{"x-auth-token":"[redacted]"}'],
    [
      "a parameter",
      "see https://h/x?page=2&access_token=canary&n=1",
      "see https://h/x?page=2&access_token=[redacted]&n=1",
    ],
    ["in the fragment", "https://h/#id_token=canary", "https://h/#id_token=[redacted]"],
    ["in HTML", '<a href="/x?a=1&amp;token=canary">', '<a href="/x?a=1&amp;token=[redacted]">'],
    ["in a URL in a URL", "/login?next=%2Fx%3Ftoken%3Dcanary%26n%3D1", "/login?next=%2Fx%3Ftoken%3D[redacted]%26n%3D1"],
    ["a cookie", "Set-Cookie: sid=canary; Path=/", "Set-Cookie: sid=[redacted]; Path=/"],
    ["a row's key", "Key (user, token)=(1, canary) already exists.", "Key (user, token)=([redacted]) already exists."],
    [
      "a JSON web token anywhere",
      "no user for eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.canary!",
      "no user for [redacted]!",
    ],
  ])("%s", (_, text, shown) => {
    expect(hideSecretFields(text)).toBe(shown);
  });

  it.each([0, 1, 2, 3])("JSON inside %i strings, and nothing else of it", (depth) => {
    const shown = hideSecretFields(nested(depth));
    expect(shown).not.toContain("canary");
    expect(shown).toContain("shown");
    let value: unknown = JSON.parse(shown);
    for (let at = 0; at < depth; at += 1) value = JSON.parse((value as { message: string }).message);
    expect(value).toEqual({ id: 1, accessToken: "[redacted]", ok: "shown" });
  });

  it("any string, and JSON stays JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), fc.string(), (secret, other) => {
        const value = { token: `canary${secret}`, other };
        expect(JSON.parse(hideSecretFields(JSON.stringify(value)))).toMatchObject({ token: "[redacted]" });
      }),
    );
  });

  it("also under a name that is itself a known secret", () => {
    const redactor = createRedactor();
    redactor.add("password");
    expect(conceal('{"password":"canary"}', redactor)).toBe('{"[redacted]":"[redacted]"}');
  });
});

describe("what is shown because a failure cannot be understood without it", () => {
  it.each([
    '{"tokenCount":3,"token":null,"keys":["a"].length}'.replace('"keys":["a"].length', '"passwords":0'),
    '{"tokenType":"Bearer","session_status":"expired","passwordError":"too short"}',
    '{"errors":{"password":"must be at least 8 characters","token":["is required"]}}',
    '{"auth":"relation \\"public.users\\" does not exist"}',
    '{"author":"Ada","keyword":"required","primaryKey":"avatars_pkey","foreignKey":"a_b_fkey"}',
    '{"code":"P2022","meta":{"column":"avatars.tokenHash","table":"public.sessions"}}',
    "Key (email)=(a@b.test) already exists.",
    "https://h/x?page=2&tokenCount=12",
    'Invalid key: "avatar"',
  ])("%s", (text) => {
    expect(hideSecretFields(text)).toBe(text);
  });
});

it("reads cookies that were joined, dates and all", () => {
  const header = 'sid="abc"; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly, theme=dark; Path=/';
  expect(cookiesIn(header)).toEqual([
    { name: "sid", value: "abc" },
    { name: "theme", value: "dark" },
  ]);
});

describe("claims about what is secret", () => {
  it.each<[string, string, string]>([
    ["$.user.token", "canary", '"[redacted]"'],
    ["$['tokens'][0]", "canary", '"[redacted]"'],
    ["header x-auth-token", "canary", '"[redacted]"'],
    ["header set-cookie", "sid=canary; HttpOnly", '"sid=[redacted]; HttpOnly"'],
    ["column api_key", "canary", '"[redacted]"'],
    ["$.tokenType", "Basic", '"Basic"'],
    ["$.token", "", '""'],
  ])("%s", (subject, actual, shown) => {
    const judged = { subject, actual, missing: "matched nothing", loose: false };
    expect(judgePredicate(judged, { equals: "x" })).toEqual([`${subject}: expected "x", got ${shown}`]);
  });
});

it("is quick with texts made to be slow", () => {
  const started = performance.now();
  const parts = [
    '"',
    "\\",
    '\\"',
    '"a":',
    '"token":[',
    '"token":"',
    "'token':",
    "?a=",
    "?token=",
    "?token=?",
    ";",
    "%3F",
    "eyJ",
    "eyJaaaaaaaaa.",
  ];
  const more = [
    "Key (",
    "Key (a)=(",
    "set-cookie:",
    "set-cookie:a=",
    ",a=",
    '"token":["is not ok",',
    '"token":"is not ok',
    "[redacted]",
  ];
  for (const part of [...parts, ...more]) {
    hideSecretFields(part.repeat((1024 * 1024) / part.length));
    hideSecretFields(`"token":["${part.repeat((1024 * 1024) / part.length)}`);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
