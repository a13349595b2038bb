import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { hasBrowser, launch, violations } from "../playground/browser.ts";
import { command, goLive } from "./live.ts";
import { wordsOf } from "./world/slack-world.ts";

describe.skipIf(!hasBrowser())("in a real browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  /** In a window of its own, with no cookies of another. */
  async function openAt(url: string): Promise<Page> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  test("someone installs the app from its page, chooses a workspace and allows it", async () => {
    const { world, url } = await goLive();
    const { a, b } = world;
    const page = await openAt(`${url}/slack/install`);
    expect(page.url()).toContain(`${world.front.url}/oauth/v2/authorize`);
    await page.getByRole("link", { name: "Contoso" }).click();
    await page.getByRole("button", { name: /ana/i }).first().click();
    await page.waitForURL(`${url}/slack/oauth_redirect**`);
    expect(await page.getByRole("heading").textContent()).toBe("Connector Shepherd is installed in Contoso");
    expect(await page.title()).toBe("Connector Shepherd is installed in Contoso");
    expect(await violations(page)).toEqual([]);
    expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked here yet");
    const { status } = await b.command("cleo", "connectors", "list");
    expect(status).toBe(200);
    expect(await b.ephemerals("cleo")).toEqual([]);
  });

  test("someone changes their mind, is told so, and begins again from that page", async () => {
    const { world, url } = await goLive();
    const page = await openAt(`${url}/slack/install`);
    await page.getByRole("link", { name: "Fabrikam" }).click();
    await page.getByRole("link", { name: "Cancel" }).press("Enter");
    expect(await page.getByRole("heading").textContent()).toBe("The installation did not succeed");
    expect(await violations(page)).toEqual([]);
    expect(world.front.callsTo("oauth.v2.access")).toEqual([]);
    await page.getByRole("link", { name: "Begin again" }).click();
    await page.getByRole("link", { name: "Fabrikam" }).click();
    await page.getByRole("button", { name: /cleo/i }).first().click();
    await page.waitForURL(`${url}/slack/oauth_redirect**`);
    expect(await page.getByRole("heading").textContent()).toBe("Connector Shepherd is installed in Fabrikam");
    expect(wordsOf(await command(world.b, "cleo", "hi"))).toContain("Hello.");
  });

  test("the last page opened once more, or in another browser, installs nothing", async () => {
    const { url, logged } = await goLive();
    const page = await openAt(`${url}/slack/install`);
    await page.getByRole("link", { name: "Contoso" }).click();
    await page.getByRole("button", { name: /ana/i }).first().click();
    await page.waitForURL(`${url}/slack/oauth_redirect**`);
    const installed = () =>
      logged.filter(({ message }) => message === "the app is installed in Slack").length;
    expect(installed()).toBe(1);
    const other = await openAt(page.url());
    expect(await other.getByRole("heading").textContent()).toBe("The installation did not succeed");
    await page.reload();
    expect(await page.getByRole("heading").textContent()).toBe("The installation did not succeed");
    expect(installed()).toBe(1);
  });
});
