import { TOOL_VERSION } from "../config/index.js";
import { NOTHING_TO_REPAIR } from "../model/repair.js";
import { REPORT_FORMAT_VERSION, type Report } from "../model/report.js";

const REASON = "no database was given";

/** The report around a smoke run that had no database to look at: nothing is known about the schema, and it says so. */
export function reportWithoutDatabase(): Report {
  return {
    formatVersion: REPORT_FORMAT_VERSION,
    tool: { name: "schemaready", version: TOOL_VERSION },
    verdict: "unverified",
    checkedAt: new Date().toISOString(),
    durationMs: 0,
    target: {
      host: "",
      port: 0,
      database: "",
      user: "",
      server: null,
      schema: "",
      searchPath: null,
      inRecovery: null,
    },
    contract: { id: "", source: "check-files", objects: 0 },
    summary: { expectations: 0, satisfied: 0, gaps: 0, implied: 0, unverified: 0 },
    features: [],
    gaps: [],
    causes: [],
    history: [],
    repair: NOTHING_TO_REPAIR,
    extras: [],
    unverified: [
      {
        subject: { kind: "server", schema: null, relation: null, name: "" },
        reason: REASON,
        sqlstate: null,
        features: [],
      },
    ],
    smoke: null,
  };
}
