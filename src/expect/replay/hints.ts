/** What to say besides PostgreSQL's own words when it refuses a statement for a reason that names no object. */
import type { MigrationScript } from "../../model/migrations.js";

export interface Refused {
  readonly sqlstate: string;
  readonly message: string;
  /** 1-based line of the file. */
  readonly line: number | null;
  readonly script: MigrationScript | undefined;
}

/** A sentence, or null when there is nothing to add. */
export function hintFor(refused: Refused): string | null {
  const newer = newerFunction(refused.message);
  if (newer !== null) return `${newer}() needs PostgreSQL 18.`;
  return placeholderHint(refused) ?? settingHint(refused) ?? HINTS[refused.sqlstate] ?? null;
}

const HINTS: Readonly<Record<string, string>> = {
  "42601": "PostgreSQL does not understand the text; newer syntax needs a newer server (--scratch-url).",
  "42P16": "The table is already defined in another way.",
};

/** Functions of PostgreSQL that came with version 18. */
export function newerFunction(message: string): string | null {
  return /^function (uuidv7|uuidv4|casefold)\(.* does not exist/.exec(message)?.[1] ?? null;
}

const PLACEHOLDER = /\{\{[^{}\n]+\}\}|\$\{[^{}\n]+\}/;

/** Text that a tool fills in before it sends the script. */
function placeholderHint({ sqlstate, script, line }: Refused): string | null {
  if (sqlstate !== "42601" || script === undefined || line === null) return null;
  const [found] = PLACEHOLDER.exec(script.sql.split("\n")[line - script.firstLine] ?? "") ?? [];
  return found === undefined
    ? null
    : `${found} is a placeholder that the tool fills in; here the text is sent as it stands.`;
}

/** invalid_text_representation, null_value_not_allowed, undefined_object: what a setting that nobody set leads to. */
const SETTING_STATES = ["22P02", "22004", "42704"];

/** Settings with a dot in their names belong to the application: its tool sets them before it sends the scripts. */
function settingHint({ sqlstate, script }: Refused): string | null {
  if (!SETTING_STATES.includes(sqlstate)) return null;
  const text = script?.sql ?? "";
  const [, name] = /current_setting\(\s*'(\w+\.[\w.]+)'/i.exec(text) ?? [];
  return name === undefined
    ? null
    : `The script reads the setting ${name}, which is not set in the replay; give it a default that works without it.`;
}
