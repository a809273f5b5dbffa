// Migrations as an application of some years has them: mostly tables, columns and indexes, now and then the rest.

const COLUMNS = [
  "title text not null default 'x'",
  "note text",
  "amount numeric(10,2)",
  "at timestamptz not null default now()",
];

/** @returns the migrations in order, `{ name, sql }`; the same for the same count */
export function generateMigrations(count) {
  const state = { tables: 0, labels: 0 };
  return Array.from({ length: count }, (_, index) => ({
    name: `${20200101000000 + index}_step_${index}`,
    sql: `${statementFor(index, state)}\n`,
  }));
}

function statementFor(index, state) {
  const some = `t${Math.floor((index * 7) % Math.max(state.tables, 1))}`;
  const kind = index % 20;
  if (index === 0) return "create type state as enum ('new', 'done');";
  if (state.tables < 2 || kind < 6) return createTable(state);
  if (kind < 10) return `alter table ${some} add column c${index} integer not null default 0;`;
  if (kind < 13) return `create index i${index} on ${some} (title, at desc) where amount > ${index};`;
  if (kind === 13) return `create index concurrently i${index} on ${some} (note);`;
  if (kind === 14)
    return `alter table ${some} alter column note type varchar(200), alter column note set default '${index}';`;
  if (kind === 15) return `alter type state add value 'label_${index}';`;
  if (kind === 16) return `alter table ${some} add constraint k${index} check (amount >= 0 and length(title) < 500);`;
  if (kind === 17) return `create view v${index} as select id, upper(title) as title from ${some} where amount > 0;`;
  if (kind === 18) return triggerOn(some, index);
  return `insert into ${some} (title) values ('row ${index}');\nupdate ${some} set amount = 1 where amount is null;`;
}

function createTable(state) {
  const number = state.tables;
  state.tables += 1;
  const columns = [
    "id bigint generated always as identity primary key",
    ...COLUMNS,
    "state state not null default 'new'",
  ];
  const parent = number === 0 ? [] : [`parent bigint references t${number - 1} (id) on delete cascade`];
  const body = [...columns, ...parent].map((column) => `  ${column}`).join(",\n");
  return `create table t${number} (\n${body}\n);\ncreate index t${number}_at on t${number} (at);`;
}

function triggerOn(table, index) {
  return `create function f${index}() returns trigger language plpgsql as $$ begin new.at := now(); return new; end; $$;
create trigger g${index} before update on ${table} for each row execute function f${index}();`;
}

/** A check file that asks for the same tables, for the comparison of verify with and without a contract. */
export function checkFileFor(contract) {
  const [application] = contract.applications;
  const tables = application.relations.filter(({ kind, name }) => kind === "table" && /^t\d+$/.test(name));
  const columns = '{ id: bigint, title: text, amount: "numeric(10,2)", at: timestamptz }';
  const relations = tables.map(({ name }) => `  ${name}:\n    columns: ${columns}`);
  return `version: 1\napplication: bench\nschema: public\nrelations:\n${relations.join("\n")}\n`;
}
