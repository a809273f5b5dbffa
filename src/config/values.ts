/** How the text of one setting becomes its value; each refusal says what was expected. */
import { z } from "zod";

const HOUR_MS = 3_600_000;
const LONGEST_MS = 24 * HOUR_MS;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: HOUR_MS };

/** `500ms`, `5s`, `1.5m`, `2h` -> milliseconds. */
export const duration = z.string().transform((text, context) => {
  const milliseconds = durationIn(text);
  if (milliseconds !== null) return milliseconds;
  return refuse(context, text, "a duration with its unit such as 500ms, 5s or 2m, at most 24h");
});

/** A duration that may be nothing: `0s`. */
export const pause = z.string().transform((text, context) => {
  if (/^0(?:ms|s|m|h)?$/.test(text.trim())) return 0;
  const result = duration.safeParse(text);
  return result.success
    ? result.data
    : refuse(context, text, "0s, or a duration with its unit such as 5s, at most 24h");
});

/** Its path and its parameters are as secret as a password, so a problem never shows it. */
export const webhookUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.href;
  return refuse(context, null, "an address that begins with https:// or http://");
});

/** Null when the text is no duration, or none between nothing and a day. */
export function durationIn(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  const milliseconds = Number(match?.[1]) * (UNITS[match?.[2] ?? ""] ?? Number.NaN);
  return milliseconds > 0 && milliseconds <= LONGEST_MS ? milliseconds : null;
}

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const EVERYWHERE = ["text", "json", "junit", "markdown", "github", "html", "tap", "metrics"] as const;
/** `health` is what the schema alone says. */
export const FORMATS = [...EVERYWHERE, "health"] as const;
/** `ndjson` is the events of a run, so that only a run has them. */
export const SMOKE_FORMATS = [...EVERYWHERE, "ndjson"] as const;
export const REPAIR_FORMATS = ["text", "sql", "markdown", "json"] as const;
export const LINT_FORMATS = ["text", "json", "github"] as const;

/** One output: what to print, and the file it goes to; null is stdout. */
export interface Output<Format extends string = (typeof FORMATS)[number]> {
  readonly format: Format;
  readonly path: string | null;
}
/** What a run can print. */
export type SmokeOutput = Output<(typeof SMOKE_FORMATS)[number]>;
export type LintOutput = Output<(typeof LINT_FORMATS)[number]>;

export type RepairOutput = Output<(typeof REPAIR_FORMATS)[number]>;

/** `json` or `json=report.json` */
function outputIn<const Formats extends readonly [string, ...string[]]>(formats: Formats) {
  return z.string().transform((text, context): Output<Formats[number]> => {
    const [name = "", ...rest] = text.split("=");
    const format: Formats[number] | undefined = formats.find((each) => each === name);
    const path = rest.length === 0 ? null : rest.join("=");
    if (format === undefined) return refuse(context, text, `one of ${formats.join(", ")}, with =PATH for a file`);
    if (path === "") return refuse(context, text, `a path after ${name}=`);
    return { format, path };
  });
}

export const output = outputIn(FORMATS);
export const smokeOutput = outputIn(SMOKE_FORMATS);
export const repairOutput = outputIn(REPAIR_FORMATS);
export const lintOutput = outputIn(LINT_FORMATS);

/** A TCP port; 0 lets the system choose. */
export const port = z.string().transform((text, context) => {
  const value = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value <= 65_535 ? value : refuse(context, text, "a port between 0 and 65535");
});

/** How many things may happen at the same time. */
export const jobs = z.string().transform((text, context) => {
  const value = /^\d{1,2}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= 1 && value <= 64 ? value : refuse(context, text, "a number between 1 and 64");
});

/** A major version of PostgreSQL that schemaready reads. */
export const majorVersion = z.string().transform((text, context) => {
  const value = /^\d\d$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= 13 && value <= 18 ? value : refuse(context, text, "a major version between 13 and 18");
});

/** An address of the application: http or https, without user name and password. */
export const baseUrl = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const usable = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (usable) return text.replace(/\/+$/, "");
  const host = hostWithoutScheme(text);
  if (host !== null) return refuse(context, null, `http:// or https:// before the host, such as http://${host}`);
  return refuse(context, null, "an address such as http://localhost:8080, without user name and password");
});

/** `https://host:8443`, without a path. */
export const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const bare = url !== null && /^https?:\/\/[^/?#@]+\/?$/i.test(text.trim());
  return bare ? url.origin : refuse(context, null, "an origin such as https://auth.example.com, without a path");
});

/** Yes or no; an option without a value is a yes. */
export const flag = z.string().transform((text, context) => {
  if (/^(?:true|1|yes)$/i.test(text)) return true;
  return /^(?:false|0|no)$/i.test(text) ? false : refuse(context, text, "true or false");
});

/** `127.0.0.1:8181` of an address that lacks its `http://`; null when something else is wrong with it. */
export function hostWithoutScheme(address: string): string | null {
  const [, host = "", port = ""] = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?(?:\/[^@]*)?$/i.exec(address.trim()) ?? [];
  // A lone word is no address that anybody would type.
  const looksLikeHost = port !== "" || /[.[]|^localhost$/i.test(host);
  return looksLikeHost && URL.canParse(`http://${host}${port}`) ? `${host}${port}` : null;
}

export const text = z.string().transform((value, context) => {
  return value.trim() === "" ? refuse(context, value, "some text") : value;
});

/** What stands behind `Bearer ` in a header: visible ASCII characters. */
export const token = z.string().transform((value, context) => {
  return /^[\u0021-\u007e]+$/.test(value) ? value : refuse(context, null, "visible ASCII characters without spaces");
});

export function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return z.string().transform((value, context): Choices[number] => {
    const choice = choices.find((each) => each === value);
    return choice ?? refuse(context, value, `one of ${choices.join(", ")}`);
  });
}

/** @param value null: not repeated in the message, because it may hold a secret */
function refuse(context: z.RefinementCtx, value: string | null, expected: string): never {
  const found = value === null ? "" : `is ${JSON.stringify(value)}, `;
  context.addIssue({ code: "custom", message: `${found}expected ${expected}` });
  return z.NEVER;
}
