import { describe, expect, it } from "vitest";
import { complaintsOf } from "../../../../src/expect/prisma/complaints.js";

const COLOURED = `\u001b[1;91merror\u001b[0m: \u001b[1mError validating: This line is not valid.\u001b[0m
  \u001b[1;94m-->\u001b[0m  \u001b[4mprisma/my schema:1.prisma:12\u001b[0m
\u001b[1;94m   | \u001b[0m
\u001b[1;94m11 | \u001b[0mmodel A {
\u001b[1;94m12 | \u001b[0m  \u001b[1;91mpassword "secret"\u001b[0m
\u001b[1;94m   | \u001b[0m
`;

describe("complaintsOf", () => {
  it("finds each complaint with its place, without colours and excerpts", () => {
    const second =
      'error: Type "Strin" is neither a built-in type,\n nor an enum.\n  -->  b.prisma:3\n   | \n 3 | x\n   | \n';
    expect(complaintsOf(COLOURED + second)).toEqual([
      { place: "prisma/my schema:1.prisma:12", message: "This line is not valid." },
      { place: "b.prisma:3", message: 'Type "Strin" is neither a built-in type, nor an enum.' },
    ]);
  });

  it("says each one once", () => {
    expect(complaintsOf(COLOURED + COLOURED)).toHaveLength(1);
  });

  it("keeps what has no place, without the engine's trace", () => {
    const text = "There is no datasource in the schema.\n   0: schema_engine_wasm::wasm::engine::Diff\n";
    expect(complaintsOf(text)).toEqual([{ message: "There is no datasource in the schema." }]);
  });
});
