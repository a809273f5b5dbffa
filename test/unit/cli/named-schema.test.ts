import { describe, expect, it } from "vitest";
import { checkNamedSchema } from "../../../src/cli/named-schema.js";
import { SchemareadyError } from "../../../src/errors/index.js";
import { application, contractOf } from "../../support/builders.js";

const LONG = "s".repeat(70);

function check(schemas: readonly string[], text: string, place = "--schema", contractFile: string | null = null) {
  const applications = schemas.map((schema, at) => ({ ...application({}), name: `app-${at}`, schema }));
  const notes: string[] = [];
  try {
    const contract = { ...contractOf(application({})), applications };
    checkNamedSchema(contract, { text, place }, contractFile, (note) => void notes.push(note));
  } catch (error) {
    if (error instanceof SchemareadyError) return { notes, error: error.text(), code: error.code };
    throw error;
  }
  return { notes, error: null, code: null };
}

describe("a schema that was named beside what says which is meant", () => {
  it.each([
    [["public"], "public"],
    [["app", "app"], "app"],
    [[], "app"],
    [[LONG.slice(0, 63)], LONG],
  ])("is as good as not named when it is the same: %j, %s", (schemas, text) => {
    expect(check(schemas, text)).toEqual({ notes: [], error: null, code: null });
  });

  it("is an error when no application uses it, of check files and of a contract", () => {
    const { code, error } = check(["app", "crm"], "other");
    expect(code).toBe("SETTINGS");
    for (const part of [
      '--schema: is "other", but app-0 has its objects in schema "app": its check file or its source says so',
      'app-1 has its objects in schema "crm"',
      "what to do: Leave out --schema, or `schema` in the check file.",
    ]) {
      expect(error).toContain(part);
    }
    const compiled = check(["app"], "other", "--schema", "contract.json").error;
    expect(compiled).toContain("contract.json was compiled for that schema");
    expect(compiled).toContain("schemaready compile --schema");
  });

  it("is a note when some application uses it, and when a variable names it", () => {
    const note = 'is "other", but app-0 has its objects in schema "app": its check file or its source says so';
    expect(check(["app", "other"], "other")).toEqual({ notes: [`note: --schema ${note}`], error: null, code: null });
    const variable = check(["app"], "other", "SCHEMAREADY_SCHEMA");
    expect(variable).toEqual({ notes: [`note: SCHEMAREADY_SCHEMA ${note}`], error: null, code: null });
  });

  it("that nobody named is no subject", () => {
    checkNamedSchema(contractOf(application({ schema: "app" })), null, null, () => expect.unreachable());
  });
});
