export { ownObject, readDependencies, userSchema } from "./definitions/dependencies.js";
export { readObjectDefinitions } from "./definitions/read.js";
export { CREATE_COMPOSITE, CREATE_RANGE, collate, columnCollation, qualified } from "./definitions/type-definitions.js";
export { askChecks, type PreCheckAnswers } from "./pre-checks.js";
export { readCatalog } from "./read.js";
export { type CatalogRequest, wholeSchemas } from "./request.js";
export { countRows } from "./rows.js";
export { readSurroundings } from "./surroundings.js";
export { readTableFacts } from "./table-facts.js";
