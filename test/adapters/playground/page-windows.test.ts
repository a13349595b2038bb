import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { hasBrowser, PHONE, post } from "./browser.ts";
import { focused, inSlack, log, openWindow, startPageTests, toldCount } from "./page.ts";

describe.skipIf(!hasBrowser())("A form with several inputs in the Slack pane", () => {
  const tests = startPageTests();
  const { openAfter } = tests;
  const openForm = (line = "mark contoso") => openAfter(["track Contoso CRM", line]);
  const opening = (page: Page) => inSlack(page).getByRole("button", { name: /…$/ });

  it("is one button, which opens a window of its own with the form in it", async () => {
    const page = await openForm();
    expect(await opening(page).textContent()).toBe("Record a milestone of Contoso CRM …");
    expect(await inSlack(page).locator("input, select, textarea").count()).toBe(0);
    const window = await openWindow(page);
    expect(await window.getByRole("heading").textContent()).toBe("Connector Shepherd");
    expect(await window.locator("label").allInnerTexts()).toEqual(["Milestone", "When (optional)"]);
    expect(await window.getByText("In your own time zone; empty means now.").count()).toBe(1);
    expect(await window.getByRole("button").allInnerTexts()).toEqual(["Cancel", "Record it"]);
  });

  it("stands in the middle of its pane, and on a phone in that of the page", async () => {
    const page = await openForm();
    const [pane, window] = [inSlack(page).locator(".stage"), await openWindow(page)];
    const middle = async (one: typeof pane) => {
      const box = await one.boundingBox();
      return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2].map(Math.round);
    };
    expect(await middle(window)).toEqual(await middle(pane));
    await page.setViewportSize(PHONE);
    expect(await middle(window)).toEqual([PHONE.width / 2, PHONE.height / 2]);
  });

  it("takes the focus into the window and gives it back, and says nothing until it is sent", async () => {
    const page = await openForm();
    for (const close of [
      () => page.keyboard.press("Escape"),
      () => page.getByRole("button", { name: "Cancel" }).click(),
    ]) {
      await opening(page).focus();
      await page.keyboard.press("Enter");
      await page.getByLabel("Milestone").and(page.locator("dialog :focus")).waitFor();
      await close();
      expect(await page.getByRole("dialog").count()).toBe(0);
      expect(await opening(page).and(page.locator(":focus")).count()).toBe(1);
    }
    expect(await toldCount(page)).toBe(2);
    expect(await log(page).getByText("Record").count()).toBe(0);
  });

  it("is not sent without what is needed, and then with the keyboard alone; it goes on in the pane", async () => {
    const page = await openForm();
    const window = await openWindow(page);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await window.getByRole("button", { name: "Record it" }).click();
    expect(await window.locator(":invalid").count()).toBeGreaterThan(0);
    await window.getByLabel("Milestone").and(page.locator(":focus")).waitFor();
    await page.keyboard.press("S");
    await window.getByRole("button", { name: "Record it" }).focus();
    await page.keyboard.press("Enter");
    await inSlack(page).getByText("It is in review").first().waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await log(page).getByText("You: Record it").count()).toBe(1);
    await expect.poll(() => focused(page)).toBe("slack-stage");
  });

  it("that was not taken is asked again in the window, and the button leads there again", async () => {
    const page = await openForm("evidence contoso");
    const window = await openWindow(page);
    await window.getByLabel("SLO").fill("lots");
    await window.getByLabel("Support matches").selectOption("Yes");
    await window.getByRole("button", { name: "Save the figures" }).click();
    const refused = window.locator("[aria-invalid='true']");
    await refused.and(page.locator(":focus")).waitFor();
    expect(await window.getByText("⚠ Not a percentage: “lots”").count()).toBe(1);
    expect(await window.getByLabel("Support matches").inputValue()).toBe("yes");
    await page.keyboard.press("Escape");
    expect(await opening(page).and(page.locator(":focus")).count()).toBe(1);
    await page.keyboard.press("Enter");
    expect(await window.getByLabel("SLO").inputValue()).toBe("lots");
    await window.getByLabel("SLO").fill("99.6");
    await page.keyboard.press("Enter");
    await inSlack(page)
      .getByText(/99\.6 %/)
      .first()
      .waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await toldCount(page)).toBe(4);
  });

  it("stays as it is filled in when a reminder comes, and then the focus has where to go back to", async () => {
    const page = await openAfter(["track Contoso CRM", "mark contoso submitted", "evidence contoso"]);
    const window = await openWindow(page);
    await window.getByLabel("SLO").fill("99.6");
    await post(tests.playground.url, "clock", { push: "1 d" });
    await expect.poll(() => toldCount(page)).toBe(4);
    expect(await window.getByLabel("SLO").inputValue()).toBe("99.6");
    await page.keyboard.press("Escape");
    expect(await opening(page).and(page.locator(":focus")).count()).toBe(1);
  });

  it("works on a phone, and goes on at the answer", async () => {
    const page = await openAfter(["track Contoso CRM", "mark contoso"], { viewport: PHONE });
    const window = await openWindow(page);
    await window.getByLabel("Milestone").selectOption("Submitted");
    await window.getByRole("button", { name: "Record it" }).click();
    await expect.poll(() => toldCount(page)).toBe(3);
    await page.locator(".told").last().locator(".inline:focus").waitFor();
  });
});
