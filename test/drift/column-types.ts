/** Types of columns, each with values, defaults and the types that it may drift to. */
import { quoteLiteral } from "../../src/model/names.js";

export interface Change {
  readonly sql: string;
  /** After USING; null: PostgreSQL converts by itself. */
  readonly using: ((column: string) => string) | null;
}

export type Family = "integer" | "number" | "text" | "boolean" | "time" | "range" | "json" | "array" | "other";

export interface ColumnType {
  /** As in CREATE TABLE. */
  readonly sql: string;
  readonly family: Family;
  /** A literal; different for different numbers when `distinct`. */
  readonly sample: (i: number) => string;
  readonly distinct: boolean;
  readonly defaults: readonly string[];
  /** Types that hold every value of it. */
  readonly wider: readonly Change[];
  /** Types that lose or refuse values. */
  readonly narrower: readonly Change[];
  readonly btree: boolean;
}

const to = (sql: string, using?: (column: string) => string): Change => ({ sql, using: using ?? null });
const cast = (sql: string): Change => to(sql, (column) => `${column}::${sql}`);
const text = (i: number) => quoteLiteral(`v${i}`);
const number = (i: number) => String(i + 1);
const day = (i: number) => `2025-03-${String(10 + (i % 18)).padStart(2, "0")}`;
const uuid = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`;

type Given = Pick<ColumnType, "family" | "sample"> & Partial<ColumnType>;

function type(sql: string, given: Given): ColumnType {
  return { sql, distinct: true, defaults: [], wider: [], narrower: [], btree: true, ...given };
}

export const INTEGER = type("integer", {
  family: "integer",
  sample: number,
  defaults: ["0", "-1", "7 * 6"],
  wider: [to("bigint")],
  narrower: [to("smallint"), cast("text"), to("numeric(6,2)")],
});

export const BIGINT = type("bigint", {
  family: "integer",
  sample: number,
  defaults: ["0", "3000000000"],
  narrower: [to("integer"), cast("text")],
});

export const SMALLINT = type("smallint", {
  family: "integer",
  sample: number,
  defaults: ["1"],
  wider: [to("integer"), to("bigint")],
  narrower: [cast("text")],
});

export const UUID = type("uuid", {
  family: "other",
  sample: (i) => `'${uuid(i)}'`,
  defaults: ["gen_random_uuid()"],
  narrower: [cast("text")],
});

export const TEXT = type("text", {
  family: "text",
  sample: text,
  defaults: ["''", quoteLiteral("it's; \\ fine"), "upper('x' || 'y')", "current_user"],
  narrower: [to("varchar(30)"), cast("bytea")],
});

export const VARCHAR = type("varchar(20)", {
  family: "text",
  sample: text,
  defaults: ["'free'", "''"],
  wider: [to("text"), to("varchar(40)"), to("varchar")],
  narrower: [to("varchar(10)"), to("char(20)")],
});

export const DATE = type("date", {
  family: "time",
  sample: (i) => `'${day(i)}'`,
  defaults: ["current_date", "'2020-02-29'"],
  narrower: [to("timestamp"), cast("text")],
});

export const PLAIN_TYPES: readonly ColumnType[] = [
  INTEGER,
  BIGINT,
  SMALLINT,
  TEXT,
  VARCHAR,
  UUID,
  DATE,
  type("numeric(12,4)", {
    family: "number",
    sample: (i) => `${i}.25`,
    defaults: ["0", "0.00", "1.5"],
    wider: [to("numeric"), to("numeric(14,5)")],
    narrower: [to("numeric(8,2)"), to("double precision")],
  }),
  type("numeric", { family: "number", sample: number, defaults: ["1"], narrower: [to("numeric(10,2)")] }),
  type("real", { family: "number", sample: number, defaults: ["0.5"], wider: [to("double precision")] }),
  type("double precision", { family: "number", sample: number, narrower: [to("real")], defaults: ["'NaN'"] }),
  type("character(5)", { family: "text", sample: text, narrower: [to("varchar(5)")], defaults: ["'a'"] }),
  type("boolean", {
    family: "boolean",
    sample: (i) => String(i % 2 === 0),
    distinct: false,
    defaults: ["true", "false"],
    narrower: [to("integer", (column) => `${column}::int`)],
  }),
  type("timestamp(3)", {
    family: "time",
    sample: (i) => `'${day(i)} 10:00'`,
    defaults: ["now()", "current_timestamp", "'2020-01-01 00:00'", "(now() at time zone 'utc')"],
    wider: [to("timestamp(6)"), to("timestamp")],
    narrower: [to("timestamptz(3)"), to("date"), to("timestamp(0)")],
  }),
  type("timestamptz", {
    family: "time",
    sample: (i) => `'${day(i)} 10:00+00'`,
    defaults: ["now()", "clock_timestamp()", "'2020-01-01 00:00+02'", "now() + interval '1 day'"],
    narrower: [to("timestamptz(3)"), to("timestamp")],
  }),
  type("time", { family: "time", sample: (i) => `'10:0${i % 10}'`, narrower: [to("time(0)")], defaults: ["'12:00'"] }),
  type("interval", { family: "other", sample: (i) => `'${i + 1} days'`, defaults: ["'1 day 2 hours'"] }),
  type("json", {
    family: "other",
    btree: false,
    distinct: false,
    sample: (i) => `'{"i": ${i}}'`,
    wider: [cast("jsonb")],
    narrower: [cast("text")],
    defaults: ["'{}'"],
  }),
  type("jsonb", {
    family: "json",
    sample: (i) => `'{"i": ${i}}'`,
    narrower: [cast("json"), cast("text")],
    defaults: ["'{}'", `'{"b": 1, "a": [true, null]}'`, "jsonb_build_object('k', 1)"],
  }),
  type("bytea", { family: "other", sample: (i) => `'\\x0${i % 10}'::bytea`, defaults: ["'\\x00'"] }),
  type("inet", { family: "other", sample: (i) => `'10.0.0.${i}'`, narrower: [cast("text")], defaults: ["'::1'"] }),
  type("text[]", {
    family: "array",
    sample: (i) => `array['v${i}', 'b c']`,
    defaults: ["'{}'", "array[]::text[]", "array['a', 'b,c']"],
    narrower: [to("varchar(20)[]"), cast("text")],
  }),
  type("integer[][]", {
    family: "array",
    sample: (i) => `array[${i}, 2]`,
    defaults: ["'{1,2}'"],
    narrower: [cast("bigint[]"), cast("text")],
  }),
  type("int4range", { family: "range", sample: (i) => `'[${i * 10},${i * 10 + 5})'`, defaults: ["'empty'"] }),
  type("bit(4)", { family: "other", sample: (i) => `B'${(i % 16).toString(2).padStart(4, "0")}'` }),
  type("bit varying(8)", { family: "other", sample: (i) => `B'${i.toString(2)}'`, narrower: [to("bit varying(4)")] }),
  type('"char"', { family: "other", sample: (i) => `'${"abcdefgh"[i % 8]}'`, defaults: ["'x'"] }),
];

export function enumType(sql: string, labels: readonly string[], array: boolean): ColumnType {
  const literal = (i: number) => quoteLiteral(labels[i % labels.length] ?? "");
  const first = literal(0);
  return array
    ? type(`${sql}[]`, {
        family: "other",
        distinct: false,
        sample: (i) => `array[${literal(i)}]::${sql}[]`,
        defaults: ["'{}'"],
      })
    : type(sql, { family: "other", distinct: false, sample: literal, defaults: [first] });
}

export function domainType(sql: string, base: "text" | "integer"): ColumnType {
  return base === "text"
    ? type(sql, { family: "other", sample: text, defaults: ["'d'"] })
    : type(sql, { family: "other", sample: number, defaults: ["5"] });
}

export const CITEXT = type("public.citext", { family: "other", sample: text, defaults: ["'C'"], wider: [to("text")] });
