/** A Report with gaps of every code, as compare makes them, and one of each thing that could not be looked at. */
import type { Gap, GapCode, Json, Report, Severity, Subject, SubjectKind, Unverified } from "../../src/model/report.js";
import { featureWith, gapWith, reportWith } from "./report-builders.js";

const of = (kind: SubjectKind, relation: string | null, name: string): Subject => {
  return { kind, schema: "public", relation, name };
};
const column = (name: string) => of("column", "orders", name);
const index = (name: string) => of("index", "orders", name);
const constraint = (name: string) => of("constraint", "orders", name);

type Facts = readonly [
  code: GapCode,
  severity: Severity,
  subject: Subject,
  expected: Json,
  actual: Json,
  message: string,
];

const FACTS: readonly Facts[] = [
  [
    "MISSING_TABLE",
    "error",
    of("table", null, "refunds"),
    { kind: "table", columns: ["id", "amount"] },
    null,
    "Table public.refunds is missing.",
  ],
  [
    "MISSING_VIEW",
    "error",
    of("view", null, "sales"),
    { kind: "materialized-view", columns: ["day"] },
    { kind: "table" },
    "Materialized view public.sales is missing; there is a table of this name.",
  ],
  [
    "MISSING_COLUMN",
    "error",
    column("customerId"),
    { type: "text", nullable: false, default: null },
    { similar: "customerid" },
    'Column public.orders.customerId is missing; there is a column "customerid", which differs in upper and lower case.',
  ],
  [
    "MISSING_INDEX",
    "error",
    index("orders_number_key"),
    { columns: ["number"], unique: true },
    null,
    "public.orders has no unique index on (number): upserts fail (42P10) and duplicates are not kept out.",
  ],
  [
    "INVALID_INDEX",
    "warning",
    index("orders_customerId_idx"),
    { columns: ["customerId"], valid: true },
    { name: "orders_customerId_idx", valid: false, ready: false, building: false },
    "Index orders_customerId_idx on public.orders is invalid: a CREATE INDEX CONCURRENTLY or REINDEX CONCURRENTLY did not finish, and the planner does not use it.",
  ],
  [
    "MISSING_CONSTRAINT",
    "warning",
    constraint("orders_total_check"),
    { check: "(total >= 0)" },
    null,
    "public.orders has no check constraint (total >= 0).",
  ],
  [
    "CONSTRAINT_DEFINITION",
    "error",
    constraint("orders_pkey"),
    { columns: ["id"], unique: true, primaryKey: true },
    { primaryKey: ["number"] },
    "public.orders has no primary key on (id); its primary key is (number): upserts fail (42P10) and duplicates are not kept out.",
  ],
  [
    "UNVALIDATED_CONSTRAINT",
    "warning",
    column("paid"),
    { nullable: false, validated: true },
    { nullable: false, validated: false },
    "NOT NULL on public.orders.paid is not validated: rows from before it was added may hold NULL.",
  ],
  [
    "MISSING_ENUM",
    "error",
    of("enum", null, "Currency"),
    { labels: ["EUR", "USD"] },
    null,
    "Enum type public.Currency is missing.",
  ],
  [
    "MISSING_ENUM_LABEL",
    "error",
    of("enum", "OrderStatus", "CANCELLED"),
    { label: "CANCELLED" },
    { labels: ["OPEN", "PAID"] },
    'Enum type public.OrderStatus has no label "CANCELLED": statements that use it fail (22P02).',
  ],
  ["MISSING_DOMAIN", "error", of("domain", null, "email"), { base: "text" }, null, "Domain public.email is missing."],
  [
    "MISSING_SEQUENCE",
    "error",
    of("sequence", null, "order_numbers"),
    { sequence: "public.order_numbers" },
    null,
    "Sequence public.order_numbers is missing.",
  ],
  [
    "MISSING_EXTENSION",
    "error",
    { kind: "extension", schema: null, relation: null, name: "citext" },
    { extension: "citext" },
    null,
    "Extension citext is not installed in this database.",
  ],
  [
    "MISSING_FUNCTION",
    "error",
    of("function", null, "norm(text)"),
    { function: "public.norm(text)" },
    { overloads: ["integer"] },
    "Function public.norm(text) is missing; it exists with the arguments (integer).",
  ],
  [
    "MISSING_TRIGGER",
    "warning",
    of("trigger", "orders", "orders_touch"),
    { enabled: true },
    { enabled: false },
    "Trigger orders_touch on public.orders is disabled.",
  ],
  [
    "COLUMN_TYPE",
    "error",
    column("total"),
    { type: "numeric(14,2)", family: "numeric" },
    { type: "integer" },
    "Column public.orders.total has type integer, expected numeric(14,2): larger values are refused (22003), and digits may be lost.",
  ],
  [
    "COLUMN_NULLABILITY",
    "error",
    column("note"),
    { nullable: true },
    { nullable: false },
    "Column public.orders.note is NOT NULL, expected to allow NULL: writing NULL fails.",
  ],
  [
    "COLUMN_DEFAULT",
    "error",
    column("id"),
    { autoIncrement: "sequence" },
    { autoIncrement: "none" },
    "Column public.orders.id no longer counts up by itself: an INSERT that leaves it out fails.",
  ],
  [
    "COLUMN_IDENTITY",
    "warning",
    column("serial"),
    { autoIncrement: "by-default" },
    { autoIncrement: "always" },
    "Column public.orders.serial is GENERATED ALWAYS AS IDENTITY: an INSERT that gives a value for it fails (428C9).",
  ],
  [
    "COLUMN_GENERATED",
    "error",
    column("gross"),
    { generated: "(net * 1.19)", kind: "stored" },
    { generated: null, kind: null },
    "Column public.orders.gross is an ordinary column, expected generated (stored) as (net * 1.19).",
  ],
  [
    "COLUMN_COLLATION",
    "warning",
    column("name"),
    { collation: "default" },
    { collation: "C" },
    "Column public.orders.name has collation C, expected default: order and comparison of text differ.",
  ],
  [
    "INDEX_DEFINITION",
    "warning",
    index("orders_day_idx"),
    { columns: ["day desc"] },
    { columns: ["day"] },
    "Index orders_day_idx on public.orders is an index on (day), expected an index on (day desc).",
  ],
  [
    "DOMAIN_DEFINITION",
    "warning",
    of("domain", null, "money_amount"),
    { base: "numeric", nullable: true, checks: ["(VALUE >= 0)"] },
    { base: "numeric", nullable: true, checks: [] },
    "Domain public.money_amount: it lacks the check (VALUE >= 0).",
  ],
  [
    "ENUM_ORDER",
    "warning",
    of("enum", null, "Level"),
    { labels: ["LOW", "HIGH"] },
    { labels: ["HIGH", "LOW"] },
    "Enum type public.Level has its labels in another order.",
  ],
  [
    "BLOCKING_EXTRA_COLUMN",
    "error",
    column("region"),
    null,
    { type: "text", nullable: false, default: null },
    "Column public.orders.region is NOT NULL without a default and unknown to the application: every INSERT fails (23502).",
  ],
  [
    "BLOCKING_EXTRA_CONSTRAINT",
    "warning",
    index("orders_day_key"),
    null,
    { unique: true, columns: ["day"] },
    "public.orders has the unique index orders_day_key, which the application does not know: writes can be refused (23505).",
  ],
  [
    "MISSING_PRIVILEGE",
    "error",
    of("privileges", "orders", "INSERT"),
    { role: "shop", privilege: "INSERT", columns: [] },
    null,
    "Role shop may not INSERT on public.orders (42501).",
  ],
  [
    "MISSING_PRIVILEGE",
    "error",
    of("privileges", "orders", "USAGE ON SEQUENCE public.orders_id_seq"),
    { role: "shop", privilege: "USAGE", sequence: { schema: "public", name: "orders_id_seq" } },
    null,
    "Role shop has no USAGE on sequence public.orders_id_seq, which fills public.orders.id: every INSERT fails (42501).",
  ],
  [
    "MISSING_PRIVILEGE",
    "error",
    of("privileges", null, "USAGE"),
    { role: "shop", privilege: "USAGE" },
    null,
    "Role shop has no USAGE on schema public: every table in it looks missing (42P01).",
  ],
  [
    "MISSING_PRIVILEGE",
    "error",
    { kind: "privileges", schema: null, relation: null, name: "CONNECT" },
    { role: "shop", privilege: "CONNECT" },
    null,
    "Role shop may not connect to this database (42501).",
  ],
  [
    "ROW_SECURITY_HIDES_ROWS",
    "error",
    of("table", null, "customers"),
    { policyFor: ["select", "insert"] },
    { rowSecurity: true, policyFor: [] },
    "Row security is enabled on public.customers and no policy allows the application's role to SELECT, INSERT: its queries find no rows, every INSERT is refused (42501).",
  ],
  [
    "MISSING_ROWS",
    "error",
    of("rows", "shipping_methods", "r-1kxl7989p3y"),
    { where: "enabled", atLeast: 1, atMost: null },
    { rows: 0 },
    "Table public.shipping_methods is there, but its reference rows are not as expected: at least 1 where enabled, found none.",
  ],
  [
    "MIGRATION_NOT_APPLIED",
    "warning",
    of("migration", null, "20260101_orders"),
    { status: "applied" },
    { status: "pending" },
    "Migration 20260101_orders has not been applied. By itself this breaks no statement.",
  ],
];

/** Gaps of every code, each as compare words it. */
export function gapsOfEveryCode(): Gap[] {
  return FACTS.map(([code, severity, subject, expected, actual, message]) =>
    gapWith({ code, severity, subject, expected, actual, message, introducedBy: null, operations: ["insert"] }),
  );
}

const blind = (subject: Subject, reason: string, sqlstate: string | null, features: readonly string[]): Unverified => {
  return { subject, reason, sqlstate, features };
};

const UNVERIFIED: readonly Unverified[] = [
  blind(
    of("rows", "shipping_methods", "r-2"),
    'rows of public.shipping_methods: column "enabled" does not exist',
    "42703",
    ["ship"],
  ),
  blind(
    of("privileges", null, "shop"),
    'privileges: role "shop_app" does not exist on this server, so its privileges cannot be judged',
    "42704",
    ["order", "search", "ship"],
  ),
  blind(index("orders_lower_idx"), "the relation is locked, index expressions cannot be printed", "55P03", ["search"]),
  blind(
    of("history", null, "_prisma_migrations"),
    'role app may not read public._prisma_migrations; to allow it: GRANT SELECT ON "public"."_prisma_migrations" TO "app";',
    "42501",
    [],
  ),
];

/** Broken, degraded and unverified features that feel all of it. */
export function everyCodeReport(): Report {
  const gaps = gapsOfEveryCode();
  const ids = (severity: Severity) => gaps.filter((gap) => gap.severity === severity).map(({ id }) => id);
  return reportWith({
    verdict: "fail",
    summary: { expectations: 200, satisfied: 150, gaps: gaps.length, implied: 20, unverified: UNVERIFIED.length },
    features: [
      featureWith({
        id: "order",
        application: "shop",
        status: "broken",
        gaps: gaps.map(({ id }) => id),
        symptoms: [
          { sqlstate: "42703", prisma: "P2022", operation: "insert" },
          { sqlstate: "23505", prisma: "P2002", operation: "insert" },
        ],
      }),
      featureWith({
        id: "search",
        application: "shop",
        status: "degraded",
        gaps: ids("warning"),
        symptoms: [{ sqlstate: "428C9", prisma: "P2039", operation: "insert" }],
      }),
      featureWith({ id: "ship", application: "shop", status: "unverified" }),
    ],
    gaps,
    unverified: UNVERIFIED,
  });
}
