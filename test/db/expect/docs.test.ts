import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkFileJsonSchema } from "../../../src/expect/index.js";
import { relationNamed, useCompiler } from "./support.js";

const page = readFileSync(fileURLToPath(new URL("../../../docs/check-files.md", import.meta.url)), "utf8");
const file = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text).join("");

describe("docs/check-files.md", () => {
  const { compile, refusal } = useCompiler();

  it("shows a file that compiles", async () => {
    const { applications } = await compile({ "a.yaml": file }).catch(async (error: unknown) => {
      throw new Error((await refusal({ "a.yaml": file })).problems.join("\n"), { cause: error });
    });
    const [application] = applications;
    expect(application?.features.map(({ id }) => id)).toEqual(["create-project", "delete-project", "rename-project"]);
    expect(application?.features[0]?.uses.find(({ relation }) => relation.name === "avatar_projects")).toMatchObject({
      insert: ["id", "userId", "name"],
    });
    const users = application === undefined ? undefined : relationNamed(application, "users");
    expect(users?.columnIntroducedBy["accountType"]).toBe("20251018_add_user_settings");
  });

  it("explains every key of the format", () => {
    const keys = new Set<string>();
    collectKeys(checkFileJsonSchema(), keys);
    keys.delete("$schema");
    expect(keys.size).toBeGreaterThan(60);
    const unexplained = [...keys].filter((key) => !new RegExp(`\\b${key}\\b`).test(page));
    expect(unexplained).toEqual([]);
  });
});

/** The fixed keys of every mapping in a JSON Schema. */
function collectKeys(node: unknown, keys: Set<string>): void {
  if (typeof node !== "object" || node === null) return;
  const { properties } = node as { properties?: object };
  for (const key of Object.keys(properties ?? {})) keys.add(key);
  for (const value of Object.values(node)) collectKeys(value, keys);
}
