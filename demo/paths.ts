/** Where the migrations lie: beside this file, or, for the compiled one in dist/demo, in the package's demo/. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = new URL("./", import.meta.url);
const demo = existsSync(new URL("prisma/migrations/", here)) ? here : new URL("../../demo/", here);

/** The migrations as the application was released. */
export const MIGRATIONS = fileURLToPath(new URL("prisma/migrations/", demo));

/** The migration that mends the incident. */
export const FIX = fileURLToPath(new URL("fix/", demo));
