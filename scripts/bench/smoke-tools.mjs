// The runners that are compared, each with its six steps written down. What cannot be had here is left out, with the reason.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkFile, curlScript, newmanCollection, stepciWorkflow } from "./smoke-flows.mjs";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
/** Step CI tells its makers of each run, unless this is set; that would be measured too. */
const QUIET = { STEPCI_DISABLE_ANALYTICS: "1" };
const FROM_NPM = { newman: "newman@6", stepci: "stepci@2" };

/**
 * @param only names; empty: all
 * @returns `{ name, version, command, env }`; the floor, which sends nothing, is not among them
 */
export function smokeTools(folder, baseUrl, only) {
  const write = (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  const makers = { curl, newman, stepci, schemaready };
  const wanted = Object.keys(makers).filter((name) => only.length === 0 || only.includes(name));
  return wanted.flatMap((name) => makers[name]({ folder, baseUrl, write }));
}

function curl({ baseUrl, write }) {
  const version = firstLine("curl", ["--version"]);
  if (version === null) return skipped("bash + curl", "there is no curl");
  const script = write("curl.sh", curlScript(baseUrl));
  chmodSync(script, 0o755);
  return [{ name: "bash + curl, six processes", version, command: ["bash", script], env: {} }];
}

function newman({ folder, baseUrl, write }) {
  const bin = install("newman", folder);
  if (bin === null) return skipped("newman", "it cannot be installed from npm here");
  const command = [process.execPath, bin, "run", write("collection.json", newmanCollection(baseUrl)), "--color", "off"];
  return [{ name: "newman", version: `newman ${firstLine(process.execPath, [bin, "--version"])}`, command, env: {} }];
}

function stepci({ folder, baseUrl, write }) {
  const bin = install("stepci", folder);
  if (bin === null) return skipped("stepci", "it cannot be installed from npm here");
  const command = [process.execPath, bin, "run", write("workflow.yml", stepciWorkflow(baseUrl))];
  const version = `stepci ${firstLine(process.execPath, [bin, "--version"])}`;
  return [{ name: "stepci", version, command, env: QUIET }];
}

function schemaready({ baseUrl, write }) {
  const version = `schemaready ${firstLine(process.execPath, [CLI, "--version"])}`;
  const smoke = (checks) => [process.execPath, CLI, "smoke", "--checks", checks, "--base-url", baseUrl];
  const plain = smoke(write("checks.yaml", checkFile(false)));
  const withCleanup = smoke(write("checks-clean-up.yaml", checkFile(true)));
  const rows = {
    "schemaready smoke": plain,
    "schemaready smoke --format junit=FILE": [...plain, "--format", "junit=smoke.xml"],
    "schemaready smoke, the delete is a clean-up (run file on disk)": withCleanup,
  };
  return Object.entries(rows).map(([name, command]) => ({ name, version, command, env: {} }));
}

function install(name, folder) {
  const prefix = join(folder, name);
  mkdirSync(prefix);
  writeFileSync(join(prefix, "package.json"), '{"private":true}');
  const args = ["install", "--no-audit", "--no-fund", "--no-package-lock", FROM_NPM[name]];
  const { status } = spawnSync("npm", args, { cwd: prefix, stdio: "ignore", timeout: 180_000 });
  const bin = join(prefix, "node_modules", ".bin", name);
  return status === 0 && existsSync(bin) ? bin : null;
}

function firstLine(command, args) {
  const env = { ...process.env, ...QUIET };
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8", timeout: 30_000, env });
  return status === 0 ? stdout.trim().split("\n")[0].replace(/ \(.*/, "") : null;
}

function skipped(name, reason) {
  console.log(`skipped: ${name}: ${reason}`);
  return [];
}
