/**
 * Tables of implicit many-to-many relations. Up to Prisma 5 their pair of columns had a unique index, since Prisma 6
 * it is the primary key, and Prisma works with either. A schema does not say which of them a database has.
 * https://www.prisma.io/docs/orm/more/upgrade-guides/upgrading-versions/upgrading-to-prisma-6
 */
import type { Relation } from "../../model/schema.js";

/** The relation with the older, weaker form, which a primary key satisfies as well. */
export function withEitherKey(relation: Relation): Relation {
  const { name, columns, constraints, indexes } = relation;
  const key = constraints.find(({ kind }) => kind === "primary-key");
  const isImplicit =
    name.startsWith("_") &&
    columns.map((column) => column.name).join() === "A,B" &&
    key?.name === `${name}_AB_pkey` &&
    indexes.some((index) => index.name === `${name}_B_index`);
  if (!isImplicit) return relation;
  return {
    ...relation,
    constraints: constraints.filter((constraint) => constraint !== key),
    indexes: indexes.map((index) =>
      index.constraint === key.name ? { ...index, name: `${name}_AB_unique`, constraint: null } : index,
    ),
  };
}
