/** The folders of a project, as far as its database may be described in them. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";

export interface ProjectFolder {
  /** Relative to the project, with `/`; empty: the project itself. */
  readonly path: string;
  /** Names, sorted. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Made by tools, or made for tests: what stands there is not the application's schema. */
const PASSED_OVER =
  /^(\..*|node_modules|vendor|dist|build|out|target|coverage|tmp|temp|__pycache__|__tests__|tests?|spec|e2e|fixtures?|examples?|docs?)$/i;
/** `apps/shop/src/main/resources/db/migration` is one of the deepest that are seen. */
const DEEPEST = 8;
const MOST_FOLDERS = 2_000;

/** Breadth first, so that what is near comes first. Links are not followed; what cannot be listed is passed over. */
export async function walkProject(root: string): Promise<ProjectFolder[]> {
  const found: ProjectFolder[] = [];
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: "", depth: 0 }];
  for (let next = waiting.shift(); next !== undefined && found.length < MOST_FOLDERS; next = waiting.shift()) {
    const { path, depth } = next;
    const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
    const names = (list: typeof entries) => list.map(({ name }) => name).sort();
    const folders = names(entries.filter((entry) => entry.isDirectory() && !PASSED_OVER.test(entry.name)));
    found.push({ path, files: names(entries.filter((entry) => entry.isFile())), folders });
    if (depth < DEEPEST) waiting.push(...folders.map((name) => ({ path: below(path, name), depth: depth + 1 })));
  }
  return found;
}

/** `a/b`; of the project itself only `b`. */
export function below(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}
