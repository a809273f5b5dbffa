import { createRequire } from "node:module";

const { version } = createRequire(import.meta.url)("../../package.json") as { readonly version: string };

/** Version of schemaready, from its package.json. */
export const TOOL_VERSION: string = version;
