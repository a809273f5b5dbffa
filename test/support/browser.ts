/** A headless Chromium, when this machine has one, and a service for it to look at. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { createService, type TestService } from "./http-service.js";

const PROGRAMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The program; null when there is none, and then tests say that they are skipped. */
export const CHROMIUM: string | null = PROGRAMS.find((path) => existsSync(path)) ?? null;

/** Nothing but the page under test talks to anything. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

type Options = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** Starts one with an empty profile, which is removed when it is closed. */
export async function startBrowser(options: Options = {}): Promise<Browser> {
  if (CHROMIUM === null) throw new Error("there is no Chromium here");
  const profile = await mkdtemp(join(tmpdir(), "schemaready-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: ARGUMENTS,
    ...options,
  });
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, close };
}

export interface ListeningService extends TestService {
  readonly url: string;
  close(): Promise<void>;
}

/** A service over verifications that the test decides, on a port of its own. */
export async function listen(options: Parameters<typeof createService>[0] = {}): Promise<ListeningService> {
  const service = await createService(options);
  const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
  // A browser opens connections ahead of use, and a service that closes waits for them.
  const close = async () => {
    service.app.server.closeAllConnections();
    await service.app.close();
  };
  return { ...service, url: `${url.replace("127.0.0.1", "localhost")}/`, close };
}

/** Everything that the browser complains about: errors in the console, uncaught ones, refused by the policy, not loaded. */
export function complaintsOf(page: Page): string[] {
  const found: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) found.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => found.push(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    // Chromium calls a HEAD aborted whose answer it has: there is no body to finish.
    if (request.method() !== "HEAD") found.push(`not loaded: ${request.url()} ${request.failure()?.errorText}`);
  });
  return found;
}

/** Has an open page ask now, instead of when its time has come. */
export async function askNow(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === "HEAD");
  await page.evaluate('dispatchEvent(new Event("online"))');
  await answered;
}
