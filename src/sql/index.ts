export { blank } from "./cut.js";
export { type Deed, type DeedKind, deedsOf } from "./deeds/index.js";
export { loadGrammar } from "./grammar.js";
export { offsetOfCharacter } from "./offsets.js";
export { type Token, type TokenKind, tokensOf } from "./tokens.js";
export type { Grammar, ParsedScript, ParsedStatement, ParseProblem, Range } from "./types.js";
