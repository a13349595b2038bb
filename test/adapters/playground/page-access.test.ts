import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, PHONE, README, violations } from "./browser.ts";
import { focused, inSlack, inTeams, log, openWindow, say, startPageTests, toldCount } from "./page.ts";

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

  it("goes on in the first field that was not taken", async () => {
    const page = await openAfter(["track Contoso CRM", "evidence contoso"]);
    for (const where of [openWindow, inTeams]) {
      const before = await toldCount(page);
      const form = await where(page);
      await form.getByLabel(/^SLO/).fill("lots");
      await form.getByLabel(/^Success rate/).fill("most");
      await form.getByRole("button", { name: "Save the figures" }).click();
      await expect.poll(() => toldCount(page)).toBe(before + 1);
      const refused = form.locator("[aria-invalid='true']");
      await expect.poll(() => refused.count()).toBe(2);
      await form.locator(":focus").and(form.getByLabel(/^SLO/)).waitFor();
      expect(await describing(page)).toContain("lots");
      await page.keyboard.press("Escape");
    }
  });

  it("says below a field of Teams that it is needed, clear of the ring around it", async () => {
    const page = await openAfter(["track Contoso CRM", "mark contoso"]);
    await inTeams(page).getByRole("button", { name: "Record it" }).click();
    const [field, problem] = [
      inTeams(page).getByLabel("Milestone"),
      inTeams(page).getByText("This is needed."),
    ];
    const [above, below] = [await field.boundingBox(), await problem.boundingBox()];
    expect((below?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0)).toBeGreaterThanOrEqual(4);
  });

  it("goes on in a refused moment, and on a phone too", async () => {
    const page = await openAfter(["track Contoso CRM", "mark contoso submitted 2099-99"], {
      viewport: PHONE,
    });
    await page.getByRole("radio", { name: "Teams" }).check({ force: true });
    await page.locator(".teams-look input[type=date]").fill("2031-01-01");
    await page.getByRole("button", { name: "Record it" }).click();
    await expect.poll(() => toldCount(page)).toBe(3);
    const refused = page.locator(".told").last().locator("[aria-invalid='true']");
    await expect.poll(() => refused.count()).toBe(2);
    await refused.first().and(page.locator("input[type=date]:focus")).waitFor();
  });

  it("has no stop of the keyboard that does nothing: from the stage to the first button", async () => {
    const page = await openAfter(["track Contoso CRM"]);
    await page.locator("#teams-stage").focus();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Next step");
  });

  it("says what links lead to, and marks those in small print", async () => {
    const page = await openAfter(README);
    const picture = inSlack(page).getByRole("link", { name: "Open the picture" });
    expect(await picture.getByRole("img", { name: /rollout/i }).count()).toBe(1);
    const source = inSlack(page).getByRole("link", { name: "Verified publisher certification process" });
    expect(await styleOf(source, "textDecorationLine")).toBe("underline");
    expect(
      await inSlack(page)
        .getByRole("group", { name: /^Table: .*Regions/ })
        .count(),
    ).toBe(1);
  });

  it.each([
    ["a desktop", DESKTOP],
    ["a phone", PHONE],
  ])("shows by edges what is chosen where people choose the colours, on %s", async (_, viewport) => {
    const page = await openAfter(["track Contoso CRM", "help"], { viewport, forcedColors: "active" });
    await page.locator(".look").first().waitFor();
    const said = page.locator(".said p").first();
    const chip = page.locator(".slack-button.primary").last();
    for (const [one, width] of [
      [said, "1px"],
      [page.locator(".send"), "3px"],
      ...(viewport === DESKTOP ? [[page.locator(".pick[aria-current]"), "3px"] as const] : []),
      ...((await chip.count()) > 0 ? [[chip, "3px"] as const] : []),
    ] as const) {
      expect(await styleOf(one, "borderTopWidth")).toBe(width);
      expect(await styleOf(one, "borderTopStyle")).toBe("solid");
    }
    if (viewport === DESKTOP) {
      expect(await styleOf(page.locator(".pick:not([aria-current])").first(), "borderTopWidth")).toBe("1px");
      return;
    }
    const [chosen, other] = [page.locator(".looks label").first(), page.locator(".looks label").last()];
    expect(await styleOf(chosen, "backgroundColor")).not.toBe(await styleOf(other, "backgroundColor"));
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
      await say(page, "help");
      const [said, edge] = [page.locator(".said").last(), page.locator("#scroll")];
      const distance = async () =>
        ((await said.boundingBox())?.y ?? 0) - ((await edge.boundingBox())?.y ?? 0);
      await expect.poll(distance).toBeLessThan(20);
      expect(await distance()).toBeGreaterThan(5);
    });
  });

  describe.each([
    ["light", "a desktop", DESKTOP],
    ["dark", "a desktop", DESKTOP],
    ["light", "a phone", PHONE],
    ["dark", "a phone", PHONE],
  ] as const)("in %s on %s", (colorScheme, _, viewport) => {
    it("has no barrier", async () => {
      const page = await open({ colorScheme, viewport });
      await page.getByText("Try one of these").waitFor();
      expect(await violations(page)).toEqual([]);
      for (const line of README) await say(page, line);
      expect(await violations(page)).toEqual([]);
      for (const line of ["list", "ready contoso", "mark contoso", "evidence contoso"]) await say(page, line);
      await page.getByRole("button", { name: "Figures of Contoso CRM …" }).waitFor();
      expect(await violations(page)).toEqual([]);
      const window = await openWindow(page);
      await window.getByLabel(/^SLO/).fill("lots");
      await page.keyboard.press("Enter");
      await window.locator("[aria-invalid='true']").waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
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

async function styleOf(element: Locator, name: string): Promise<string> {
  return element.evaluate(
    (one, property) => one.ownerDocument.defaultView.getComputedStyle(one)[property],
    name,
  );
}

/** What is read out besides the label of the focused field. */
async function describing(page: Page): Promise<string> {
  return page.evaluate(
    `document.getElementById(document.activeElement.getAttribute("aria-describedby")).textContent`,
  );
}

async function pressUntil(page: Page, key: string, selector: string): Promise<void> {
  do await page.keyboard.press(key);
  while ((await page.locator(`${selector}:focus`).count()) === 0);
}

async function isInView(element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  return box !== null && box.y >= 0 && box.y < PHONE.height / 2;
}
