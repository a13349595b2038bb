import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, PHONE, README, violations } from "./browser.ts";
import { log, say, startPageTests } from "./page.ts";

const ON_ITS_SIDE = { width: 844, height: 390 };

describe.skipIf(!hasBrowser())("The page where there is little room", () => {
  const { open, openAfter, forgive } = startPageTests();

  it.each([
    ["enlarged to 400 %", { width: 320, height: 256 }],
    ["on a phone on its side", ON_ITS_SIDE],
    ["in a small window", { width: 640, height: 370 }],
  ])("scrolls as a whole %s, and nothing of it is out of reach", async (_, viewport) => {
    const page = await openAfter(README, { viewport });
    await page.getByRole("button", { name: "More" }).click();
    const reached = [
      page.getByRole("heading", { level: 1 }),
      ...["+1 week", "Start over", "Next step"].map((name) => page.getByRole("button", { name }).first()),
      log(page).getByText("track Contoso CRM"),
      page
        .locator(".told")
        .last()
        .getByRole("img", { name: /rollout/i }),
    ];
    for (const one of reached) {
      await one.evaluate((element) => element.scrollIntoView({ block: "start" }));
      expect([`${one}`, await isSeenWithin(one, page.locator(".composer"))]).toEqual([`${one}`, true]);
    }
    expect(await cutOff(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    await say(page, "help");
    await expect.poll(() => top(page.locator(".said").last())).toBeGreaterThanOrEqual(0);
    expect(await top(page.locator(".said").last())).toBeLessThan(viewport.height / 4);
    expect(await violations(page)).toEqual([]);
  });

  it.each([
    ["a phone is turned", PHONE, ON_ITS_SIDE],
    ["a window is made wide", PHONE, DESKTOP],
  ])("goes on with the answer that is read when %s and back", async (_, from, to) => {
    const page = await openAfter([...README, "help", "forecast contoso"], { viewport: from });
    const read = page.locator(".told").nth(2);
    await page.locator(".look").nth(5).waitFor();
    await read.evaluate((element) => element.scrollIntoView());
    await expect.poll(() => isFirstInView(page, read)).toBe(true);
    await page.setViewportSize(to);
    if (to === DESKTOP) await page.locator(".pick[aria-current]").and(read.locator(".pick")).waitFor();
    await expect.poll(() => isFirstInView(page, read)).toBe(true);
    await page.setViewportSize(from);
    await expect.poll(() => page.locator(".inline > .look").count()).toBe(6);
    await expect.poll(() => isFirstInView(page, read)).toBe(true);
  });

  it("keeps what came last in view above what goes wrong", async () => {
    const page = await open({ viewport: { width: 1280, height: 640 } });
    for (const line of README) await say(page, line);
    const newest = page.locator(".pick").last();
    await page.route("**/playground/messages", (route) =>
      route.fulfill({ status: 503, json: { problem: "The store fails. ".repeat(8) } }),
    );
    await page.locator("#say").fill("help");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("The store fails.").waitFor();
    expect(await isSeenWithin(newest, page.locator(".composer"))).toBe(true);
    forgive(/503/);
  });
});

async function top(element: Locator): Promise<number> {
  return (await element.boundingBox())?.y ?? Number.NaN;
}

/** It, or as much of it as there is room for, stands between the page's upper edge and the message box. */
async function isSeenWithin(element: Locator, composer: Locator): Promise<boolean> {
  const [box, below] = [await element.boundingBox(), await composer.boundingBox()];
  if (!box || !below) return false;
  return box.y > -2 && box.y + Math.min(box.height, below.y / 2) <= below.y;
}

/** It begins, with the question before it, where the conversation does. */
async function isFirstInView(page: Page, told: Locator): Promise<boolean> {
  const edge = Math.max(0, await top(page.locator("#scroll")));
  const from = (await top(told)) - edge;
  return from > -60 && from < 160;
}

/** What scrolls within a page that scrolls itself, or is wider than it; the suggestions and tables may. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll("h1, .bar *, .scroll, .composer, main, body")]
      .filter((one) => one.checkVisibility() && !one.matches(".quiet, .looks input"))
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 ||
        (getComputedStyle(one).overflowY !== "visible" && one.scrollHeight > one.clientHeight + 1))
      .map((one) => one.outerHTML.slice(0, 80))`,
  );
}
