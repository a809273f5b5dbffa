/** What the service and the thread that verifies say to each other. */
import type { Report } from "../model/report.js";

export type Question = { readonly kind: "verify" } | { readonly kind: "abort" } | { readonly kind: "close" };

export type Answer =
  | { readonly kind: "report"; readonly report: Report }
  /** A bug: trouble with the database is a report. */
  | { readonly kind: "error"; readonly error: Error }
  | { readonly kind: "closed" };
