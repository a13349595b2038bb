import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launch, openPage, post, type Started, startPlayground } from "./browser.ts";

/** What the tests of the page share, and what they ask of it as a person would. */
export interface PageTests {
  browser: Browser;
  playground: Started;
  /** What went wrong in a page, or could not be shown there, and was not meant to. */
  troubles: string[];
  open(options?: BrowserContextOptions): Promise<Page>;
  /** A page that shows the answers to these lines. */
  openAfter(lines: string[], options?: BrowserContextOptions): Promise<Page>;
  /** Says what was meant to go wrong. */
  forgive(trouble: RegExp): void;
}

/** One browser and one playground, started over before each test of a file. Nothing may go wrong in any page. */
export function startPageTests(): PageTests {
  const tests = { troubles: [] as string[], open, openAfter, forgive } as PageTests;

  beforeAll(async () => {
    [tests.browser, tests.playground] = await Promise.all([launch(), startPlayground()]);
  });
  afterAll(async () => {
    await tests.browser.close();
    await tests.playground.stop();
  });
  beforeEach(async () => {
    tests.troubles = [];
    await post(tests.playground.url, "reset");
  });
  afterEach(() => {
    expect(tests.troubles).toEqual([]);
  });

  function open(options?: BrowserContextOptions): Promise<Page> {
    return openPage(tests.browser, tests.playground.url, tests.troubles, options);
  }

  async function openAfter(lines: string[], options?: BrowserContextOptions): Promise<Page> {
    for (const text of lines) await post(tests.playground.url, "messages", { text });
    const page = await open(options);
    await expect.poll(() => toldCount(page)).toBe(lines.length);
    return page;
  }

  function forgive(trouble: RegExp): void {
    tests.troubles = tests.troubles.filter((one) => !trouble.test(one));
  }

  return tests;
}

export function inSlack(page: Page): Locator {
  return page.getByRole("region", { name: "In Slack" });
}

export function inTeams(page: Page): Locator {
  return page.getByRole("region", { name: "In Teams" });
}

export function log(page: Page): Locator {
  return page.getByRole("log", { name: "Conversation" });
}

/** Answers and reminders in the conversation. */
export function toldCount(page: Page): Promise<number> {
  return page.locator(".told").count();
}

/** Types it and waits for what is answered. */
export async function say(page: Page, text: string): Promise<void> {
  const before = await toldCount(page);
  await page.locator("#say").fill(text);
  await page.keyboard.press("Enter");
  await expect.poll(() => toldCount(page)).toBe(before + 1);
}

/** Presses the button of a form that Slack asks in a window of its own; the window. */
export async function openWindow(page: Page): Promise<Locator> {
  await page.locator(".slack-look [aria-haspopup='dialog']:visible").last().click();
  const window = page.getByRole("dialog", { name: "Connector Shepherd" });
  await window.waitFor();
  return window;
}

/** The id of what has the focus. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate("document.activeElement.id");
}
