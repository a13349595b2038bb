import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/teams/render.ts";
import { NAME, openHouseAt, openHouseWith } from "../../support.ts";
import { formOf, LINKS, replyOf } from "../sample-reply.ts";
import { buttons, cardOf, inputsIn, partsIn, readingOf, runsWith, textOf } from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

const EVENING = DateTime.fromISO("2026-11-05T17:15:00Z", { zone: "Europe/Berlin", locale: "en-GB" });

describe("A time", () => {
  it("is shown by Teams in the reader's own zone, with Pacific beside it in words", () => {
    const card = textOf("Expires ", { time: EVENING, pacific: true }, ".");
    expect(runsWith(card, "{{")[0]?.text).toBe(
      "{{DATE(2026-11-05T17:15:00Z, SHORT)}} {{TIME(2026-11-05T17:15:00Z)}} (Thu 5 Nov, 09:15 PST)",
    );
  });

  it("has Pacific beside it by the reader's own clock", () => {
    const card = textOf({ time: EVENING.setLocale("en-US"), pacific: true });
    expect(runsWith(card, "{{")[0]?.text).toMatch(/ \(Thu 5 Nov, 9:15 AM PST\)$/);
  });

  it("stands alone where it is not Microsoft's", () => {
    expect(runsWith(textOf({ time: EVENING }), "{{")[0]?.text).toMatch(/TIME\(2026-11-05T17:15:00Z\)\}\}$/);
  });

  it("is a time in the headline too, and words in the notification", async () => {
    const house = await openHouseAt("testing");
    const reply = await house.say(`status ${NAME}`);
    const { text, card } = renderMessage(reply, LINKS);
    expect(JSON.stringify(card.body[0])).toContain("{{DATE(2026-11-06T18:00:00Z, SHORT)}}");
    expect(text).toContain("Fri 6 Nov 2026, 10:00 PST");
  });

  it("can't be made by a person: it stays what was typed", () => {
    const typed = "{{DATE(2026-11-05T17:15:00Z, SHORT)}} {{TIME(2026-11-05T17:15:00Z)}}";
    const card = textOf(typed, { bold: typed }, { person: typed, id: "U1" });
    expect(readingOf(card)).toContain(typed);
    expect(runsWith(card, "{{DATE(")).toEqual([]);
    expect(runsWith(card, "{{TIME(")).toEqual([]);
  });
});

describe("What people wrote", () => {
  it.each([
    "[Microsoft](https://evil.example)",
    "<at>Ana</at>",
    "**b** _i_ `c`",
    "<b>x</b> &lt;!here&gt;",
    "عربي Zoë 👩‍👩‍👧‍👦 ｶﾅ",
  ])("is shown as it was typed: %s", async (name) => {
    const house = await openHouseWith(name);
    const card = cardOf(await house.say("status"));
    expect(readingOf(card).split("\n")[0]).toContain(name);
    expect(problemsOf(card)).toEqual([]);
  });

  it("can't turn the direction of what stands after it", () => {
    expect(readingOf(textOf("\u202eevil\u2066"))).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it("is no Markdown where Markdown may be read: in the fallback, the notification, titles and labels", () => {
    const name = "[x](https://evil.example) <at>x</at>";
    const reply = { ...replyOf(buttons(name), formOf({ id: "a", label: name, sort: "text" })), title: name };
    const { text, card } = renderMessage({ ...reply, headline: [name] }, LINKS);
    for (const words of [
      text,
      card.fallbackText,
      `${card.actions?.[0]?.title}`,
      `${inputsIn(card)[0]?.label}`,
    ]) {
      expect(words).not.toMatch(/\]\(|<\w/);
      expect(words.replaceAll("\u2060", "")).toContain(name);
    }
  });
});

describe("A link", () => {
  it("can be pressed where it goes to a safe address", () => {
    const card = textOf({ link: "the page", href: "https://learn.microsoft.com/a?b=c" });
    const [run] = runsWith(card, "the page");
    expect(run?.selectAction).toMatchObject({ url: "https://learn.microsoft.com/a?b=c", title: "the page" });
  });

  it.each(["http://learn.microsoft.com", "javascript:alert(1)", "https://me:pass@x.example", "no address"])(
    "is words where it does not: %s",
    (href) => {
      const card = textOf({ link: "the page", href });
      expect(runsWith(card, "the page")).toHaveLength(1);
      expect(partsIn(card, "Action.OpenUrl")).toEqual([]);
    },
  );
});
