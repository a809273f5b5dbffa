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
} from "../../report/index.js";
import type { ChangeLog } from "../changes.js";
import type { joinSmoke } from "../joined-smoke.js";
import type { Problem } from "../problem.js";
import type { Refresher } from "../refresher.js";
import type { SmokeRuns } from "../smoke-runs.js";
import type { CurrentVerdict } from "../verdict.js";
import { doorPart } from "./door.js";
import { iconOf } from "./icon.js";
import { SCRIPT, SCRIPT_DIGEST } from "./script.js";
import { type SmokeDetails, smokeLine, smokePart, smokeView } from "./smoke.js";
import { freshLine, linesOf, noteOf, top } from "./top.js";
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
  /** Null: the service runs no flows. */
  readonly smoke: SmokeRuns | null;
  /** Puts the newest smoke run into a report. */
  readonly joined: ReturnType<typeof joinSmoke>;
  /** Whether the service has a token, without which nobody may begin a smoke run. */
  readonly hasToken: boolean;
  /** Of schemaready. */
  readonly version: string;
  /** Between verifications. */
  readonly intervalMs: number;
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
  const { refresher, changes, smoke, now = Date.now } = options;
  // Bounded: there are three reasons not to see details, and one way to see them.
  const kept = new Map<string, Kept>();
  return (problem) => {
    const current = refresher.current();
    const age = current.ageMs === null ? "" : Math.floor(current.ageMs / 1000);
    const nowMs = now();
    const minute = Math.floor(nowMs / EVERY_MS);
    const key = [current.version, current.state, age, changes.total, smoke?.version ?? "", minute].join(" ");
    const viewer = problem?.code ?? "";
    const known = kept.get(viewer);
    if (known?.key === key) return known.page;
    const page = render(current, problem, options, nowMs);
    kept.set(viewer, { key, page });
    return page;
  };
}

/** The bar of verdicts and the age of a smoke run go on while nothing changes; an open page draws them anew this often. */
const EVERY_MS = 60_000;

function render(
  current: CurrentVerdict,
  problem: Problem | null,
  options: StatusPageOptions,
  nowMs: number,
): StatusPage {
  const { changes, version, intervalMs, smoke } = options;
  const detail = problem === null;
  const lines = linesOf(current, detail);
  const note = noteOf(current, detail);
  const view = smoke === null ? null : smokeView(smoke, nowMs);
  const run = view === null ? [] : smokeLine(view);
  const parts = [
    ...(problem === null ? detailParts(current.report) : doorPart(problem)),
    ...(view === null ? [] : smokePart(view, detail ? smokeDetails(current, options) : null)),
    ...(detail ? verdictsPart(changes.changes, nowMs) : []),
  ];
  const facts = footer(current.report, version, detail ? linksOf(current, options) : []);
  const constant = [lines, note, current.state, run, parts, facts, changes.total, Math.floor(nowMs / EVERY_MS)];
  const id = createHash("sha256").update(JSON.stringify(constant)).digest("base64url").slice(0, 16);
  const head = [
    element("title", {}, `${lines.word}: ${lines.sentence}`),
    element("link", { id: "icon", rel: "icon", href: iconOf(lines.style) }),
  ];
  const body = [
    element("a", { class: "skip", href: "#main" }, "Skip to the findings"),
    header(current, detail, top(lines, note, [...run, freshLine(current, version)])),
    element("main", { id: "main", tabindex: "-1" }, ...parts),
    element("footer", {}, facts),
    { markup: `<script>${SCRIPT}</script>` },
  ];
  const attributes = { "data-page": id, "data-every": String(secondsBetween(intervalMs)) };
  return { id, body: Buffer.from(documentOf(attributes, head, body)) };
}

function smokeDetails(
  { report }: CurrentVerdict,
  { changes, joined, hasToken }: Pick<StatusPageOptions, "changes" | "joined" | "hasToken">,
): SmokeDetails {
  const changedAt = changes.changes.find(({ from }) => from !== null)?.at ?? null;
  return { explained: joined(report)?.smoke ?? null, hasToken, changedAt };
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
  const parts = schemaParts(report, LIMITS);
  rendered.set(report, parts);
  return parts;
}

interface Link {
  readonly path: string;
  readonly text: string;
}

/** Of the report, so there is nothing behind them before the first. */
const REPORT_LINKS: readonly Link[] = [
  { path: "/schema/verify", text: "Report" },
  { path: "/schema/repair", text: "Repair plan" },
  { path: "/schema/migrations", text: "Migrations" },
];
const LINKS: readonly Link[] = [
  { path: "/schema/changes", text: "Changes of the verdict" },
  { path: "/metrics", text: "Metrics" },
];

function linksOf(
  { report }: CurrentVerdict,
  { smoke, hasToken }: Pick<StatusPageOptions, "smoke" | "hasToken">,
): Link[] {
  const runs = smoke !== null && hasToken ? [{ path: "/smoke/runs", text: "Smoke runs" }] : [];
  return [...(report === null ? [] : REPORT_LINKS), ...runs, ...LINKS];
}

/** Addresses are relative: a proxy may serve the page below a path of its own. */
function footer(report: Report | null, version: string, links: readonly Link[]): Html {
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
