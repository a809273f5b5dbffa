import { environment } from "./environment.js";

/** What a program needs to run at all: where programs, temporary files and (on Windows) the system are. */
const INHERITED = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "windir", "ComSpec", "PATHEXT"];

/**
 * The environment that a child process may inherit. Everything else stays behind: PG* variables would redirect a
 * PostgreSQL program, NODE_OPTIONS would change a Node program, DATABASE_URL holds a password.
 */
export function childEnvironment(): Record<string, string> {
  // Windows spells the names as it likes (Path), and finds them whatever the spelling.
  const wanted = new Set(INHERITED.map((name) => name.toUpperCase()));
  const entries = Object.entries(environment());
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined && wanted.has(entry[0].toUpperCase())),
  );
}
