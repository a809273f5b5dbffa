/** Where an expectation comes from: migrations, files, databases, contracts and check files, brought together. */
export { type CompileRequest, compileSources, knownOf } from "./compile.js";
export { readContractFile } from "./contract-file.js";
export { expectedDirectories } from "./directories.js";
export { loadSource } from "./load.js";
export { readMigrations } from "./migrations.js";
export { readFileWithin, UnreadableFile } from "./read-file.js";
export { type Source, type SourceContext, type SourcePath, type SourceRequest, sourcePath } from "./source.js";
