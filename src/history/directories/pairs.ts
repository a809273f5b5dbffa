/** Up/down pairs without a tool's own layout: `x.up.sql` + `x.down.sql` (also `-up`, `_up`), or `x/up.sql` + `x/down.sql`. */
import type { Folder } from "./folder.js";

export interface UpFile {
  /** The name without `.up.sql`, or the directory's. */
  readonly stem: string;
  readonly file: string;
}

const PAIR = /^(.+)([._-])(up|down)\.sql$/i;

/** The up halves and the scripts that have no other half. `x_down.sql` without `x_up.sql` is a script called so. */
export async function upFiles(folder: Folder): Promise<UpFile[]> {
  const names = folder.entries.filter(({ isDirectory }) => !isDirectory).map(({ name }) => name);
  const ups = new Set(names.flatMap((name) => halfOf(name, "up") ?? []));
  const directories = await upDirectories(folder);
  const found = names.flatMap((name) => {
    if (!/\.sql$/i.test(name)) return [];
    if (directories.length > 0 && !/^\d/.test(name)) {
      folder.warn("NOT_READ", name, "is not read: the migrations here are directories, and its name has no number");
      return [];
    }
    const up = halfOf(name, "up");
    if (up !== null) return [{ stem: up.replace(/.$/, ""), file: name }];
    const down = halfOf(name, "down");
    if (down === null || (!ups.has(down) && !down.endsWith(".")))
      return [{ stem: name.replace(/\.sql$/i, ""), file: name }];
    if (!ups.has(down)) folder.warn("NOT_READ", name, "is a down part, and there is no up part beside it");
    return [];
  });
  return [...found, ...directories];
}

async function upDirectories(folder: Folder): Promise<UpFile[]> {
  const found: UpFile[] = [];
  for (const { name, isDirectory } of folder.entries) {
    if (!isDirectory) continue;
    const inner = await folder.list(name);
    const up = inner.find((entry) => !entry.isDirectory && /^up\.sql$/i.test(entry.name));
    if (up !== undefined) found.push({ stem: name, file: `${name}/${up.name}` });
    else if (inner.some((entry) => /\.sql$/i.test(entry.name))) {
      folder.warn("NOT_READ", name, "is not read: a directory is a migration only with an up.sql in it");
    }
  }
  return found;
}

/** The stem with its separator, in lower case direction: `x.up.sql` is the up half of `x.`. */
function halfOf(name: string, direction: "up" | "down"): string | null {
  const [, stem = "", separator = "", found = ""] = PAIR.exec(name) ?? [];
  return found.toLowerCase() === direction ? stem + separator : null;
}
