export { contractFromModel, type ModelSource } from "./from-model.js";
export { applicationFor, type JoinInput, joinContract } from "./join.js";
export { parseContract } from "./parse.js";
export { printContract } from "./print.js";
export { CONTRACT_FORMAT_VERSION, contractFileSchema, contractJsonSchema } from "./schema.js";
