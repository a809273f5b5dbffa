/** Folders of test/incidents that are about the avatar creator, as states of the demo application. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { MIGRATIONS } from "../../../demo/paths.js";
import { INCIDENTS, type Incident, incidentNames } from "../../incidents/rebuild.js";
import type { State } from "./bench.js";

/** What a folder does not say of the application: only the database is rebuilt from it. */
const MORE: Readonly<Record<string, Partial<State>>> = {
  // The validator of the incident stands before a route that the demo application does not have.
  "healthy-schema-bug-elsewhere": {
    bug: async ({ method, url }, reply) => {
      if (method !== "POST" || !url.endsWith("/avatars/generate")) return;
      await reply
        .code(400)
        .send({ error: "Validation error", details: [{ path: "projectId", message: "Invalid uuid" }] });
    },
  },
  "healthy-schema-server-unreachable": { base: ["lumiku-expected"], application: "nobody", look: "nobody" },
  "healthy-schema-worker-not-started": { worker: false, impatient: "polls" },
  "pending-migrations-judged-safe": { arguments: ["--migrations", MIGRATIONS] },
  "table-locked-while-we-look": { impatient: "presets" },
  // Only the command looks there: the application has its own.
  "wrong-database": { application: "right" },
};

export const FOLDERS: ReadonlyMap<string, State> = new Map(incidentNames().flatMap(read));

function read(name: string): [name: string, state: State][] {
  const incident = parse(readFileSync(join(INCIDENTS, name, "incident.yaml"), "utf8")) as Incident;
  if (!incident.checks.some((path) => path.endsWith("/avatar-creator.yaml"))) return [];
  const sql = readFileSync(join(INCIDENTS, name, "state.sql"), "utf8");
  const meanwhile = incident.meanwhile === undefined ? {} : { meanwhile: incident.meanwhile };
  return [[name, { base: incident.base, sql, ...meanwhile, ...MORE[name] }]];
}
