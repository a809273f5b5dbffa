export { blank, type CutScript, type CutStatement, cutScript } from "./cut.js";
export { loadGrammar } from "./grammar.js";
export { offsetOfCharacter } from "./offsets.js";
export { type Token, type TokenKind, tokensOf } from "./tokens.js";
export type { Grammar, ParsedScript, ParsedStatement, Range } from "./types.js";
