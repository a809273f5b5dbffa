/** The pages of docs/ that `schemaready explain` prints. They are part of the package, beside dist/. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** From src/cli/explain and from dist/cli/explain it is the same way. */
const DOCS = fileURLToPath(new URL("../../../docs/", import.meta.url));

export interface Page {
  readonly code: string;
  /** What sorts of code it is, for the list: `gap`, `cause`, `lint`, `error`. */
  readonly kinds: readonly string[];
  /** The first sentence. */
  readonly summary: string;
  /** Markdown, with its title. */
  readonly text: string;
}

/** Every code that has a page, by kind and name. */
export function allPages(): Page[] {
  return [...codePages(), ...errorPages()];
}

function codePages(): Page[] {
  const names = readdirSync(`${DOCS}codes`).filter((name) => /^(?!README)[A-Z_]+\.md$/.test(name));
  return names.sort().map((name) => {
    const text = readFileSync(`${DOCS}codes/${name}`, "utf8");
    const kinds = [...text.matchAll(/^A (\w+) code[;.]/gm)].map(([, kind = ""]) => kind);
    return { code: name.slice(0, -".md".length), kinds, summary: summaryOf(text), text };
  });
}

/** Errors have one page together, with a heading for each. */
function errorPages(): Page[] {
  const text = readFileSync(`${DOCS}errors.md`, "utf8");
  const parts = text.split(/^(?=##+ )/m).slice(1);
  return parts.flatMap((part) => {
    const code = /^##+ ([A-Z][A-Z0-9_]+)$/m.exec(part)?.[1];
    return code === undefined
      ? []
      : [{ code, kinds: ["error"], summary: errorSummary(part), text: `# ${part.replace(/^#+ /, "")}` }];
  });
}

/** The paragraph behind the title. */
function summaryOf(text: string): string {
  return (text.split(/\n\s*\n/)[1] ?? "").replaceAll("\n", " ").trim();
}

/** Behind the line with exit code and status, up to the end of the first sentence. */
function errorSummary(part: string): string {
  const paragraphs = part.split(/\n\s*\n/).slice(1);
  const text = paragraphs.find((each) => !/^(?:Exit code|HTTP)\b/.test(each)) ?? "";
  // `404. There is …`: the status says less than what follows.
  const sentences = text
    .replaceAll("\n", " ")
    .trim()
    .replace(/^\d{3}[^.]*\. (?=\S)/, "");
  return /^.*?[.:](?=\s|$)/s.exec(sentences)?.[0]?.replace(/:$/, ".") ?? "";
}
