/** The commands in the body of a DO block, as far as they are written out; PL/pgSQL around them is not followed. */
import { commandsOfBlock, type Grammar, type ParsedStatement, UNKNOWN } from "../sql/index.js";
import { as, type Node } from "./ast.js";

/** A statement of a block: its tree, and the way to its places in the script. */
export interface Inner {
  readonly node: Node;
  offsetOf(location: number | undefined): number;
}

/** Empty for every other statement. What EXECUTE puts together at run time is left out. */
export function innerStatements(statement: ParsedStatement, grammar: Grammar): Inner[] {
  if (as("DoStmt", statement.node) === null) return [];
  return commandsOfBlock(statement)
    .filter(({ text }) => !text.includes(UNKNOWN))
    .flatMap((command) =>
      grammar.parseScript(command.text).statements.flatMap(({ node, offsetOf }): Inner[] => {
        return node === null ? [] : [{ node, offsetOf: (location) => command.offsetOf(offsetOf(location)) }];
      }),
    );
}
