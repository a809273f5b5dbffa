/** The smoke section of a check file -> a suite as the runner takes it (src/model/flow.ts). */
import type { SmokeSuite } from "../../model/flow.js";
import { truncateIdentifier } from "../../model/names.js";
import type { CheckFile } from "../check-file.js";
import { readFlows } from "./flows.js";
import { textRecord } from "./texts.js";

/** The suite of a file, or null when it has none. `defaultSchema`: for a file that names no schema. */
export function readSuite(file: CheckFile, defaultSchema: string): SmokeSuite | null {
  const { content, attachments, known, locate } = file;
  const section = content.smoke;
  if (section === undefined) return null;
  const schema = truncateIdentifier(content.schema ?? defaultSchema);
  return {
    application: content.application,
    schema,
    baseUrl: section.baseUrl ?? null,
    origins: section.origins ?? [],
    variables: textRecord(section.variables),
    secrets: textRecord(section.secrets),
    ...(section.cookies === true ? { cookies: true } : {}),
    flows: readFlows(section, { attachments, redirects: section.redirects ?? 0, schema, known, locate }),
  };
}
