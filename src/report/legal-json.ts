/** JSON on one line that no terminal, log viewer or line reader can misread. */
import { UNSAFE } from "./display.js";

/** As JSON.stringify; control, direction and separator characters as `\u` escapes, which mean the same. */
export function legalJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
