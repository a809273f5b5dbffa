import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCheckFiles } from "../../../src/expect/index.js";
import { readCheckFiles } from "../../../src/expect/load/read-files.js";
import { directory } from "./support.js";

async function read(...paths: string[]) {
  const { files, problems } = await readCheckFiles(paths);
  return {
    files: files.map(({ path }) => path),
    problems: problems.map(({ place, message }) => [place.file, message]),
  };
}

describe("files and directories", () => {
  it("takes *.yaml and *.yml of a directory, sorted, and nothing below it", async () => {
    const path = directory();
    for (const name of ["b.yaml", "a.yml", "C.YAML", "notes.md", ".hidden.yaml"])
      writeFileSync(join(path, name), "a: 1");
    mkdirSync(join(path, "d.yaml"));
    writeFileSync(join(path, "d.yaml", "inner.yaml"), "a: 1");
    const { files, problems } = await read(path);
    expect(problems).toEqual([]);
    expect(files).toEqual([join(path, "C.YAML"), join(path, "a.yml"), join(path, "b.yaml")]);
  });

  it("takes a file as given, whatever its name, and each file once", async () => {
    const path = directory();
    writeFileSync(join(path, "checks.txt"), "a: 1");
    writeFileSync(join(path, "a.yaml"), "a: 1");
    const { files } = await read(join(path, "checks.txt"), path, join(path, "a.yaml"));
    expect(files).toEqual([join(path, "checks.txt"), join(path, "a.yaml")]);
  });

  it("does not wait for somebody who writes into a pipe", async () => {
    const path = directory();
    const pipe = join(path, "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    expect(await read(pipe, path, "/dev/null")).toEqual({
      files: [],
      problems: [
        [pipe, "this is not a regular file (a pipe, a socket, a device)"],
        ["/dev/null", "this is not a regular file (a pipe, a socket, a device)"],
      ],
    });
  });

  it("follows a link in a directory inside of it, and a given one anywhere", async () => {
    const [path, elsewhere] = [directory(), directory()];
    writeFileSync(join(elsewhere, "secret.yaml"), "a: 1");
    mkdirSync(join(path, "..data"));
    writeFileSync(join(path, "..data", "a.yaml"), "a: 1");
    symlinkSync(join("..data", "a.yaml"), join(path, "a.yaml"));
    symlinkSync(join(elsewhere, "secret.yaml"), join(path, "b.yaml"));
    const { files, problems } = await read(path);
    expect(files).toEqual([join(path, "a.yaml")]);
    expect(problems).toEqual([
      [join(path, "b.yaml"), "the symbolic link leads out of the directory: give the file itself, if it is meant"],
    ]);
    expect((await read(join(path, "b.yaml"))).files).toEqual([join(path, "b.yaml")]);
  });

  it("says of each what is wrong with it", async () => {
    const path = directory();
    mkdirSync(join(path, "empty"));
    writeFileSync(join(path, "latin1.yaml"), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
    writeFileSync(join(path, "large.yaml"), "#".repeat(512 * 1024 + 1));
    symlinkSync("circle.yaml", join(path, "circle.yaml"));
    const names = ["missing.yaml", "empty", "latin1.yaml", "large.yaml", "circle.yaml"].map((name) => join(path, name));
    const { files, problems } = await read(...names);
    expect(files).toEqual([]);
    expect(problems).toEqual([
      [names[0], "there is no such file or directory"],
      [names[1], "the directory has no check files (*.yaml, *.yml)"],
      [names[2], "the file is not UTF-8 text"],
      [names[3], "the file is larger than 512 KiB"],
      [names[4], "the symbolic links lead in a circle"],
    ]);
  });

  it("gives the path alone as the place, where there is no text to point at", async () => {
    const missing = join(directory(), "missing.yaml");
    await expect(loadCheckFiles([missing])).rejects.toMatchObject({
      problems: [{ place: missing, message: "there is no such file or directory" }],
    });
  });

  it("wants at least one path", async () => {
    expect((await read()).problems).toEqual([["(check files)", "no check file or directory was given"]]);
  });

  it("takes a file of exactly 512 KiB and drops a byte order mark", async () => {
    const path = join(directory(), "a.yaml");
    writeFileSync(path, `\ufeffa: ${"x".repeat(512 * 1024 - 6)}`);
    const { files, problems } = await readCheckFiles([path]);
    expect(problems).toEqual([]);
    expect(files[0]?.text.startsWith("a: x")).toBe(true);
  });
});
