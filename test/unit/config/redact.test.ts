import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, REDACTED } from "../../../src/config/index.js";

function redactorFor(...secrets: string[]) {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

/** Secrets with everything that encoders treat specially; none that the replacement itself contains. */
const secret = fc
  .oneof(
    fc.string({ minLength: 4, maxLength: 40 }),
    fc.string({ minLength: 4, maxLength: 40, unit: "grapheme" }),
    fc.stringMatching(/^[ -~]{4,60}$/),
    fc.stringMatching(/^[A-Za-z0-9_-]{10,30}\.[A-Za-z0-9_-]{10,60}$/),
  )
  .filter(
    (text) => text.length >= 4 && !/\p{Surrogate}/u.test(text) && !REDACTED.includes(text) && !/[[\]]/.test(text),
  );
const around = fc.string({ maxLength: 30 });

/** What is left when the replacements are taken away. */
const rest = (text: string) => text.split(REDACTED);

describe("redaction", () => {
  const encodings: Record<string, (text: string) => string> = {
    raw: (text) => text,
    percent: encodeURIComponent,
    "percent, lower case": (text) => encodeURIComponent(text).replace(/%../g, (each) => each.toLowerCase()),
    "path of a URL": encodeURI,
    form: (text) => new URLSearchParams({ a: text }).toString().slice(2),
    json: (text) => JSON.stringify(text).slice(1, -1),
    "json in json": (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
    "json in ASCII": (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    "json as PHP writes it": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
    xml: (text) =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    "percent, as RFC 3986 and Python write it": (text) =>
      encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
    "percent, every byte": (text) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
    "percent, twice": (text) => encodeURIComponent(encodeURIComponent(text)),
    "json as Go and Rails write it": (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[<>&\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    "json as .NET writes it": (text) =>
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[<>&'+`]|\\"|[^\0-~]/g, (unit) => {
          const code = (unit.at(-1) ?? "").charCodeAt(0).toString(16);
          return `\\u${code.toUpperCase().padStart(4, "0")}`;
        }),
    "every character as \\u": (text) =>
      text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    "html as mustache writes it": (text) =>
      text
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;")
        .replaceAll("'", "&#39;")
        .replaceAll("/", "&#x2F;")
        .replaceAll("`", "&#x60;")
        .replaceAll("=", "&#x3D;"),
    "xml in ASCII": (text) =>
      text
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replace(/[^\0-~]/gu, (char) => `&#${char.codePointAt(0)};`),
    "every character as a reference": (text) =>
      [...text].map((char) => `&#x${char.codePointAt(0)?.toString(16)};`).join(""),
    hexadecimal: (text) => Buffer.from(text).toString("hex"),
    "a literal of SQL": (text) => text.replaceAll("'", "''"),
    base64: (text) => Buffer.from(text).toString("base64"),
    base64url: (text) => Buffer.from(text).toString("base64url"),
  };

  for (const [name, encode] of Object.entries(encodings)) {
    it(`takes a secret out: ${name}`, () => {
      fc.assert(
        fc.property(secret, around, around, (value, before, after) => {
          const encoded = encode(value);
          const text = redactorFor(value).redact(`${before}${encoded}${after}`);
          expect(text).toContain(REDACTED);
          for (const part of rest(text)) expect(part.includes(encoded)).toBe(false);
        }),
        { numRuns: 300 },
      );
    });

    it(`takes the beginning of a secret out, when the text was cut off in it: ${name}`, () => {
      fc.assert(
        fc.property(secret, around, fc.nat(), (value, before, at) => {
          const encoded = encode(value);
          fc.pre(encoded.length > 4);
          const start = encoded.slice(0, 4 + (at % (encoded.length - 4)));
          const text = redactorFor(value).redactCut(before + start);
          expect(text).toContain(REDACTED);
          for (const part of rest(text)) expect(part.includes(start)).toBe(false);
        }),
        { numRuns: 100 },
      );
    });
  }

  it("leaves the end of a text alone that is no beginning of a secret, and of a text that is whole", () => {
    expect(redactorFor("hunter2-canary").redactCut("a hun")).toBe("a hun");
    expect(redactorFor("hunter2-canary").redactCut("a hunter, and more")).toBe("a hunter, and more");
    expect(redactorFor("hunter2-canary").redactCut("a hunter2-can")).toBe("a [redacted]");
    expect(redactorFor("hunter2-canary").redact("a hunter2-can")).toBe("a hunter2-can");
    expect(redactorFor().redactCut("")).toBe("");
  });

  it("takes a secret out of a Base64 text that holds more than the secret, whatever the alignment", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[!-~]{8,40}$/),
        fc.stringMatching(/^[a-z]{0,9}$/),
        around,
        (value, before, after) => {
          fc.pre(!REDACTED.includes(value));
          const text = redactorFor(value).redact(Buffer.from(`${before}:${value}:${after}`).toString("base64"));
          expect(text).toContain(REDACTED);
          for (const part of rest(text))
            expect(Buffer.from(part, "base64").toString()).not.toContain(value.slice(1, -1));
        },
      ),
    );
  });

  describe("a secret that goes on in the next line", () => {
    const wrapped = (text: string, width: number, end: string) =>
      text.replaceAll(new RegExp(`.{${width}}(?=.)`, "g"), (line) => line + end);
    const ENDS = [
      "\n",
      "\r\n",
      "\n    ",
      "\r\n\t",
      "=\r\n",
      "\\n",
      "\\r\\n",
      "\\\\n",
      "%0A",
      "%0d%0a",
      "<br>",
      "<br/>\n",
    ];
    const SECRET = "canary-0123456789-that-is-so-long-that-somebody-wraps-it";

    it.each(ENDS)("is taken out with its break: %j", (end) => {
      const redactor = redactorFor(SECRET);
      expect(redactor.redact(`a\nb ${wrapped(SECRET, 20, end)}${end}c`)).toBe(`a\nb ${REDACTED}${end}c`);
    });

    it("in Base64 as MIME, PEM and Ruby write it, alone and behind a user name", () => {
      const parts = fc.record({
        user: fc.stringMatching(/^[a-z]{0,9}$/),
        width: fc.constantFrom(60, 64, 76),
        end: fc.constantFrom(...ENDS),
      });
      fc.assert(
        fc.property(parts, fc.stringMatching(/^[!-~]{60,150}$/), ({ user, width, end }, long) => {
          const text = Buffer.from(`${user}:${long}`).toString("base64");
          const shown = redactorFor(long).redact(wrapped(text, width, end));
          // At most the characters that the user name and the padding share with the secret are left.
          expect(shown.replace(REDACTED, "").length).toBeLessThanOrEqual(Math.ceil((user.length + 1) / 3) * 4 + 8);
        }),
      );
    });

    it("is taken out at every width, and nothing beside it", () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 30 }), fc.constantFrom(...ENDS), (width, end) => {
          const shown = redactorFor(SECRET).redact(`before ${wrapped(SECRET, width, end)} after`);
          expect(shown).toBe(`before ${REDACTED} after`);
        }),
      );
    });

    it("is a key in PEM, whatever its line ends have become", () => {
      const pem = `-----BEGIN KEY-----\n${"A".repeat(64)}\n${"b".repeat(30)}\n-----END KEY-----`;
      expect(redactorFor(pem).redact(`{"key":"${pem.replaceAll("\n", "\\r\\n")}"}`)).toBe(`{"key":"${REDACTED}"}`);
    });

    it("is taken out where the text was cut off in it", () => {
      const redactor = redactorFor(SECRET);
      for (const length of [5, 20, 21, 25, 40]) {
        const cut = `x ${wrapped(SECRET.slice(0, length), 20, "\n  ")}`;
        expect(redactor.redactCut(cut)).toBe(`x ${REDACTED}`);
      }
    });

    it("is no chance meeting of short words", () => {
      expect(redactorFor("secret1").redact("sec\nret1")).toBe("sec\nret1");
    });
  });

  it("leaves no rest of overlapping secrets, in any order", () => {
    expect(redactorFor("12345", "45678").redact("a12345678b")).toBe("a[redacted]b");
    expect(redactorFor("45678", "12345").redact("a12345678b")).toBe("a[redacted]b");
    expect(redactorFor("token", "token-and-more").redact("x token-and-more y token z")).toBe(
      "x [redacted] y [redacted] z",
    );
    expect(redactorFor("aaaa").redact("aaaaaa")).toBe("[redacted]");
  });

  it("leaves text alone that holds no secret", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-m]{0,50}$/), (text) => {
        expect(redactorFor("secret-xyz", "tuv/w+x=").redact(text)).toBe(text);
      }),
    );
  });

  it("ignores empty and very short values, which would hide everything", () => {
    expect(redactorFor("", "1", "abc").redact("abc 1 and more")).toBe("abc 1 and more");
  });

  it("does not repeat itself on its own replacement", () => {
    const redactor = redactorFor("redacted", "hunter2-hunter2");
    expect(redactor.redact(redactor.redact("it is hunter2-hunter2"))).toBe("it is [redacted]");
  });

  it("is fast on a large answer", () => {
    const redactor = redactorFor(...Array.from({ length: 10 }, (_, index) => `\\\\\\\\"/secret value ${index}`));
    const started = performance.now();
    redactor.redact("\\".repeat(1024 * 1024));
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe("passwords of URLs", () => {
  const scrub = (text: string) => redactorFor().redact(text);

  it.each([
    ["connect postgresql://app:s3cret@db:5432/app failed", "connect postgresql://app:[redacted]@db:5432/app failed"],
    ["postgres://app:p@ss/word@db/app?schema=x", "postgres://app:[redacted]@db/app?schema=x"],
    ["https://me:tok@host/x", "https://me:[redacted]@host/x"],
    ["postgresql:///app?user=a&password=s3cret&x=1", "postgresql:///app?user=a&password=[redacted]&x=1"],
    ["postgresql://app@db/app", "postgresql://app@db/app"],
    ["mail me@example.org at 10:30", "mail me@example.org at 10:30"],
    ['{"url":"postgresql://a:b@c/d","other":"e@f"}', '{"url":"postgresql://a:[redacted]@c/d","other":"e@f"}'],
  ])("%s", (line, expected) => {
    expect(scrub(line)).toBe(expected);
  });

  it("replaces the longer of two secrets that begin alike, and leaves short ones alone", () => {
    expect(redactorFor("abcd", "abcdef", "no").redact("abcdef abcd no")).toBe("[redacted] [redacted] no");
  });
});

it.each(["a", "://a:", ":", "?password=", "x://"])("is done in good time with a megabyte of %j", (part) => {
  const text = part.repeat(Math.floor(1_048_576 / part.length));
  expect(redactorFor("hunter2-canary").redact(text).length).toBeGreaterThan(0);
});
