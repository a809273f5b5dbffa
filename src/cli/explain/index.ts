/** `schemaready explain CODE`: the page of a code, in the terminal where the code was read. */
import type { Command } from "commander";
import { EXIT, type ExitCode, SchemareadyError } from "../../errors/index.js";
import { didYouMean } from "../../model/suggest.js";
import type { CliIo } from "../io.js";
import { helpTail } from "../options.js";
import { widthOf } from "../outputs.js";
import { allPages, type Page } from "./pages.js";
import { toTerminal } from "./terminal.js";

export function addExplain(program: Command, run: (code: Promise<ExitCode>) => Promise<void>, io: CliIo): void {
  const command = program
    .command("explain [code]")
    .summary("print what a code means and what to do")
    .description(
      "Prints the page of a code of a gap, a cause, a finding of lint, a warning about migrations or an error: what it means, what users see, how it is decided, what to do. Without a code, lists all of them.",
    );
  command
    .addHelpText(
      "after",
      helpTail({
        settings: [],
        exits: [[EXIT.ok, "the page was printed"]],
        example: "schemaready explain MISSING_COLUMN",
      }),
    )
    .action((code: string | undefined) => run(explain(code, io)));
}

async function explain(code: string | undefined, io: CliIo): Promise<ExitCode> {
  const pages = allPages();
  const width = widthOf(io.stdout);
  if (code === undefined) io.stdout.write(overview(pages, width));
  else for (const page of pagesOf(pages, code)) io.stdout.write(toTerminal(page.text, width));
  return EXIT.ok;
}

/** Codes are asked for as they are read: in any case, with dashes or spaces for underscores. */
function pagesOf(pages: readonly Page[], asked: string): Page[] {
  const wanted = asked
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
  const found = pages.filter(({ code }) => code === wanted);
  if (found.length > 0) return found;
  const hint = didYouMean(
    wanted,
    pages.map(({ code }) => code),
  );
  throw new SchemareadyError("USAGE", `There is no code ${JSON.stringify(asked)}${hint}`, {
    fix: "See `schemaready explain` for all codes.",
  });
}

const TITLES: Readonly<Record<string, string>> = {
  gap: "Gaps: what the database lacks or has otherwise than expected",
  cause: "Causes: why there are gaps",
  lint: "Lint: what is wrong or dangerous in migrations",
  error: "Errors of schemaready itself",
};

function overview(pages: readonly Page[], width: number): string {
  const all = [...new Set([...Object.keys(TITLES), ...pages.flatMap(({ kinds }) => kinds)])];
  const margin = Math.max(...pages.map(({ code }) => code.length)) + 4;
  const parts = all.flatMap((kind) => {
    const own = pages.filter((page) => page.kinds.includes(kind));
    const lines = own.map(({ code, summary }) =>
      cut(`  ${code.padEnd(margin - 2)}${summary.replaceAll("`", "")}`, width),
    );
    return own.length === 0 ? [] : [[TITLES[kind] ?? kind, ...lines].join("\n")];
  });
  return `${parts.join("\n\n")}\n\nschemaready explain CODE prints one of them.\n`;
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
