/** What psql would do with a dump beyond sending it: connect to another database, read another file. */
import { lineAt } from "../replay/lines.js";
import type { SplitScript } from "../replay/split.js";
import { isCreation } from "./left-out.js";

export interface DumpProblem {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** Commands that choose what is sent: who passes over them has another script than psql. */
const DECISIVE = ["i", "include", "ir", "include_relative", "if", "elif", "else", "gexec", "gset"];

/** What makes the file something else than the schema of one database; empty when it can be taken as it is. */
export function dumpProblems(sql: string, split: SplitScript): DumpProblem[] {
  const line = (offset: number) => lineAt({ sql, firstLine: 1 }, offset);
  const commands = split.metaLines.map(({ start, end }) => {
    const [, name = "", rest = ""] = /^\\([A-Za-z_]*)\s*(.*?)\s*$/.exec(sql.slice(start, end)) ?? [];
    return { start, name, rest };
  });
  const decisive = commands
    .filter(({ name }) => DECISIVE.includes(name))
    .map(({ start, name }) => ({ line: line(start), message: decisiveMessage(name) }));
  const begin = { start: 0, rest: "the one before \\connect" };
  const connects = [begin, ...commands.filter(({ name }) => name === "connect" || name === "c")];
  const filled = connects.filter(({ start }, i) => {
    const end = connects[i + 1]?.start ?? sql.length;
    return split.statements.some(
      (statement) => statement.start >= start && statement.start < end && isCreation(statement),
    );
  });
  const [, second] = filled;
  if (second === undefined) return decisive;
  const names = filled.map(({ rest }) => rest).join(", ");
  const message = `the file holds more than one database (${names}): dump the one that the application uses, with pg_dump --schema-only DATABASE`;
  return [...decisive, { line: line(second.start), message }];
}

function decisiveMessage(name: string): string {
  const how =
    /^i/.test(name) && name !== "if" ? "reads another file, which is not done here" : "decides in psql what is run";
  return `\\${name} ${how}: give a file that holds all the SQL itself`;
}
