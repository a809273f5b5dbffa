import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor } from "../../../src/config/index.js";
import { curlCommand } from "../../../src/smoke/curl.js";
import type { PreparedRequest } from "../../../src/smoke/request.js";

function request(parts: Partial<PreparedRequest> = {}): PreparedRequest {
  return {
    method: "GET",
    url: new URL("http://app/x"),
    headers: {},
    body: null,
    timeoutMs: 1,
    redirects: 0,
    retries: 0,
    ...parts,
  };
}

function curl(parts: Partial<PreparedRequest>, secrets: readonly string[] = []): string {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return curlCommand(request(parts), redactor);
}

/** The arguments that curl would get, as a POSIX shell makes them; NUL stands between two. */
function argumentsOf(command: string, env: Readonly<Record<string, string>> = {}): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync("sh", ["-c", script], { env: { PATH: "/usr/bin:/bin", ...env } })
    .toString("utf8")
    .split("\0")
    .slice(0, -1);
}

describe("a request as a command line", () => {
  it("is what a person would write", () => {
    expect(curl({ headers: { accept: "*/*", "user-agent": "schemaready/1", "accept-encoding": "identity" } })).toBe(
      "curl -sS -i 'http://app/x' -H 'accept: */*'",
    );
    const body = '{"name":"O\'Brien"}';
    expect(curl({ method: "POST", headers: { "content-type": "application/json" }, body })).toBe(
      `curl -sS -i -X 'POST' 'http://app/x' -H 'content-type: application/json' --data-raw '{"name":"O'\\''Brien"}'`,
    );
    expect(curl({ method: "HEAD" })).toBe("curl -sS -i --head 'http://app/x'");
  });

  it("has variables where secrets were, named after what they belong to", () => {
    const secrets = ["s3cret-token", "hunter2hunter2"];
    const command = curl(
      {
        method: "POST",
        url: new URL("http://app/x?apiToken=s3cret-token&page=2"),
        headers: { authorization: "Bearer s3cret-token", "x-api-key": "k", "x-trace": "a hunter2hunter2 b" },
        body: '{"email":"a@b.c","password":"hunter2hunter2","note":"is hunter2hunter2"}',
      },
      secrets,
    );
    expect(command).toBe(
      [
        "curl -sS -i -X 'POST' 'http://app/x?apiToken='\"$API_TOKEN\"'&page=2'",
        "-H 'authorization: Bearer '\"$TOKEN\"",
        "-H 'x-api-key: '\"$X_API_KEY\"",
        "-H 'x-trace: a '\"$X_TRACE\"' b'",
        `--data-raw '{"email":"a@b.c","password":"'"$PASSWORD"'","note":"is '"$SECRET"'"}'`,
      ].join(" "),
    );
    const env = { API_TOKEN: "1", TOKEN: "it's", X_API_KEY: "3", X_TRACE: "4", PASSWORD: "$(5)", SECRET: "6" };
    expect(argumentsOf(command, env)).toContain("authorization: Bearer it's");
    expect(argumentsOf(command, env)).toContain('{"email":"a@b.c","password":"$(5)","note":"is 6"}');
  });

  it("names a body that no page can show", () => {
    expect(curl({ method: "POST", body: "a\u001b[2Jb" })).toContain('--data-raw "$BODY"');
    expect(curl({ method: "POST", body: "x".repeat(4_000) })).toContain('--data-raw "$BODY"');
    expect(curl({ method: "POST", body: "two\nlines" })).toContain("--data-raw 'two\nlines'");
    expect(curl({ method: "POST", body: Buffer.from([0, 1]) })).toContain('--data-binary "@$BODY_FILE"');
  });

  it("cannot be left by any value: the shell sees one argument for each part, letter by letter", () => {
    const text = fc.string({ unit: "grapheme-ascii", maxLength: 40 });
    fc.assert(
      fc.property(text, text, (header, body) => {
        const command = curl({ method: "POST", headers: { "x-note": header }, body });
        const expected = ["-sS", "-i", "-X", "POST", "http://app/x", "-H", `x-note: ${header}`, "--data-raw", body];
        expect(argumentsOf(command, { TOKEN: "" })).toEqual(expected);
      }),
      {
        numRuns: 60,
        examples: [
          ["'; echo pwned; '", '$(id)`id`\\"$HOME'],
          ["'\\''", "'"],
          ["", ""],
        ],
      },
    );
  });

  it("is a command for the shell whatever Unicode holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (body) => {
        execFileSync("sh", ["-n"], { input: curl({ method: "POST", body }) });
      }),
      { numRuns: 40 },
    );
  });
});
