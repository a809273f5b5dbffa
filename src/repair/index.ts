/** Stage 7: gaps, causes and histories in, suggested steps out. Pure; nothing here can run them. */
export { suggestRepair } from "./suggest.js";
