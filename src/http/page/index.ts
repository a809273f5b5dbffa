/**
 * The status page: one document from the current verdict, the changes before it and the last report. Its bytes are made
 * when somebody asks, and once for each second of the verdict's age; what comes from the report is made once for it.
 */
import { createHash } from "node:crypto";
import type { Report } from "../../model/report.js";
import {
  type Content,
  documentOf,
  element,
  type Html,
  placeOf,
  plural,
  STYLE_DIGEST,
  schemaParts,
  smokeParts,
} from "../../report/index.js";
import type { ChangeLog } from "../changes.js";
import type { Problem } from "../problem.js";
import type { Refresher } from "../refresher.js";
import type { CurrentVerdict } from "../verdict.js";
import { doorPart } from "./door.js";
import { iconOf } from "./icon.js";
import { SCRIPT, SCRIPT_DIGEST } from "./script.js";
import { freshLine, linesOf, top } from "./top.js";
import { verdictsPart } from "./verdicts.js";

/** Its own style, its own script, the icon in it, and questions to this service: nothing else acts or is loaded. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${SCRIPT_DIGEST}'`,
  `style-src 'sha256-${STYLE_DIGEST}'`,
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export interface StatusPage {
  readonly body: Buffer;
  /** Another one when something else than an age has changed. */
  readonly id: string;
}

export interface StatusPageOptions {
  readonly refresher: Pick<Refresher, "current">;
  readonly changes: ChangeLog;
  /** Of schemaready. */
  readonly version: string;
  /** Between verifications. */
  readonly intervalMs: number;
  /** Whether the service has this route. */
  readonly hasRoute: (path: string) => boolean;
  /** The wall clock, which changes of the verdict are told in. */
  readonly now?: () => number;
}

/** @param problem why the viewer may not see details; null: may */
export type StatusPages = (problem: Problem | null) => StatusPage;

interface Kept {
  readonly key: string;
  readonly page: StatusPage;
}

/** Makes the source of pages. */
export function createStatusPages(options: StatusPageOptions): StatusPages {
  const { refresher, changes, now = Date.now } = options;
  // Bounded: there are three reasons not to see details, and one way to see them.
  const kept = new Map<string, Kept>();
  return (problem) => {
    const current = refresher.current();
    const age = current.ageMs === null ? "" : Math.floor(current.ageMs / 1000);
    const key = [current.version, current.state, age, changes.total].join(" ");
    const viewer = problem?.code ?? "";
    const known = kept.get(viewer);
    if (known?.key === key) return known.page;
    const page = render(current, problem, options, now());
    kept.set(viewer, { key, page });
    return page;
  };
}

/** The bar of verdicts goes on while nothing changes; an open page draws it anew this often. */
const BAR_EVERY_MS = 60_000;

function render(
  current: CurrentVerdict,
  problem: Problem | null,
  { changes, version, intervalMs, hasRoute }: StatusPageOptions,
  nowMs: number,
): StatusPage {
  const detail = problem === null;
  const lines = linesOf(current, detail);
  const parts = problem === null ? detailParts(current.report) : doorPart(problem);
  const verdicts = detail ? verdictsPart(changes.changes, nowMs) : [];
  const facts = footer(current.report, version, detail ? LINKS.filter(({ path }) => hasRoute(path)) : []);
  const constant = [lines, current.state, parts, facts, changes.total, Math.floor(nowMs / BAR_EVERY_MS)];
  const id = createHash("sha256").update(JSON.stringify(constant)).digest("base64url").slice(0, 16);
  const head = [
    element("title", {}, `${lines.word}: ${lines.sentence}`),
    element("link", { id: "icon", rel: "icon", href: iconOf(lines.style) }),
  ];
  const body = [
    element("a", { class: "skip", href: "#main" }, "Skip to the findings"),
    header(current, detail, top(current, lines, freshLine(current, version))),
    element("main", { id: "main", tabindex: "-1" }, ...parts, ...verdicts),
    element("footer", {}, facts),
    { markup: `<script>${SCRIPT}</script>` },
  ];
  const attributes = { "data-page": id, "data-every": String(secondsBetween(intervalMs)) };
  return { id, body: Buffer.from(documentOf(attributes, head, body)) };
}

/** An open page asks as often as something can be new, within reason. */
function secondsBetween(intervalMs: number): number {
  return Math.min(Math.max(Math.ceil(intervalMs / 1000), 2), 30);
}

function header({ report }: CurrentVerdict, detail: boolean, banner: Html): Html {
  const place: Content = detail && report !== null ? [" looks at ", placeOf(report)] : "";
  return element(
    "header",
    {},
    element("p", { class: "dim" }, element("strong", {}, "schemaready"), place),
    banner,
    element("p", { id: "live", class: "unseen", role: "status" }),
  );
}

/** A page that is open all night stays light; what is left out is in the report. */
const LIMITS = { causes: 20, features: 100, gaps: 100, steps: 25, unverified: 50 };

const rendered = new WeakMap<Report, Html[]>();

function detailParts(report: Report | null): Html[] {
  if (report === null) return [];
  const known = rendered.get(report);
  if (known !== undefined) return known;
  const parts = [...schemaParts(report, LIMITS), ...smokeParts(report.smoke)];
  rendered.set(report, parts);
  return parts;
}

const LINKS = [
  { path: "/schema/verify", text: "Report" },
  { path: "/schema/repair", text: "Repair plan" },
  { path: "/schema/migrations", text: "Migrations" },
  { path: "/schema/changes", text: "Changes of the verdict" },
  { path: "/metrics", text: "Metrics" },
] as const;

/** Addresses are relative: a proxy may serve the page below a path of its own. */
function footer(report: Report | null, version: string, links: readonly { path: string; text: string }[]): Html {
  const counts = report === null || report.contract.id === "" ? [] : [countsOf(report)];
  const anchors = [{ path: "/.", text: "Reload" }, ...links, { path: "/docs", text: "API" }].map(({ path, text }) =>
    element("a", { href: path.slice(1) }, text),
  );
  const facts = [...counts, `schemaready ${version}`].join("; ");
  return element("div", { id: "facts" }, element("p", { class: "dim" }, facts), element("p", {}, ...anchors));
}

function countsOf({ summary: { expectations, satisfied, gaps, unverified } }: Report): string {
  return `${plural(expectations, "expectation")}: ${satisfied} satisfied, ${plural(gaps, "gap")}, ${unverified} unverified`;
}
