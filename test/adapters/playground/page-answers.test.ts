import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { readPageFiles } from "../../../adapters/playground/page-files.ts";
import { hasBrowser, openPage, README } from "./browser.ts";
import { focused, inSlack, inTeams, log, openWindow, say, startPageTests, toldCount } from "./page.ts";
import { openPlayground, PLAIN_FACES } from "./playground.ts";

const HOSTILE = [
  `<img src=x onerror="window.__pwned=1">`,
  `<script>window.__pwned=1</script>`,
  `**bold** [link](javascript:alert(1)) <b>b</b>`,
  `<!channel> <@U123> *star* _score_ \`code\``,
  `{{DATE(2026-11-03T09:15:00Z,SHORT)}} \${x}`,
  `"><svg/onload=window.__pwned=1>`,
];

describe.skipIf(!hasBrowser())("The answers on the page", () => {
  const tests = startPageTests();
  const { open, openAfter, forgive } = tests;

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

  it("marks what only the asker sees", async () => {
    const page = await openAfter([
      "mark x https://a.blob.core.windows.net/b?sig=Qm9+dGhlIGlzIGEgc2VjcmV0ISE%3D",
    ]);
    for (const pane of [inSlack(page), inTeams(page)]) await pane.getByText("Only visible to you").waitFor();
    expect(await page.content()).not.toContain("Qm9+dGhl");
  });

  it("takes what people write for nothing but text", async () => {
    const lines = HOSTILE.flatMap((hostile) => [`track ${hostile}`, hostile]);
    const page = await openAfter([...lines, "export", "list"]);
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
      for (const name of HOSTILE) expect(await pane.textContent()).toContain(name);
    }
    expect(await page.evaluate("window.__pwned")).toBeUndefined();
    expect(await page.locator("script").count()).toBe(2);
  });

  it("say what of a message the page can't show, so that nothing is lost unseen", async () => {
    const playground = await openPlayground({
      page: readPageFiles(),
      faces: {
        slack: { ...PLAIN_FACES.slack, render: () => ({ text: "", blocks: [{ type: "divider" }] }) },
        teams: {
          ...PLAIN_FACES.teams,
          render: () => ({
            text: "",
            card: { type: "AdaptiveCard", body: [{ type: "Carousel.Of.Theirs" }] },
          }),
        },
      },
    });
    await playground.say("hi");
    const page = await openPage(tests.browser, playground.url, tests.troubles);
    await inSlack(page).getByText("unsupported: divider").waitFor();
    await inTeams(page)
      .getByText(/^unsupported: .*Carousel.Of.Theirs/)
      .waitFor();
    forgive(/^showed unsupported:/);
  });

  it("shows the columns of a table beside an endless name, and that there is more", async () => {
    const page = await openAfter(
      [
        "track Donaudampfschifffahrtsgesellschaftskapitaensmuetzenverwaltungsapi",
        "track Contoso CRM",
        "list",
      ],
      { viewport: { width: 1280, height: 740 } },
    );
    const frame = inSlack(page).locator(".table-frame");
    const [edge, second] = [await frame.boundingBox(), await frame.locator("th").nth(1).boundingBox()];
    expect((second?.x ?? 0) + (second?.width ?? 0)).toBeLessThan((edge?.x ?? 0) + (edge?.width ?? 0));
    expect(
      await frame.evaluate((one) => one.ownerDocument.defaultView.getComputedStyle(one).backgroundAttachment),
    ).toBe("local, local, scroll, scroll");
  });

  it("breaks no label in Teams within a word, however narrow its column", async () => {
    const text = (words: string) => [{ type: "RichTextBlock", inlines: [{ type: "TextRun", text: words }] }];
    const columns = [
      { type: "Column", width: "30px", items: text("Reminders") },
      { type: "Column", width: "stretch", items: text("at 24 h and at 8 h of business time") },
    ];
    const card = { type: "AdaptiveCard", version: "1.5", body: [{ type: "ColumnSet", columns }] };
    const playground = await openPlayground({
      page: readPageFiles(),
      faces: {
        slack: { ...PLAIN_FACES.slack, render: () => ({ text: "", blocks: [] }) },
        teams: { ...PLAIN_FACES.teams, render: () => ({ text: "", card }) },
      },
    });
    await playground.say("hi");
    const page = await openPage(tests.browser, playground.url, tests.troubles);
    const label = inTeams(page).getByText("Reminders");
    expect(await label.evaluate((one) => one.getClientRects().length)).toBe(1);
    const [from, to] = [await label.boundingBox(), await inTeams(page).getByText("at 24 h").boundingBox()];
    expect((from?.x ?? 0) + (from?.width ?? 0)).toBeLessThan(to?.x ?? 0);
  });

  it("suggests what is understood", async () => {
    const page = await open();
    await page.getByText("Try one of these").waitFor();
    const suggested = page.locator("[data-says]");
    const all = await suggested.evaluateAll((ones) => ones.map(({ dataset }) => dataset.says ?? ""));
    expect(all.length).toBeGreaterThan(1);
    expect(await suggested.allInnerTexts()).toEqual(all);
    for (const line of all) await say(page, line);
    const told = await log(page).getByRole("button").allInnerTexts();
    expect(told).toEqual([
      expect.stringMatching(/^Now following Contoso CRM/),
      expect.stringMatching(/would reach Germany/),
    ]);
  });

  it("suggests in two rows at most, and nothing twice", async () => {
    const page = await openAfter(["track Contoso CRM"], { viewport: { width: 1280, height: 740 } });
    const chips = page.locator("#chips button");
    await chips.first().waitFor();
    const rows = new Set(await chips.evaluateAll((all) => all.map((one) => one.offsetTop)));
    expect(rows.size).toBeLessThanOrEqual(2);
    const verbs = (await chips.allInnerTexts()).map((text) => text.split(" ")[0]);
    expect(verbs).toContain("next");
    expect(verbs).toEqual([...new Set(verbs)]);
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

    it.each(["Slack", "Teams"])("a form in the %s pane, filled in by their own clock", async (platform) => {
      const page = await openAfter(["track Contoso CRM", "mark contoso"], { timezoneId: "Asia/Tokyo" });
      const pane = platform === "Slack" ? await openWindow(page) : inTeams(page);
      await pane.getByLabel("Milestone").selectOption({ label: "Submitted" });
      if (platform === "Slack") await pane.getByLabel(/When/).fill("2026-11-02T09:30");
      else {
        await pane.locator("input[type=date]").fill("2026-11-02");
        await pane.locator("input[type=time]").fill("09:30");
      }
      await pane.getByRole("button", { name: "Record it" }).click();
      await log(page)
        .getByRole("button", { name: /Submitted, Mon 2 Nov 2026, 09:30 GMT\+9 \(Sun 1 Nov, 16:30 PST\)/ })
        .waitFor();
      await inSlack(page).locator("time[datetime='2026-11-02T00:30:00.000Z']").first().waitFor();
    });

    it("a form that was not taken again, with what was typed and why not", async () => {
      const page = await openAfter(["track Contoso CRM", "evidence contoso"]);
      const window = await openWindow(page);
      await window.getByLabel(/^Availability/).fill("lots");
      await window.getByRole("button", { name: "Save the figures" }).click();
      await expect.poll(() => toldCount(page)).toBe(3);
      await window.getByText("⚠ Not a percentage: “lots”").waitFor();
      expect(await window.getByLabel(/^Availability/).inputValue()).toBe("lots");
      expect(
        await inTeams(page)
          .getByLabel(/^Availability/)
          .inputValue(),
      ).toBe("lots");
    });
  });
});

/** It came and could be drawn. */
async function expectPicture(picture: Locator): Promise<void> {
  await expect.poll(() => picture.evaluate((one) => one.naturalWidth)).toBeGreaterThan(0);
}
