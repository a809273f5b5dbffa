import { readFileSync } from "node:fs";

/** schemaready's own version, from package.json, which stands beside dist/ and beside src/. */
export const VERSION: string = readVersion();

function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version?: unknown };
  return typeof version === "string" ? version : "unknown";
}
