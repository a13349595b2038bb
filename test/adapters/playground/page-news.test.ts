import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser, PHONE, post, README } from "./browser.ts";
import { focused, inSlack, log, say, startPageTests, toldCount } from "./page.ts";

const TESTING = README.slice(0, 3);

describe.skipIf(!hasBrowser())("What comes on the page unasked", () => {
  const tests = startPageTests();
  const { openAfter } = tests;
  const pill = (page: Page) => page.locator("#news");
  const push = (by: string) => post(tests.playground.url, "clock", { push: by });

  describe("on a phone", () => {
    it("is shown from the first reminder on when its own push has brought it, and the menu closes", async () => {
      const page = await openAfter([...TESTING, "help"], { viewport: PHONE });
      await page.locator("#scroll").evaluate((element) => element.scrollTo(0, 0));
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("button", { name: "+1 week" }).click();
      await expect.poll(() => page.locator("#now").textContent()).toMatch(/^Tue 10 Nov 2026/);
      expect(await toldCount(page)).toBeGreaterThan(5);
      await expect.poll(() => topOf(page, 4)).toBeLessThan(200);
      expect(await topOf(page, 4)).toBeGreaterThan(0);
      expect(await pill(page).isVisible()).toBe(false);
      expect(await page.getByRole("button", { name: "+1 week" }).isVisible()).toBe(false);
      expect(await focused(page)).toBe("menu");
    });

    it("is counted while something else is read, and a press leads to the first", async () => {
      const page = await openAfter([...TESTING, "help"], { viewport: PHONE });
      await page.locator(".look").nth(3).waitFor();
      await page.locator("#scroll").evaluate((element) => element.scrollTo(0, 0));
      await push("1 d");
      await page.getByRole("button", { name: "1 new" }).waitFor();
      await push("7 d");
      await expect.poll(() => page.locator("#now").textContent()).toMatch(/^Wed 11 Nov 2026/);
      const count = (await toldCount(page)) - 4;
      expect(count).toBeGreaterThan(1);
      await page.getByRole("button", { name: `${count} new` }).click();
      await expect.poll(() => topOf(page, 4)).toBeLessThan(200);
      expect(await pill(page).isVisible()).toBe(false);
      expect(await page.locator(".told").nth(4).locator(":focus").getAttribute("aria-label")).toBe(
        "The answer",
      );
    });

    it("is counted no more when it was seen", async () => {
      const page = await openAfter([...TESTING, "help"], { viewport: PHONE });
      await page.locator(".look").nth(3).waitFor();
      await page.locator("#scroll").evaluate((element) => element.scrollTo(0, 0));
      await push("1 d");
      await pill(page).waitFor();
      await page.locator(".told").last().scrollIntoViewIfNeeded();
      await pill(page).waitFor({ state: "hidden" });
    });

    it("closes the menu with Escape and goes back to where it was opened", async () => {
      const page = await openAfter(TESTING, { viewport: PHONE });
      await page.getByRole("button", { name: "More" }).click();
      await page.keyboard.press("Tab");
      expect(await page.locator(":focus").textContent()).toBe("+1 hour");
      await page.keyboard.press("Escape");
      expect(await page.getByRole("button", { name: "+1 hour" }).isVisible()).toBe(false);
      expect(await focused(page)).toBe("menu");
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("button", { name: "Start over" }).click();
      await page.keyboard.press("Escape");
      expect(await page.getByRole("dialog").isVisible()).toBe(false);
      expect(await focused(page)).toBe("menu");
    });
  });

  describe("on a desktop", () => {
    it("is counted while an older answer is read, and a press shows the first", async () => {
      const page = await openAfter(TESTING);
      await log(page)
        .getByRole("button", { name: /Now following/ })
        .click();
      await page.getByRole("button", { name: "+1 day" }).click();
      await page.getByRole("button", { name: "1 new" }).click();
      await inSlack(page)
        .getByText(/the test link expires/)
        .waitFor();
      expect(await page.locator(":focus").getAttribute("aria-current")).toBe("true");
      expect(await pill(page).isVisible()).toBe(false);
    });

    it("is counted no more when something is asked", async () => {
      const page = await openAfter(TESTING);
      await log(page)
        .getByRole("button", { name: /Now following/ })
        .click();
      await push("1 d");
      await pill(page).waitFor();
      await say(page, "help");
      await pill(page).waitFor({ state: "hidden" });
    });
  });
});

async function topOf(page: Page, at: number): Promise<number> {
  return (await page.locator(".told").nth(at).boundingBox())?.y ?? Number.NaN;
}
