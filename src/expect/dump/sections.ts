/** What psql would do with a dump beyond sending it: connect to another database, read another file. */
import type { ParsedScript } from "../../sql/index.js";
import { isCreation } from "./left-out.js";

export interface DumpProblem {
  /** Offset in the script. */
  readonly at: number;
  readonly message: string;
}

/** Commands that choose what is sent: who passes over them has another script than psql. */
const DECISIVE = ["i", "include", "ir", "include_relative", "if", "elif", "else", "gexec", "gset"];

/** What makes the file something else than the schema of one database; empty when it can be taken as it is. */
export function dumpProblems({ sql, metaLines, statements }: ParsedScript): DumpProblem[] {
  const commands = metaLines.map(({ start, end }) => {
    const [, name = "", rest = ""] = /^\\([A-Za-z_]*)\s*(.*?)\s*$/.exec(sql.slice(start, end)) ?? [];
    return { start, name, rest };
  });
  const decisive = commands
    .filter(({ name }) => DECISIVE.includes(name))
    .map(({ start, name }) => ({ at: start, message: decisiveMessage(name) }));
  const begin = { start: 0, rest: "the one before \\connect" };
  const connects = [begin, ...commands.filter(({ name }) => name === "connect" || name === "c")];
  const creations = statements.filter(({ node }) => isCreation(node)).map(({ start }) => start);
  const filled = connects.filter(({ start }, i) => {
    const end = connects[i + 1]?.start ?? sql.length;
    return creations.some((creation) => creation >= start && creation < end);
  });
  const [, second] = filled;
  if (second === undefined) return decisive;
  const names = filled.map(({ rest }) => rest).join(", ");
  const message = `the file holds more than one database (${names}): dump the one that the application uses, with pg_dump --schema-only DATABASE`;
  return [...decisive, { at: second.start, message }];
}

function decisiveMessage(name: string): string {
  const how =
    /^i/.test(name) && name !== "if" ? "reads another file, which is not done here" : "decides in psql what is run";
  return `\\${name} ${how}: give a file that holds all the SQL itself`;
}
