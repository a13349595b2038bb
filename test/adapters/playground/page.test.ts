import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  DESKTOP,
  hasBrowser,
  launch,
  openPage,
  PHONE,
  post,
  README,
  type Started,
  startPlayground,
  violations,
} from "./browser.ts";

const HOSTILE = [
  `<img src=x onerror="window.__pwned=1">`,
  `<script>window.__pwned=1</script>`,
  `**bold** [link](javascript:alert(1)) <b>b</b>`,
  `<!channel> <@U123> *star* _score_ \`code\``,
  `{{DATE(2026-11-03T09:15:00Z,SHORT)}} \${x}`,
  `"><svg/onload=window.__pwned=1>`,
];

describe.skipIf(!hasBrowser())("The page of the playground", () => {
  let browser: Browser;
  let playground: Started;
  let troubles: string[] = [];

  beforeAll(async () => {
    [browser, playground] = await Promise.all([launch(), startPlayground()]);
  });
  afterAll(async () => {
    await browser.close();
    await playground.stop();
  });
  beforeEach(async () => {
    troubles = [];
    await post(playground.url, "reset");
  });
  afterEach(() => {
    expect(troubles).toEqual([]);
  });

  const open = (options?: BrowserContextOptions) => openPage(browser, playground.url, troubles, options);

  async function openAfter(lines: string[], options?: BrowserContextOptions): Promise<Page> {
    for (const text of lines) await post(playground.url, "messages", { text });
    const page = await open(options);
    await expect.poll(() => toldCount(page)).toBe(lines.length);
    return page;
  }

  describe("for a newcomer", () => {
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

    it("shows the README's conversation as Slack and as Teams would", async () => {
      const page = await open();
      for (const line of README) await say(page, line);
      const [slack, teams] = [inSlack(page), inTeams(page)];
      for (const pane of [slack, teams]) {
        await pane.getByText(/Contoso CRM would reach Germany/).waitFor();
        const waves = pane.getByRole("table").first().getByRole("row");
        expect(await waves.count()).toBe(7);
        expect(await waves.nth(4).textContent()).toContain("Europe except the United Kingdom");
        await expectPicture(pane.getByRole("img", { name: /rollout/i }));
        expect(await pane.getByText("APP").count()).toBe(1);
      }
      const link = slack.getByRole("link", { name: "Verified publisher certification process" });
      expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
      expect(await link.getAttribute("target")).toBe("_blank");
    });

    it("shows a moment in the reader's zone, whatever zone the assistant is in", async () => {
      const page = await openAfter(README.slice(0, 3), { timezoneId: "Asia/Tokyo" });
      for (const pane of [inSlack(page), inTeams(page)]) {
        await pane
          .getByText(/Nov 6, 2026,? (at )?2:1\d\sAM/)
          .first()
          .waitFor();
      }
      expect(await page.locator("#beside").textContent()).toContain("the assistant is in Europe/Berlin");
    });
  });

  describe("lets people press", () => {
    it("a button in the Slack pane, and goes on there", async () => {
      const page = await openAfter(["track Contoso CRM"]);
      await inSlack(page).getByRole("button", { name: "Next step" }).click();
      await expect.poll(() => toldCount(page)).toBe(2);
      expect(await log(page).getByText("Next step").count()).toBe(1);
      expect(await focused(page)).toBe("slack-stage");
    });

    it("a button in the Teams pane, and goes on there", async () => {
      const page = await openAfter(["track Contoso CRM"]);
      await inTeams(page).getByRole("button", { name: "Forecast" }).click();
      await expect.poll(() => toldCount(page)).toBe(2);
      await inTeams(page)
        .getByText(/General availability/)
        .first()
        .waitFor();
      expect(await focused(page)).toBe("teams-stage");
    });

    it("a button of an earlier answer", async () => {
      const page = await openAfter(["track Contoso CRM", "help"]);
      await log(page)
        .getByRole("button", { name: /Now following Contoso CRM/ })
        .click();
      await inSlack(page).getByRole("button", { name: "Next step" }).click();
      await expect.poll(() => toldCount(page)).toBe(3);
    });

    it("a form in the Slack pane", async () => {
      const page = await openAfter(["track Contoso CRM", "mark contoso"]);
      const slack = inSlack(page);
      await slack.getByLabel("What happened").selectOption({ label: "Submitted" });
      await slack.getByLabel(/When/).fill("2026-11-02T09:30");
      await slack.getByRole("button", { name: "Record it" }).click();
      await slack.getByText(/Contoso CRM: Submitted/).waitFor();
      await log(page)
        .getByRole("button", { name: /Submitted, Mon 2 Nov 2026, 09:30 GMT\+1 \(00:30 PST\)/ })
        .waitFor();
    });

    it("a form in the Teams pane", async () => {
      const page = await openAfter(["track Contoso CRM", "mark contoso"]);
      const teams = inTeams(page);
      await teams.getByLabel("What happened").selectOption({ label: "Submitted" });
      await teams.locator("input[type=date]").fill("2026-11-02");
      await teams.locator("input[type=time]").fill("09:30");
      await teams.getByRole("button", { name: "Record it" }).click();
      await teams.getByText(/Contoso CRM: Submitted/).waitFor();
      await log(page)
        .getByRole("button", { name: /Submitted, Mon 2 Nov 2026, 09:30 GMT\+1 \(00:30 PST\)/ })
        .waitFor();
    });

    it("a form that was not taken again, with what was typed and why not", async () => {
      const page = await openAfter(["track Contoso CRM", "evidence contoso"]);
      const slack = inSlack(page);
      await slack.getByLabel(/^Availability/).fill("lots");
      await slack.getByRole("button", { name: "Save the figures" }).click();
      await expect.poll(() => toldCount(page)).toBe(3);
      expect(await slack.getByLabel(/^Availability/).inputValue()).toBe("lots");
      expect(
        await inTeams(page)
          .getByLabel(/^Availability/)
          .inputValue(),
      ).toBe("lots");
    });
  });

  it("shows reminders as the clock is pushed to them, named as such", async () => {
    const page = await openAfter(README.slice(0, 3));
    await page.getByRole("button", { name: "+1 day" }).click();
    await log(page).getByText("Reminder", { exact: true }).first().waitFor();
    await expect.poll(() => page.locator("#now").textContent()).toMatch(/^Wed 4 Nov 2026/);
    for (const pane of [inSlack(page), inTeams(page)])
      await pane.getByText(/the test link expires/).waitFor();
    expect(await page.getByRole("status").textContent()).toMatch(/^It is now Wed 4 Nov 2026/);
  });

  it("does not take away what somebody reads when a reminder comes", async () => {
    const page = await openAfter(README.slice(0, 3));
    await log(page)
      .getByRole("button", { name: /Now following/ })
      .click();
    await page.getByRole("button", { name: "+1 day" }).click();
    await log(page).getByText("Reminder", { exact: true }).first().waitFor();
    expect(
      await inSlack(page)
        .getByText(/Now following/)
        .count(),
    ).toBe(1);
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

  it("marks what only the asker sees", async () => {
    const page = await openAfter([
      "mark x https://a.blob.core.windows.net/b?sig=Qm9+dGhlIGlzIGEgc2VjcmV0ISE%3D",
    ]);
    for (const pane of [inSlack(page), inTeams(page)]) await pane.getByText("Only visible to you").waitFor();
    expect(await page.content()).not.toContain("Qm9+dGhl");
  });

  it("takes what people write for nothing but text", async () => {
    const lines = HOSTILE.flatMap((hostile) => [`track ${hostile}`, hostile]);
    const page = await openAfter([...lines, "list", "export"]);
    const answers = log(page).getByRole("button");
    for (let at = 0; at < lines.length + 2; at += 1) {
      await answers.nth(at).click();
      await page.locator(".pick[aria-current]").and(answers.nth(at)).waitFor();
      for (const pane of [inSlack(page), inTeams(page)]) {
        expect(await pane.locator("script, svg, iframe, object, [onerror], [onload]").count()).toBe(0);
        expect(await pane.locator(".message img:not([src*='/playground/pictures/'])").count()).toBe(0);
        expect(await pane.locator("a[href^='javascript' i], .mention").count()).toBe(0);
      }
    }
    for (const pane of [inSlack(page), inTeams(page)]) {
      for (const name of HOSTILE)
        expect(await pane.textContent()).toContain(JSON.stringify(name).slice(1, -1));
    }
    expect(await page.evaluate("window.__pwned")).toBeUndefined();
    expect(await page.locator("script").count()).toBe(2);
  });

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

  it("says when the playground is gone, keeps what was typed, and goes on when it is back", async () => {
    const first = await startPlayground();
    const page = await openPage(browser, first.url, troubles);
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
    const refused = troubles.filter((trouble) =>
      /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/.test(trouble),
    );
    troubles = troubles.filter((trouble) => !refused.includes(trouble));
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
      await log(page).getByText("I know").last().waitFor();
      for (const box of ["document.documentElement", "document.querySelector('#scroll')"]) {
        expect(await page.evaluate(`${box}.scrollWidth - ${box}.clientWidth`)).toBe(0);
      }
      expect(await page.locator(`.${platform.toLowerCase()}-look`).count()).toBe(8);
      expect(await page.getByText("unsupported:").count()).toBe(0);
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

function inSlack(page: Page): Locator {
  return page.getByRole("region", { name: "In Slack" });
}

function inTeams(page: Page): Locator {
  return page.getByRole("region", { name: "In Teams" });
}

function log(page: Page): Locator {
  return page.getByRole("log", { name: "Conversation" });
}

/** Answers and reminders in the conversation. */
function toldCount(page: Page): Promise<number> {
  return page.locator(".told").count();
}

/** Types it and waits for what is answered. */
async function say(page: Page, text: string): Promise<void> {
  const before = await toldCount(page);
  await page.locator("#say").fill(text);
  await page.keyboard.press("Enter");
  await expect.poll(() => toldCount(page)).toBe(before + 1);
}

async function focused(page: Page): Promise<string> {
  return page.evaluate("document.activeElement.id");
}

async function headings(page: Page): Promise<string[]> {
  return page
    .locator("h1, main h2")
    .allInnerTexts()
    .then((all) => all.map((text) => text.replace(/\s+/g, " ")));
}

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

/** It came and could be drawn. */
async function expectPicture(picture: Locator): Promise<void> {
  await expect.poll(() => picture.evaluate((one) => one.naturalWidth)).toBeGreaterThan(0);
}
