/** Foreign keys that are gone, or do something else. */
import { addForeignKey } from "../ddl.js";
import { list, q, qq, type TableSpec } from "../spec.js";
import { harmful, type Kind, part } from "./kind.js";
import { dropConstraint, onPart } from "./on-part.js";

const foreignKeys = ({ foreignKeys: of }: TableSpec) => of;

export const FOREIGN_KEY_KINDS: readonly Kind[] = [
  harmful("a foreign key is dropped", (site) =>
    onPart(
      site,
      foreignKeys,
      () => true,
      ({ table, part: key }) => ({
        statements: [dropConstraint(table, key.name)],
        expected: [part("MISSING_CONSTRAINT", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key does something else on delete", (site) =>
    onPart(
      site,
      foreignKeys,
      () => true,
      ({ table, part: key }) => {
        const onDelete = key.onDelete === "cascade" ? site.choose.one(["restrict", "no action"]) : "cascade";
        const nowRefused = key.onDelete === "cascade";
        return {
          statements: [dropConstraint(table, key.name), addForeignKey(table, { ...key, onDelete })],
          expected: [part("CONSTRAINT_DEFINITION", nowRefused ? "error" : "warning", "constraint", table, key.name)],
        };
      },
    ),
  ),
  harmful("a foreign key does something else on update", (site) =>
    onPart(
      site,
      foreignKeys,
      () => true,
      ({ table, part: key }) => ({
        statements: [
          dropConstraint(table, key.name),
          addForeignKey(table, { ...key, onUpdate: key.onUpdate === "cascade" ? "no action" : "cascade" }),
        ],
        expected: [part("CONSTRAINT_DEFINITION", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key with several columns matches in another way", (site) =>
    onPart(
      site,
      foreignKeys,
      ({ columns }) => columns.length > 1,
      ({ table, part: key }) => ({
        statements: [dropConstraint(table, key.name), addForeignKey(table, { ...key, matchFull: !key.matchFull })],
        expected: [part("CONSTRAINT_DEFINITION", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key is checked at once", (site) =>
    onPart(
      site,
      foreignKeys,
      ({ deferrable }) => deferrable,
      ({ table, part: key }) => ({
        statements: [`alter table ${qq(table)} alter constraint ${q(key.name)} not deferrable`],
        expected: [part("CONSTRAINT_DEFINITION", "error", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful("a foreign key is not validated", (site) =>
    onPart(
      site,
      foreignKeys,
      () => true,
      ({ table, part: key }) => ({
        statements: [dropConstraint(table, key.name), `${addForeignKey(table, key)} not valid`],
        expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, key.name)],
      }),
    ),
  ),
  harmful(
    "a foreign key is not enforced",
    (site) =>
      onPart(
        site,
        foreignKeys,
        () => true,
        ({ table, part: key }) => ({
          statements: [dropConstraint(table, key.name), `${addForeignKey(table, key)} not enforced`],
          expected: [part("UNVALIDATED_CONSTRAINT", "warning", "constraint", table, key.name)],
        }),
      ),
    180_000,
  ),
  harmful("a foreign key references another table", (site) =>
    onPart(
      site,
      foreignKeys,
      (key) => key.columns.length === 1,
      ({ table, part: key }) => {
        const type = table.columns.find(({ name }) => name === key.columns[0])?.type.sql ?? "text";
        return {
          statements: [
            dropConstraint(table, key.name),
            `create table zz_parent (id ${type} primary key)`,
            `insert into zz_parent select distinct ${q(key.columns[0] ?? "")} from ${qq(table)}`,
            `alter table ${qq(table)} add constraint ${q(key.name)} foreign key (${list(key.columns)}) references zz_parent (id)`,
          ],
          expected: [part("CONSTRAINT_DEFINITION", "error", "constraint", table, key.name)],
        };
      },
    ),
  ),
];
