/** What of a directory can be replayed that makes things twice; on a real server. */
import { describe, expect, it } from "vitest";
import { replayable } from "../../../src/copy/replayable.js";
import { directoryOf, type Folder, useReplay } from "../replay/support.js";

const run = useReplay();

async function made(folder: Folder) {
  const { directory, leftOut } = await replayable(directoryOf(folder), run.server(), "public");
  return { scripts: Object.fromEntries(directory.scripts.map(({ name, sql }) => [name, sql])), leftOut };
}

const USERS = "create table users (id int primary key);";

describe("a directory", () => {
  it("that can be replayed stays as it is", async () => {
    const folder = { "1_a": USERS, "2_b": "alter table users add name text;" };
    expect(await made(folder)).toEqual({ scripts: folder, leftOut: [] });
  });

  it("that makes a table again, in another shape, drops the older one first, in the first line", async () => {
    const folder = { "1_a": USERS, "2_b": '-- again\ncreate table "users" (id int, email text);', "3_c": USERS };
    expect(await made(folder)).toEqual({
      scripts: {
        "1_a": USERS,
        "2_b": `DROP TABLE IF EXISTS "users" CASCADE; ${folder["2_b"]}`,
        "3_c": `DROP TABLE IF EXISTS "users" CASCADE; ${USERS}`,
      },
      leftOut: [],
    });
  });

  it("that adds other things again does without the statement, and says so; lines stay where they are", async () => {
    const again = "alter table users\n  add name text;";
    const folder = { "1_a": `${USERS} create type mood as enum ('ok');`, "2_b": "alter table users add name text;" };
    const { scripts, leftOut } = await made({
      ...folder,
      "3_c": `${again}\ncreate type mood as enum ('ok');\nalter table users add email text;`,
    });
    expect(leftOut).toEqual([
      { migration: "3_c", statement: expect.stringContaining("add name text") },
      { migration: "3_c", statement: expect.stringContaining("create type mood") },
    ]);
    expect(scripts).toMatchObject(folder);
    expect(scripts["3_c"]?.split("\n")).toHaveLength(4);
    expect(scripts["3_c"]).toMatch(/^[\s;]+alter table users add email text;$/);
  });

  it("that fails for another reason is left alone", async () => {
    const folder = { "1_a": USERS, "2_b": "alter table nobody add name text;", "3_c": USERS };
    expect(await made(folder)).toEqual({ scripts: folder, leftOut: [] });
  });
});
