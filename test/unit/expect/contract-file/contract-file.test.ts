import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SchemareadyError } from "../../../../src/errors/index.js";
import { contractId } from "../../../../src/expect/contract-id.js";
import { contractJsonSchema, parseContract, printContract } from "../../../../src/expect/index.js";
import type { Contract } from "../../../../src/model/contract.js";
import { application, column, contractOf, relation } from "../../../support/builders.js";
import { failReport } from "../../../support/report-fixtures.js";
import { contracts, reversed } from "./arbitrary.js";

const small = withId(contractOf(application({ relations: [relation("users", [column("id")])] })));

function withId(contract: Contract): Contract {
  return { ...contract, id: contractId(contract) };
}

function refusal(text: string): SchemareadyError {
  try {
    parseContract(text, "contract.json");
  } catch (error) {
    if (error instanceof SchemareadyError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

/** The file after a change to its parsed JSON. */
function changed(change: (file: Record<string, unknown>) => void): string {
  const file = JSON.parse(printContract(small));
  change(file);
  return JSON.stringify(file);
}

describe("a contract file", () => {
  it("read back is the contract that was printed", () => {
    fc.assert(
      fc.property(contracts, (contract) => {
        expect(parseContract(printContract(contract), "c")).toEqual(contract);
      }),
    );
  });

  it("is the same bytes for the same content in any order", () => {
    fc.assert(
      fc.property(contracts, (contract) => {
        expect(printContract(reversed(contract))).toBe(printContract(contract));
      }),
    );
  });

  it("fits its JSON Schema", () => {
    const validate = new Ajv2020({ strict: false }).compile(contractJsonSchema());
    fc.assert(
      fc.property(contracts, (contract) => {
        validate(JSON.parse(printContract(contract)));
        expect(validate.errors).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  it("begins with what a reader looks for", () => {
    const text = printContract(small);
    expect(Object.keys(JSON.parse(text))).toEqual(["formatVersion", "id", "source", "applications", "provenance"]);
    expect(text).toMatch(/^\{\n {2}"formatVersion": 1,\n {2}"id": "sha256:[0-9a-f]{64}",\n/);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("keeps a column called __proto__", () => {
    const columnIntroducedBy = JSON.parse('{ "__proto__": "20250101_a" }');
    const odd = withId(contractOf(application({ relations: [relation("t", [], { columnIntroducedBy })] })));
    const read = parseContract(printContract(odd), "c").applications[0]?.relations[0];
    expect(Object.keys(read?.columnIntroducedBy ?? {})).toEqual(["__proto__"]);
  });

  it("may begin with a byte order mark and have other line ends and spaces", () => {
    const text = `\uFEFF${JSON.stringify(JSON.parse(printContract(small)), null, 8).replaceAll("\n", "\r\n")}`;
    expect(parseContract(text, "c")).toEqual(small);
  });
});

describe("a file that cannot be used", () => {
  it("because it is not JSON: says where", () => {
    const error = refusal('{\n  "formatVersion": 1,\n  oops\n}');
    expect(error.code).toBe("CONTRACT_FILE");
    expect(error.problems[0]?.place).toBe("contract.json:3:3");
    expect(error.text()).toMatch(/why it matters: .*\n {2}what to do: .*compile.*\n {2}read more: docs\/errors\.md#/);
  });

  it.each(["postgresql://app:canary@db/app", '{ "password": canary }', "canary"])(
    "quotes nothing of it: %j",
    (text) => {
      expect(refusal(text).text()).not.toContain("canary");
    },
  );

  it.each(["", "null", "[]", '"x"', "{}", '{ "formatVersion": "1" }', '{ "name": "schemaready" }'])(
    "because it is something else: %j",
    (text) => {
      expect(refusal(text).message).toMatch(/is not (JSON|a contract file)/);
    },
  );

  it("because it is a report: says that once, and how to make a contract", () => {
    for (const report of [failReport(), { ...failReport(), formatVersion: 7 }]) {
      const error = refusal(JSON.stringify(report));
      expect(error.message).toBe("contract.json is a report, not a contract.");
      expect(error.problems).toHaveLength(1);
      expect(error.fix).toContain("schemaready compile --checks checks/ -o contract.json");
    }
  });

  it("because it has another format version", () => {
    const error = refusal(changed((file) => Object.assign(file, { formatVersion: 2, surprise: true })));
    expect(error.message).toBe("contract.json has format version 2; this schemaready reads version 1.");
    expect(error.fix).toContain("Compile the contract again");
    expect(error.problems).toEqual([]);
  });

  it("lists every problem with its JSON path", () => {
    const text = changed((file) => {
      const [first] = file["applications"] as { role: unknown; relations: Record<string, unknown>[] }[];
      if (first === undefined) throw new Error("no application");
      first.role = 7;
      const [users = {}] = first.relations;
      users["columns"] = "none";
      users["odd key"] = 1;
      file["source"] = "nowhere";
    });
    const places = refusal(text).problems.map(({ place, message }) => `${place}: ${message}`);
    expect(places.sort()).toEqual([
      expect.stringContaining("contract.json $.applications[0].relations[0].columns: "),
      'contract.json $.applications[0].relations[0]["odd key"]: unknown key',
      "contract.json $.applications[0].role: expected the name of a role, false or null",
      expect.stringContaining("contract.json $.source: "),
    ]);
  });

  it.each([
    ["applications", (file: Record<string, unknown>) => Object.assign(file, { applications: [] })],
    ["the source", (file: Record<string, unknown>) => Object.assign(file, { source: "database" })],
    ["the id", (file: Record<string, unknown>) => Object.assign(file, { id: `sha256:${"0".repeat(64)}` })],
  ])("because somebody changed %s", (_, change) => {
    const error = refusal(changed(change));
    expect(error.message).toBe("contract.json was changed after it was compiled.");
    expect(error.problems[0]?.place).toBe("contract.json $.id");
  });

  it("because it names a place of the machine that made it", () => {
    const at = (file: string) => ({ migration: "a", file, line: 1 });
    const text = changed((file) => {
      const subject = { kind: "table", schema: "public", relation: null, name: "users" };
      file["provenance"] = [{ subject, property: null, createdBy: at("/srv/a.sql"), changedBy: at("a.sql") }];
    });
    expect(refusal(text).problems.map(({ place }) => place)).toEqual(["contract.json $.provenance[0].createdBy.file"]);
  });
});
