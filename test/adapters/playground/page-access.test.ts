import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, PHONE, README, violations } from "./browser.ts";
import { focused, inSlack, log, say, startPageTests, toldCount } from "./page.ts";

describe.skipIf(!hasBrowser())("Everybody can use the page", () => {
  const { open, openAfter } = startPageTests();

  it("works with the keyboard alone", async () => {
    const page = await open();
    const press = (...keys: string[]) =>
      keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve());
    await page.getByText("Try one of these").waitFor();
    await press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the message box");
    await press("Enter");
    await page.keyboard.type("track Contoso CRM");
    await press("Enter");
    await inSlack(page).getByText("Now following Contoso CRM").waitFor();
    expect(await focused(page)).toBe("say");
    await page.keyboard.type("help");
    await press("Enter");
    await expect.poll(() => toldCount(page)).toBe(2);
    await press("ArrowUp", "ArrowUp");
    expect(await page.locator("#say").inputValue()).toBe("track Contoso CRM");
    await press("ArrowDown", "ArrowDown");
    expect(await page.locator("#say").inputValue()).toBe("");

    await log(page).getByRole("button").last().focus();
    await press("ArrowUp");
    await inSlack(page).getByText("Now following Contoso CRM").waitFor();
    expect(await page.locator(":focus").getAttribute("aria-current")).toBe("true");
    await pressUntil(page, "Tab", "#slack-stage");
    await press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Next step");
    expect(await ring(page)).toBe("2px");
    await press("Enter");
    await expect.poll(() => toldCount(page)).toBe(3);
    expect(await focused(page)).toBe("slack-stage");
    await pressUntil(page, "Tab", "#teams-stage");
    await pressUntil(page, "Tab", "#teams-stage button");
    await press("Space");
    await expect.poll(() => toldCount(page)).toBe(4);
    expect(await focused(page)).toBe("teams-stage");
  });

  describe("on a phone", () => {
    it.each(["Slack", "Teams"])("fits its width with each answer as in %s", async (platform) => {
      const page = await openAfter(
        [...README, "forecast contoso", "ready contoso", "evidence contoso", "help"],
        {
          viewport: PHONE,
        },
      );
      await page.getByRole("radio", { name: platform }).check({ force: true });
      await expect.poll(() => page.locator(`.${platform.toLowerCase()}-look`).count()).toBe(8);
      for (const box of ["document.documentElement", "document.querySelector('#scroll')"]) {
        expect(await page.evaluate(`${box}.scrollWidth - ${box}.clientWidth`)).toBe(0);
      }
    });

    it("lets people press in the conversation, and shows from the question on", async () => {
      const page = await openAfter(["track Contoso CRM"], { viewport: PHONE });
      await log(page).getByRole("button", { name: "Next step" }).click();
      await expect.poll(() => page.locator(".look").count()).toBe(2);
      await expect.poll(() => isInView(page.locator(".said").last())).toBe(true);
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("button", { name: "+1 week" }).click();
      await expect.poll(() => page.locator("#now").textContent()).toMatch(/^Tue 10 Nov 2026/);
    });
  });

  describe.each([
    ["light", "a desktop", DESKTOP],
    ["dark", "a desktop", DESKTOP],
    ["light", "a phone", PHONE],
    ["dark", "a phone", PHONE],
  ] as const)("in %s on %s", (colorScheme, _, viewport) => {
    it("has no serious barrier", async () => {
      const page = await open({ colorScheme, viewport });
      await page.getByText("Try one of these").waitFor();
      expect(await violations(page)).toEqual([]);
      for (const line of README) await say(page, line);
      expect(await violations(page)).toEqual([]);
      for (const line of ["ready contoso", "mark contoso", "evidence contoso"]) await say(page, line);
      await page.getByText("Save the figures").first().waitFor();
      expect(await violations(page)).toEqual([]);
      if (viewport === PHONE) await page.getByRole("radio", { name: "Teams" }).check({ force: true });
      if (viewport === PHONE) await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("button", { name: "Start over" }).click();
      expect(await violations(page)).toEqual([]);
    });
  });
});

/** How wide the ring around the focused element is. */
async function ring(page: Page): Promise<string> {
  return page.evaluate("getComputedStyle(document.activeElement).outlineWidth");
}

async function pressUntil(page: Page, key: string, selector: string): Promise<void> {
  do await page.keyboard.press(key);
  while ((await page.locator(`${selector}:focus`).count()) === 0);
}

async function isInView(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y >= 0 && box.y < PHONE.height / 2;
}
