/** What `scripts/bundle.mjs` makes of the compiled command line. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const BUNDLE = join(ROOT, "dist/bundled");
const files = readdirSync(BUNDLE).map((name) => ({ name, text: readFileSync(join(BUNDLE, name), "utf8") }));
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, object>;

function sourcesOf({ name, text }: { readonly name: string; readonly text: string }): readonly string[] {
  return name.endsWith(".map") ? (JSON.parse(text) as { readonly sources: readonly string[] }).sources : [];
}

describe("the bundle", () => {
  it("has source maps that lead to src, entries included", () => {
    const sources = [...new Set(files.flatMap(sourcesOf))].map((source) => resolve(BUNDLE, source));
    expect(sources).toEqual(
      expect.arrayContaining(["src/cli.ts", "src/watch/thread.ts"].map((path) => join(ROOT, path))),
    );
    expect(sources.filter((path) => path.startsWith(join(ROOT, "dist")) || !existsSync(path))).toEqual([]);
  });

  it("is the same for each build: nothing in it is named after the folder that it was built in", () => {
    expect(files.filter(({ text }) => /\.build-\w{6}/.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it("loads only packages that package.json names", () => {
    const installed = Object.keys({ ...manifest["dependencies"], ...manifest["optionalDependencies"] });
    const loaded = files.flatMap(({ name, text }) =>
      name.endsWith(".js") ? [...text.matchAll(/^import .*"([^"]+)";$|\bimport\("([^"]+)"\)/gm)] : [],
    );
    const packages = loaded
      .map(([, direct, lazy]) => direct ?? lazy ?? "")
      .filter((name) => !name.startsWith(".") && !name.startsWith("node:") && !builtinModules.includes(name));
    expect(packages).toContain("pino");
    expect(packages.filter((name) => !installed.includes(name))).toEqual([]);
  });
});
