import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/slack/render.ts";
import type { Block } from "../../../src/index.ts";
import { NAME, openHouseWith } from "../../support.ts";
import { FILE, LINKS, NO_LINKS, replyOf } from "../sample-reply.ts";
import { blocksOf, elementsIn, messageOf, readingOf, shown } from "./in-slack.ts";
import { problemsOf } from "./validate.ts";

describe("A line of stages", () => {
  const points = ["Draft", "Review", "Testing", "Publishing"].map((name, index) => ({
    name,
    mark: (["done", "done", "now", "ahead"] as const)[index] ?? "ahead",
  }));

  it("shows where it is, of how many, and what is behind and ahead, in words too", () => {
    const reading = shown({ kind: "progress", label: "Stages", points });
    expect(reading).toContain("Stages: Testing (3 of 4)  ●●◉○");
    expect(reading).toContain("Done: Draft, Review · Ahead: Publishing");
  });

  it("of one point needs no dots", () => {
    expect(shown({ kind: "progress", label: "Steps", points: points.slice(2, 3) })).toMatch(
      /^Steps: Testing$/m,
    );
  });
});

describe("The GA criteria", () => {
  it("say in words how each stands, its figure beside a bar of ten", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} availability=99.9 slo=99.6 backend=yes`]);
    const reading = readingOf(renderMessage(await house.say(`ready ${NAME}`), LINKS));
    expect(reading).toMatch(/✗ Availability: unmet\n▰{9}▱ 99.9 %; .* short/);
    expect(reading).toMatch(/✓ Service level objective \(SLO\): met\n▰{10} 99.6 %/);
    expect(reading).toMatch(/✓ Backend APIs in production: met\n(?![▰▱])/);
    expect(reading).toMatch(/\? Success rate: unknown\n(?![▰▱])/);
  });

  it("show a full bar only when the bar is reached", () => {
    const bars = [0, 0.04, 0.5, 0.9999, 1].map((share) =>
      shown({ kind: "criteria", items: [{ name: "a", state: "met", spans: ["b"], share }] }),
    );
    expect(bars.map((bar) => (bar.match(/▰/g) ?? []).length)).toEqual([0, 0, 5, 9, 10]);
    expect(bars.map((bar) => (bar.match(/[▰▱]/g) ?? []).length)).toEqual([10, 10, 10, 10, 10]);
  });
});

describe("Notes and sources", () => {
  it("a warning stands out; what is read so or reported is small print; each says what it is", () => {
    const message = messageOf(
      { kind: "note", sort: "warning", spans: ["the link dies."] },
      { kind: "note", sort: "settled", spans: ["two days."] },
      { kind: "note", sort: "reported", spans: ["a freeze."] },
    );
    expect(blocksOf(message, "rich_text").at(-1)?.elements[0]?.type).toBe("rich_text_quote");
    expect(readingOf(message)).toContain("⚠ Careful: the link dies.");
    const small = blocksOf(message, "context").flatMap(({ elements }) => elements);
    expect(small.map((element) => "text" in element && element.text)).toEqual([
      "Our reading: two days.",
      "Reported: a freeze.",
    ]);
  });

  it("a document is linked once, with the headings of its sections", () => {
    const cited = { document: "The page", href: "https://learn.microsoft.com/a?b=1&c=2" };
    const sources = [
      { ...cited, section: "One" },
      { ...cited, section: "Two" },
    ];
    expect(shown({ kind: "sources", sources })).toContain(
      "Source: <https://learn.microsoft.com/a?b=1&amp;c=2|The page>, “One”, “Two”",
    );
  });
});

describe("Pictures and files", () => {
  const day = "2026-11-06";
  const picture: Block = {
    kind: "picture",
    picture: { heading: "Rollout", from: day, to: day, today: day, closed: [], rows: [] },
    alt: "Six waves from Fri 6 Nov to Mon 16 Nov.",
  };
  it("are shown with what they say in words, and linked", () => {
    const message = messageOf(picture, FILE);
    expect(blocksOf(message, "image")).toEqual([
      { type: "image", image_url: "https://shepherd.example/pictures/1.png", alt_text: picture.alt },
    ]);
    expect(elementsIn(message)).toContainEqual({
      type: "link",
      url: "https://shepherd.example/files/1/contoso-crm.ics",
      text: "contoso-crm.ics",
    });
  });

  it("whose address is too long for Slack, or none of the web, count as not to be fetched", () => {
    for (const url of [`https://shepherd.example/${"a".repeat(3000)}`, "file:///etc/passwd", "no address"]) {
      const message = renderMessage(replyOf(picture, FILE), { picture: () => url, file: () => url });
      expect(blocksOf(message, "image")).toEqual([]);
      expect(elementsIn(message).filter(({ type }) => type === "link")).toEqual([]);
    }
  });

  it("that can't be fetched: the picture is left out, the file is named", () => {
    const message = renderMessage(replyOf(picture, FILE), NO_LINKS);
    expect(blocksOf(message, "image")).toEqual([]);
    expect(readingOf(message)).toContain("Calendar file: contoso-crm.ics");
    expect(problemsOf(message)).toEqual([]);
  });
});
