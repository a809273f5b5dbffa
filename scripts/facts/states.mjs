// Writes test/incidents/states/*.sql: the states of real databases as DDL, from facts about three applications:
// node scripts/facts/states.mjs FOLDER. The result is committed; run it when facts change.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = process.argv[2];
if (folder === undefined || !existsSync(folder)) {
  console.error("usage: node scripts/facts/states.mjs FOLDER_WITH_FACTS");
  process.exit(2);
}

/** Enum types that the facts name without their labels. */
const ENUMS = { ImportJobStatus: ["QUEUED", "PROCESSING", "COMPLETED", "FAILED"] };

const STATES = [
  ["lumiku.json", "expected", "lumiku-expected.sql"],
  ["lumiku.json", "production_reconstructed_2025_10_12", "lumiku-production-2025-10-12.sql"],
  ["contrezz.json", "expected", "contrezz-expected.sql"],
  ["rapiddatachat.json", "expected", "rapiddatachat-expected.sql"],
];

const quote = (name) => `"${name.replaceAll('"', '""')}"`;
const list = (names) => names.map(quote).join(", ");

/** `createdAt DESC` is a column and its order; the facts hold no expressions. */
const indexKey = (text) => text.replace(/^(.*?)( DESC)?$/, (_, name, order) => `${quote(name)}${order ?? ""}`);

function column(name, { type, nullable, default: value }) {
  if (value?.startsWith("nextval(")) return `${quote(name)} serial`;
  return `${quote(name)} ${type}${nullable ? "" : " not null"}${value === null ? "" : ` default ${value}`}`;
}

function table(name, { columns, indexes }) {
  const primary = indexes.find((index) => index.primary);
  const lines = Object.entries(columns).map(([key, facts]) => column(key, facts));
  if (primary) lines.push(`constraint ${quote(primary.name)} primary key (${list(primary.columns)})`);
  return `create table ${quote(name)} (\n  ${lines.join(",\n  ")}\n);`;
}

function index(name, { name: own, columns, unique, method }) {
  const using = method && method !== "btree" ? ` using ${method}` : "";
  return `create ${unique ? "unique " : ""}index ${quote(own)} on ${quote(name)}${using} (${columns.map(indexKey).join(", ")});`;
}

function foreignKey(name, { name: own, columns, references, on_delete }) {
  const target = `${quote(references.table)} (${list(references.columns)})`;
  return `alter table ${quote(name)} add constraint ${quote(own)} foreign key (${list(columns)}) references ${target} on delete ${on_delete.toLowerCase()};`;
}

/** Tables that foreign keys point to and that the facts do not describe: as small as they can be. */
function strangers(tables) {
  const targets = Object.values(tables).flatMap((facts) => facts.foreign_keys.map(({ references }) => references));
  const missing = targets.filter(({ table: name }) => tables[name] === undefined);
  return [...new Map(missing.map((reference) => [reference.table, reference])).values()];
}

function enums(tables) {
  const used = Object.values(tables).flatMap((facts) => Object.values(facts.columns).map(({ type }) => type));
  return Object.entries(ENUMS)
    .filter(([name]) => used.includes(quote(name)))
    .map(([name, labels]) => `create type ${quote(name)} as enum (${labels.map((label) => `'${label}'`).join(", ")});`);
}

mkdirSync(join(root, "test", "incidents", "states"), { recursive: true });
for (const [file, state, target] of STATES) {
  const { how, tables } = JSON.parse(readFileSync(join(folder, file), "utf8")).states[state];
  const entries = Object.entries(tables);
  const statements = [
    ...enums(tables),
    ...strangers(tables).map(
      ({ table: name, columns }) =>
        `create table ${quote(name)} (${columns.map((key) => `${quote(key)} text primary key`).join(", ")});`,
    ),
    ...entries.map(([name, facts]) => table(name, facts)),
    ...entries.flatMap(([name, facts]) =>
      facts.indexes.filter((each) => !each.primary).map((each) => index(name, each)),
    ),
    ...entries.flatMap(([name, facts]) => facts.foreign_keys.map((key) => foreignKey(name, key))),
  ];
  writeFileSync(join(root, "test", "incidents", "states", target), `-- ${how}\n${statements.join("\n")}\n`);
  console.error(`${target}: ${entries.length} tables`);
}
