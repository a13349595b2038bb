import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasBrowser, openBeside, openPage, PHONE, post, startPlayground } from "./browser.ts";
import { focused, inSlack, inTeams, log, openWindow, say, startPageTests, toldCount } from "./page.ts";

describe.skipIf(!hasBrowser())("The page of the playground", () => {
  const tests = startPageTests();
  const { open, openAfter, forgive } = tests;

  it("says what it is and what to try", async () => {
    const page = await open();
    await page.getByText("See how Connector Shepherd answers in Slack and in Teams.").waitFor();
    expect(await headings(page)).toEqual([
      "Connector Shepherd playground",
      "Conversation",
      "In Slack",
      "In Teams",
    ]);
    expect(await page.locator("#now").textContent()).toMatch(/^Tue 3 Nov 2026, 18:1\d GMT\+1$/);
    expect(await page.locator("#beside").textContent()).toMatch(/^09:1\d PST/);
    await page.getByRole("button", { name: "track Contoso CRM" }).click();
    await inSlack(page).getByText("Now following Contoso CRM").waitFor();
    expect(await page.getByText("See how Connector Shepherd").isVisible()).toBe(false);
  });

  it("loads an example with one press", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Load an example" }).last().click();
    for (const pane of [inSlack(page), inTeams(page)]) {
      await pane.getByText("3 connectors; most urgent").waitFor();
      for (const name of ["Adatum Invoices", "Fabrikam Fleet", "Northwind Weather"]) {
        await pane.getByRole("table").getByText(name).waitFor();
      }
    }
  });

  it("starts over when asked twice, and gives the focus back when not", async () => {
    const page = await openAfter(["track Contoso CRM"]);
    await page.getByRole("button", { name: "Start over" }).click();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").isVisible()).toBe(false);
    expect(await focused(page)).toBe("reset");
    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Start over" }).click();
    await page.getByText("See how Connector Shepherd answers").waitFor();
    expect(await toldCount(page)).toBe(0);
    await inSlack(page).getByText("Each answer stands here as Slack shows it.").waitFor();
  });

  it("says when the playground is gone, keeps what was typed, and goes on when it is back", async () => {
    const first = await startPlayground();
    const page = await openPage(tests.browser, first.url, tests.troubles);
    await say(page, "track Contoso CRM");
    await first.stop();
    const alert = page.getByRole("alert");
    await alert.getByText("The playground is not running; start it again with npm start.").waitFor();
    await page.locator("#say").fill("status contoso");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("#say").inputValue()).toBe("status contoso");
    const again = await startPlayground(Number(new URL(first.url).port));
    onTestFinished(again.stop);
    await alert.waitFor({ state: "hidden" });
    await expect.poll(() => toldCount(page)).toBe(0);
    await page.locator("#say").press("Enter");
    await expect.poll(() => toldCount(page)).toBe(1);
    forgive(/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/);
  });

  it("says that too many pages are open, and goes on when there is room", async () => {
    const enough = new AbortController();
    onTestFinished(() => enough.abort());
    const { url } = tests.playground;
    // Held on to: a response that nobody refers to is closed when the garbage is collected.
    const held = await Promise.all(
      Array.from({ length: 100 }, () => fetch(`${url}/playground/events`, { signal: enough.signal })),
    );
    const page = await open();
    const alert = page.getByRole("alert");
    await alert.getByText("Too many are listening: close a page of the playground.").waitFor();
    expect(held.map(({ status }) => status)).toEqual(Array(100).fill(200));
    enough.abort();
    await page.getByText("Try one of these").waitFor();
    expect(await alert.isVisible()).toBe(false);
    forgive(/503/);
  });

  describe("that nobody sees", () => {
    it("leaves its connection to others: an eighth works as the first does", async () => {
      const { url } = tests.playground;
      const first = await open();
      let page = first;
      for (let count = 2; count <= 8; count += 1) {
        await turn(page, "hidden");
        page = await openBeside(first.context(), url);
        await page.getByText("Try one of these").waitFor();
      }
      await say(page, "track Contoso CRM");
      await turn(page, "hidden");
      await turn(first, "visible");
      await expect.poll(() => toldCount(first)).toBe(1);
      await inSlack(first).getByText("Now following Contoso CRM").waitFor();
      await say(first, "help");
    });

    it.each([
      ["a message", "rename contoso", "New name", inSlack],
      ["a window", "evidence contoso", "Availability", openWindow],
    ])(
      "is told what came meanwhile, and what is being filled in stays, in %s",
      async (_, form, name, where) => {
        const page = await openAfter(["track Contoso CRM", form]);
        const field = (await where(page)).getByLabel(name);
        await field.fill("99.9");
        await log(page).evaluate((element) => element.firstElementChild?.classList.add("kept"));
        await turn(page, "hidden");
        for (const text of ["help", "list"]) await post(tests.playground.url, "messages", { text });
        await turn(page, "visible");
        await expect.poll(() => toldCount(page)).toBe(4);
        expect(await page.locator(".said").allInnerTexts()).toEqual([
          expect.stringContaining("track Contoso CRM"),
          expect.stringContaining(form),
          expect.stringContaining("help"),
          expect.stringContaining("list"),
        ]);
        expect(await page.locator(".kept").count()).toBe(1);
        expect(await field.inputValue()).toBe("99.9");
        expect(await page.locator(":focus").and(field).count()).toBe(1);
      },
    );

    it("stays as it is when nothing came", async () => {
      const page = await openAfter(["track Contoso CRM", "status contoso", "help"], { viewport: PHONE });
      const scroller = page.locator("#scroll");
      await page.locator(".look").last().waitFor();
      const end = await scroller.evaluate((element) => {
        element.scrollTo(0, element.scrollHeight);
        return element.scrollTop;
      });
      await turn(page, "hidden");
      const heard = page.waitForResponse(/events/);
      await turn(page, "visible");
      await heard;
      await post(tests.playground.url, "clock", { push: "1 h" });
      await expect.poll(() => page.locator("#now").textContent()).toContain("19:1");
      expect(await toldCount(page)).toBe(3);
      expect(await scroller.evaluate((element) => element.scrollTop)).toBe(end);
    });

    it.each([[[]], [["hi"]]])("notices that it was started over, and then was said: %j", async (lines) => {
      const page = await openAfter(["track Contoso CRM", "help"]);
      await turn(page, "hidden");
      await post(tests.playground.url, "reset");
      for (const text of lines) await post(tests.playground.url, "messages", { text });
      await turn(page, "visible");
      await expect.poll(() => toldCount(page)).toBe(lines.length);
      expect(await page.getByText("Try one of these").isVisible()).toBe(lines.length === 0);
      expect(await inSlack(page).getByText("Now following").count()).toBe(0);
    });
  });
});

async function headings(page: Page): Promise<string[]> {
  return page
    .locator("h1, main h2")
    .allInnerTexts()
    .then((all) => all.map((text) => text.replace(/\s+/g, " ")));
}

/** A browser without windows has no page that is hidden; so the page is told that it is. */
async function turn(page: Page, state: "hidden" | "visible"): Promise<void> {
  await page.evaluate(
    `Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));`,
  );
}
