/** When a record and a migration of the build are the same one: each tool has its own idea of a name. */
import type { ExpectedMigrations, ExpectedScript } from "../model/contract.js";
import { compareText } from "../model/names.js";
import { compareVersions } from "./directories/order.js";
import type { Recorded } from "./recorded.js";

type Tool = ExpectedMigrations["tool"];

/** Two names with the same key are one migration for the tool. */
export function keyOf(tool: Tool, name: string): string {
  switch (tool) {
    case "knex":
    case "sequelize":
      return name.replace(/(?:\.up\.sql|\.[cm]?[jt]s|\.sql)$/, "");
    case "mikro-orm":
      return name.replace(/\.[cm]?[jt]s$/, "");
    case "goose":
    case "golang-migrate":
    case "sqlx":
    case "ecto":
      return name.replace(/^0+(?=\d+$)/, "");
    case "liquibase":
      return name.replace(/^classpath:/, "");
    case "flyway":
      return flywayKey(name);
    default:
      return name;
  }
}

/** Of a record: Flyway knows a versioned migration by its version, whatever its file is called by now. */
export function keyOfRecord(tool: Tool, { name, recordedAs }: Recorded): string {
  return tool === "flyway" && recordedAs !== null ? `version ${versionKey(recordedAs)}` : keyOf(tool, name);
}

/** Whether a required migration is the recorded one or older, for records that stand for all before them. */
export function isCovered(tool: Tool, required: string, record: Recorded): boolean {
  const by = tool === "flyway" ? (record.recordedAs ?? "") : record.name;
  const own = tool === "flyway" ? flywayVersion(required) : required;
  if (own === null || by === "") return false;
  const isNumeric = tool === "flyway" || tool === "golang-migrate";
  return (isNumeric ? compareVersions(own, by) : compareText(own, by)) <= 0;
}

/** Repeatable migrations have no place in the order: they run after all others, whenever they changed. */
export function isRepeatable(tool: Tool, name: string): boolean {
  return tool === "flyway" && flywayVersion(name) === null;
}

/** Drizzle decides by the journal's `when` and stores the digest; from 1.0 on, by name. */
export function isDrizzleRecord(record: Recorded, name: string, script: ExpectedScript | undefined): boolean {
  if (record.name === name || record.checksum === name) return true;
  if (script === undefined) return false;
  if (script.recordedAs !== undefined && record.recordedAs === script.recordedAs) return true;
  return record.checksum !== null && [script.checksum, ...(script.alike ?? [])].includes(record.checksum);
}

/** `1_2` and `1.02.0` are the same version. */
function versionKey(version: string): string {
  return version
    .split(/[._]/)
    .map((part) => part.replace(/^0+(?=\d)/, ""))
    .join(".")
    .replace(/(?:\.0)+$/, "");
}

function flywayVersion(name: string): string | null {
  const file = name.slice(name.lastIndexOf("/") + 1);
  const [, version = null] = /^[VB](\d+(?:[._]\d+)*)__/.exec(file) ?? /^(\d+(?:[._]\d+)*)$/.exec(file) ?? [];
  return version;
}

function flywayKey(name: string): string {
  const version = flywayVersion(name);
  return version === null ? name.slice(name.lastIndexOf("/") + 1) : `version ${versionKey(version)}`;
}
