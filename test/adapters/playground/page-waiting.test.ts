import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasBrowser, openPage, post, startPlayground } from "./browser.ts";
import { say, startPageTests, toldCount } from "./page.ts";

const LOST = "The playground was started again or over; what was shown is gone.";

describe.skipIf(!hasBrowser())("While the playground is slow, or gone, the page", () => {
  const tests = startPageTests();
  const { open, openAfter, forgive } = tests;
  const sending = (page: Page) => page.locator("#sending");

  it("shows at once what was said, until it stands in the conversation", async () => {
    const page = await open();
    const server = await hold(page);
    await page.locator("#say").fill("track Contoso CRM");
    await page.keyboard.press("Enter");
    await page.locator("#say").fill("help");
    await page.keyboard.press("Enter");
    await sending(page).getByText("help").waitFor();
    expect(await sending(page).allInnerTexts()).toEqual([
      expect.stringMatching(/track Contoso CRM\s+Sending\s+.*help\s+Sending/s),
    ]);
    expect(await page.getByText("Try one of these").isVisible()).toBe(false);
    server.goOn();
    await expect.poll(() => toldCount(page)).toBe(2);
    await expect.poll(() => sending(page).textContent()).toBe("");
    expect(await page.locator(".said").allInnerTexts()).toEqual([
      expect.stringContaining("track Contoso CRM"),
      expect.stringContaining("help"),
    ]);
  });

  it("shows it once when it was heard, though not answered yet", async () => {
    const page = await open();
    let release = () => {};
    const released = new Promise<void>((done) => {
      release = done;
    });
    await page.route(/playground\/messages/, async (route) => {
      const response = await route.fetch();
      await released;
      await route.fulfill({ response });
    });
    await page.locator("#say").fill("track Contoso CRM");
    await page.keyboard.press("Enter");
    await expect.poll(() => toldCount(page)).toBe(1);
    expect(await page.locator(".said").count()).toBe(1);
    release();
    await page.getByText("Answering").waitFor({ state: "hidden" });
    expect(await page.locator(".said").count()).toBe(1);
  });

  it("takes it away and gives it back when it could not be said", async () => {
    const page = await open();
    const server = await hold(page);
    await page.locator("#say").fill("track Contoso CRM");
    await page.keyboard.press("Enter");
    await sending(page).getByText("track Contoso CRM").waitFor();
    server.fail();
    await page.getByRole("alert").waitFor();
    expect(await sending(page).textContent()).toBe("");
    expect(await page.locator("#say").inputValue()).toBe("track Contoso CRM");
    await page.getByText("Try one of these").waitFor();
    forgive(/ERR_FAILED/);
  });

  it("shows what was pressed too", async () => {
    const page = await openAfter(["track Contoso CRM"]);
    const server = await hold(page);
    await page.getByRole("button", { name: "Next step" }).first().click();
    await sending(page).getByText("Next step").waitFor();
    server.goOn();
    await expect.poll(() => toldCount(page)).toBe(2);
    await expect.poll(() => sending(page).textContent()).toBe("");
  });

  it("says why everything is gone when it was started again, until something is said", async () => {
    const first = await startPlayground();
    const page = await openPage(tests.browser, first.url, tests.troubles);
    await say(page, "track Contoso CRM");
    await first.stop();
    const again = await startPlayground(Number(new URL(first.url).port));
    onTestFinished(again.stop);
    await page.getByText(LOST).waitFor();
    expect(await toldCount(page)).toBe(0);
    await say(page, "help");
    expect(await page.getByText(LOST).isVisible()).toBe(false);
    forgive(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/);
  });

  it("says so when another started it over, but not when it did itself", async () => {
    const page = await openAfter(["track Contoso CRM"]);
    await post(tests.playground.url, "reset");
    await page.getByText(LOST).waitFor();
    await say(page, "track Contoso CRM");
    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("dialog").getByText("the clock goes back to where it began").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Start over" }).click();
    const status = page.locator("#status");
    await expect.poll(() => status.textContent()).toBe("Everything is forgotten; the clock is back.");
    expect(await page.getByText(LOST).isVisible()).toBe(false);
    await say(page, "help");
    expect(await status.textContent()).toBe("");
  });
});

/** Keeps what the page asks for until it may go on, or fails. */
async function hold(page: Page): Promise<{ goOn(): void; fail(): void }> {
  let isHeard = true;
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route(/playground\/(messages|presses)/, async (route) => {
    await released;
    if (isHeard) await route.continue();
    else await route.abort();
  });
  return {
    goOn: release,
    fail: () => {
      isHeard = false;
      release();
    },
  };
}
