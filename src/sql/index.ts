export type { AlterTableStmt, DropStmt, Node, ObjectType, SelectStmt } from "libpg-query";
export { commentsFrom } from "./comments.js";
export { blank, type CutScript, cutScript } from "./cut.js";
export { commandsOfBlock, type Deed, type DeedKind, deedsOf, UNKNOWN } from "./deeds/index.js";
export { loadGrammar } from "./grammar.js";
export { type SqlText, scanSqlText } from "./mask.js";
export { offsetOfCharacter } from "./offsets.js";
export { nextToken, tokensOf } from "./tokens.js";
export type { Grammar, ParsedScript, ParsedStatement, ParseProblem, Range, Token, TokenKind } from "./types.js";
