import { describe, expect, it } from "vitest";
import { shownApplication } from "../../../src/model/secret-names.js";

describe("shownApplication", () => {
  it.each(["psql", "pg_dump", "PostgreSQL JDBC Driver", "web: 3 of 4", null])("shows %s", (name) => {
    expect(shownApplication(name)).toBe(name);
  });

  it.each(["postgresql://u:hunter2@h/db", "worker password=hunter2", "job token: abc"])("does not show %s", (name) => {
    expect(shownApplication(name)).toBeNull();
  });
});
