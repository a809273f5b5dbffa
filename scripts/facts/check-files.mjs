// Writes checks/*.yaml from facts about three real applications (JSON files with the tables, columns, indexes and
// foreign keys of each): node scripts/facts/check-files.mjs FOLDER. The result is committed; run it when facts change.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Document, isCollection, isMap, isPair, isSeq } from "yaml";
import { APPLICATIONS } from "./applications.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = process.argv[2];
if (folder === undefined || !existsSync(folder)) {
  console.error("usage: node scripts/facts/check-files.mjs FOLDER_WITH_FACTS");
  process.exit(2);
}

/** Types as people write them; PostgreSQL reads both. */
const type = (name) => name.replace(" without time zone", "").replace("character varying", "varchar");

function column({ type: name, nullable, default: value }) {
  if (value?.startsWith("nextval(")) return "serial";
  const bare = value?.replace(/^('(?:[^']|'')*')::[\w ]+$/, "$1");
  return `${type(name)}${nullable ? "" : " not null"}${bare ? ` default ${bare}` : ""}`;
}

/** Facts write `createdAt DESC`; names keep their case. */
const key = (text) => text.replace(/ DESC$/, " desc");

function relation(table, known) {
  const plain = table.indexes.filter((index) => !index.primary);
  const primary = table.indexes.find((index) => index.primary);
  const indexes = plain.map(({ columns, unique, method }) => {
    const keys = columns.map(key);
    if (!unique && (method === undefined || method === "btree")) return keys;
    return { columns: keys, ...(unique ? { unique: true } : {}), ...(method && method !== "btree" ? { method } : {}) };
  });
  const outside = table.foreign_keys.filter(({ references }) => !known.has(references.table));
  const keys = table.foreign_keys.filter(({ references }) => known.has(references.table));
  return {
    // A foreign key to a table that the file does not name cannot be written down, so the lists are not complete.
    ...(outside.length === 0 ? { complete: true } : {}),
    columns: Object.fromEntries(Object.entries(table.columns).map(([name, facts]) => [name, column(facts)])),
    ...(primary ? { primaryKey: primary.columns } : {}),
    ...(indexes.length === 0 ? {} : { indexes }),
    ...(keys.length === 0
      ? {}
      : {
          foreignKeys: keys.map(({ columns, references, on_delete }) => ({
            columns,
            references: references.table,
            onDelete: on_delete.toLowerCase(),
          })),
        }),
  };
}

/** Keeps of `creates` what the file names; other check files name the rest. */
function migrations(all, tables, states) {
  const has = (created) => {
    const [table, name] = created.split(".");
    return tables.has(table) && (name === undefined || states[table].columns[name] !== undefined);
  };
  const required = all.required.map((entry) => {
    if (typeof entry === "string") return entry;
    const creates = entry.creates.filter(has);
    return creates.length === 0 ? entry.name : { name: entry.name, creates };
  });
  return { ...all, required };
}

/** Lists of scalars, and whatever stands inside a list, on one line; everything else as blocks. */
function print(content) {
  const document = new Document(content, { aliasDuplicateObjects: false });
  const shape = (node, insideList) => {
    if (!isCollection(node)) return;
    const isShort = JSON.stringify(node).length < 100;
    node.flow = insideList ? isShort : isSeq(node) && node.items.every((item) => !isMap(item)) && node.items.length > 0;
    for (const item of node.items) shape(isPair(item) ? item.value : item, isSeq(node));
  };
  shape(document.contents, false);
  return document.toString({ lineWidth: 118, flowCollectionPadding: false });
}

for (const application of APPLICATIONS) {
  const facts = JSON.parse(readFileSync(join(folder, application.facts), "utf8"));
  const states = facts.states.expected.tables;
  const tables = new Set(application.tables);
  const relations = Object.fromEntries([...tables].sort().map((name) => [name, relation(states[name], tables)]));
  const content = {
    version: 1,
    application: application.application,
    schema: "public",
    migrations: migrations(application.migrations, tables, states),
    features: application.features,
    relations,
  };
  const head = [
    "# yaml-language-server: $schema=../openapi/check-file.schema.json",
    ...application.about.map((line) => `# ${line}`),
  ];
  const smoke = application.smoke ? `\n${readFileSync(join(root, application.smoke), "utf8")}` : "";
  writeFileSync(join(root, "checks", application.file), `${head.join("\n")}\n${print(content)}${smoke}`);
  console.error(
    `checks/${application.file}: ${tables.size} relations, ${Object.keys(application.features).length} features`,
  );
}
