// One folder of a repository as it was at a commit, with the few files above it that tell which tool and version it is.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** Nothing of the repository is run; only these files and the folder itself leave it. */
const SURROUNDINGS = ["package.json", "Cargo.toml", "go.mod"];

/** @throws Error when the clone or the commit is not there */
export function extract({ clone, commit, path, into }) {
  const gitDirectory = existsSync(join(clone, ".git")) ? join(clone, ".git") : clone;
  if (!existsSync(gitDirectory)) throw new Error(`there is no clone at ${clone}`);
  const git = (...args) =>
    execFileSync("git", ["--git-dir", gitDirectory, ...args], {
      maxBuffer: 1024 ** 3,
      stdio: ["ignore", "pipe", "pipe"],
    });
  mkdirSync(into, { recursive: true });
  const known = new Set(git("ls-tree", "-r", "--name-only", commit).toString().split("\n"));
  const above = path.split("/").map((_, depth, parts) => parts.slice(0, depth).join("/"));
  const around = above
    .flatMap((folder) => SURROUNDINGS.map((name) => (folder === "" ? name : `${folder}/${name}`)))
    .filter((name) => known.has(name));
  const archive = git("archive", "--format=tar", commit, "--", path, ...around);
  execFileSync("tar", ["-x", "-C", into], { input: archive });
}
