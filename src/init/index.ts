/** A first check file for a project, from what stands in it or from a live database. */
export { initPage } from "./page.js";
export { type InitPlan, type InitRequest, type PlannedFile, planInit } from "./plan.js";
