import { defineConfig } from "vitest/config";

/** `npm run fuzz`: what the drift tests do with fixed seeds, with new ones and for as long as you like. */
export default defineConfig({
  test: {
    name: "fuzz",
    include: ["test/drift/**/*.fuzz.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
