export { ERRORS, type ErrorCode, type ErrorEntry, EXIT, type ExitCode } from "./codes.js";
export { type Problem, SchemareadyError } from "./error.js";
