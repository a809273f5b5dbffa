/** The event stream of a smoke run, one event a line; smokeEventSchema describes it. */
import type { SmokeEvent } from "../model/smoke-event.js";
import { legalJson } from "./legal-json.js";

/** One line with its newline. */
export function ndjsonLine(event: SmokeEvent): string {
  return `${legalJson(event)}\n`;
}
