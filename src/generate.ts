/**
 * `node dist/generate.js` writes the generated files of openapi/; with `--check` it writes nothing and fails when one
 * of them is not what the code says. The same code gives the same bytes.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { baselineJsonSchema } from "./baseline/index.js";
import { TOOL_VERSION } from "./config/index.js";
import { EXIT, type ExitCode } from "./errors/index.js";
import { checkFileJsonSchema, contractJsonSchema } from "./expect/index.js";
import { openApiDocument } from "./http/index.js";
import { lintJsonSchema, reportJsonSchema, smokeEventJsonSchema } from "./report/index.js";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Every generated file: path from the root of the package -> text. */
export async function generateFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["openapi/openapi.json", toText(await openApiDocument(TOOL_VERSION))],
    ["openapi/report.schema.json", toText(reportJsonSchema())],
    ["openapi/smoke-event.schema.json", toText(smokeEventJsonSchema())],
    ["openapi/baseline.schema.json", toText(baselineJsonSchema())],
    ["openapi/lint.schema.json", toText(lintJsonSchema())],
    ["openapi/contract.schema.json", toText(contractJsonSchema())],
    ["openapi/check-file.schema.json", toText(checkFileJsonSchema())],
  ]);
}

/** The files below `root` that are missing or not what they should be. */
export function staleFiles(files: ReadonlyMap<string, string>, root: string): string[] {
  return [...files].filter(([path, text]) => readIfThere(join(root, path)) !== text).map(([path]) => path);
}

async function main(args: readonly string[]): Promise<ExitCode> {
  const [option, ...others] = args;
  if (others.length > 0 || (option !== undefined && option !== "--check")) {
    process.stderr.write("usage: node dist/generate.js [--check]\n");
    return EXIT.usage;
  }
  const files = await generateFiles();
  const stale = staleFiles(files, ROOT);
  if (option === "--check") {
    for (const path of stale) process.stderr.write(`${path} is not what the code says: run \`npm run generate\`\n`);
    return stale.length === 0 ? EXIT.ok : EXIT.gaps;
  }
  for (const path of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), files.get(path) ?? "");
    process.stdout.write(`wrote ${path}\n`);
  }
  return EXIT.ok;
}

function toText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

const script = process.argv[1];
if (script !== undefined && existsSync(script) && realpathSync(script) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
