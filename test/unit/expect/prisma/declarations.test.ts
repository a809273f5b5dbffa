import { expect, it } from "vitest";
import { declarationsOf } from "../../../../src/expect/prisma/declarations.js";

const TEXT = `enum Role {
  USER @map("user")
}
model User {
  id    Int    @id // @map("no")
  email String @map("e_mail")
  text  String @default("@map(\\"no\\")")
  @@index([email], map: "email_index")
  @@map(name: "users")
  @@schema("base")
}
view Summary {
  id Int
  @@ignore
}
`;

it("names what is in the database, with the place", () => {
  const [role, user, summary] = declarationsOf([{ path: "a.prisma", text: TEXT }]);
  expect(role).toMatchObject({ keyword: "enum", name: "Role", place: "a.prisma:1" });
  expect(user).toMatchObject({ keyword: "model", schema: "base", name: "users", ignored: false, place: "a.prisma:4" });
  expect([...(user?.fields ?? [])]).toEqual([
    ["id", "a.prisma:5"],
    ["e_mail", "a.prisma:6"],
    ["text", "a.prisma:7"],
  ]);
  expect(summary).toMatchObject({ keyword: "view", schema: null, name: "Summary", ignored: true });
});
