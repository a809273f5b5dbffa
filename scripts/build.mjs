// Compiles src to dist and demo to dist/demo, and bundles the command line. Runs as `prepare`, so `npm ci` leaves a working dist/ behind.
// A published package brings its dist/ and has no compiler: then there is nothing to do.
// The result is moved into place in one step, so that a running command never sees half a build.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
if (!existsSync(compiler)) {
  if (existsSync(join(root, "dist", "cli.js"))) process.exit(0);
  console.error("schemaready: the TypeScript compiler is not installed; run `npm ci` with development dependencies.");
  process.exit(1);
}

const compile = (project, outDir) =>
  execFileSync(process.execPath, [compiler, "-p", join(root, project), "--outDir", outDir], { stdio: "inherit" });

const fresh = mkdtempSync(join(root, ".build-"));
try {
  compile("tsconfig.json", fresh);
  if (existsSync(join(root, "demo", "app", "server.ts"))) compile("tsconfig.demo.json", join(fresh, "demo"));
  const { bundle } = await import("./bundle.mjs");
  await bundle(fresh);
  // mkdtemp makes a folder that only its owner can enter; installed as root, dist/ must run as any user.
  chmodSync(fresh, 0o755);
  chmodSync(join(fresh, "cli.js"), 0o755);
  rmSync(join(root, "dist"), { recursive: true, force: true });
  renameSync(fresh, join(root, "dist"));
} catch (error) {
  rmSync(fresh, { recursive: true, force: true });
  throw error;
}
