export type { CheckFile } from "./check-file.js";
export { type CompileInput, compileContract } from "./compile.js";
export { type LoadedChecks, type LoadOptions, loadCheckFiles } from "./load/load.js";
export { type CheckFileContent, checkFileJsonSchema, checkFileSchema } from "./schema/check-file.js";
