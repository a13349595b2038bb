import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import axe from "axe-core";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { onTestFinished } from "vitest";

const START = resolve(import.meta.dirname, "../../../adapters/start.ts");
const NAMES = ["chromium", "chromium-browser", "google-chrome"];
const CREDENTIALS = /^(?:SLACK_|MicrosoftApp)/;

/** The zone of the assistant and of its reader: neither Pacific nor UTC. */
export const ZONE = "Europe/Berlin";
/** 18:15 there. */
const NOW = "2026-11-03T09:15-08:00";

/** The conversation in the README. */
export const README = [
  "track Contoso CRM",
  "mark contoso submitted yesterday 9am",
  "mark contoso report-passed",
  "eta contoso germany if go-live tomorrow",
];

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** The browser's program: CHROMIUM_PATH, or what the system has; undefined: none. */
function findChromium(): string | undefined {
  const { CHROMIUM_PATH, PATH = "" } = process.env;
  const places = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return (CHROMIUM_PATH ? [CHROMIUM_PATH] : ["/usr/bin/chromium", ...places]).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether there is a browser to test with. Where there is none, says so loudly, and fails in CI. */
export function hasBrowser(): boolean {
  if (findChromium()) return true;
  const message = "No Chromium: the playground's page is NOT TESTED. Install chromium, or set CHROMIUM_PATH.";
  if (process.env.CI) throw new Error(message);
  process.stderr.write(`\n${"!".repeat(message.length)}\n${message}\n${"!".repeat(message.length)}\n\n`);
  return false;
}

export function launch(environment: Record<string, string> = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--headless"],
    env: { ...process.env, ...environment } as Record<string, string>,
  });
}

/** The program of `npm start`, with its page open to the browser. */
export interface Started {
  url: string;
  stop(): Promise<void>;
}

/** Starts it at `NOW`, on a free port unless one is given. */
export async function startPlayground(port = 0): Promise<Started> {
  const inherited = Object.entries(process.env).filter(([name]) => !CREDENTIALS.test(name));
  const environment = { ...Object.fromEntries(inherited), PORT: String(port), HOST: "", TZ: ZONE };
  const child = spawn(process.execPath, [START, "--now", NOW], {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout);
  const [line] = (await Promise.race([once(lines, "line"), once(child, "close")])) as [unknown];
  const [url] = /http:\S+/.exec(String(line)) ?? [];
  if (!url) throw new Error(`the playground did not start: ${line}`);
  return { url, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGTERM");
  await closed;
}

export async function post(url: string, what: string, body: object = {}): Promise<void> {
  const response = await fetch(`${url}/playground/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
}

/** A page in a window of its own, closed when the test is done. Whatever went wrong in it is added to `troubles`. */
export async function openPage(
  browser: Browser,
  url: string,
  troubles: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    timezoneId: ZONE,
    locale: "en-US",
    ...options,
  });
  onTestFinished(() => context.close());
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== url) troubles.push(`asked for ${request.url()}`);
  });
  context.on("weberror", (error) => troubles.push(`threw ${error.error().message}`));
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) troubles.push(`said ${message.text()}`);
  });
  await context.exposeFunction("tellTrouble", (what: string) => troubles.push(what));
  await context.addInitScript(
    `addEventListener("securitypolicyviolation", (event) =>
      tellTrouble("violated " + event.violatedDirective + " " + event.sample));
    new MutationObserver(() => {
      for (const one of document.querySelectorAll(".unsupported")) tellTrouble("showed " + one.textContent);
    }).observe(document, { childList: true, subtree: true });`,
  );
  return openBeside(context, url);
}

/** A page in the same window. */
export async function openBeside(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** What axe finds, in a line each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: axe.AxeResults = await page.evaluate("axe.run()");
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
  );
}
