import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/slack/render.ts";
import { NAME, openHouseAt } from "../../support.ts";
import { LINKS } from "../sample-reply.ts";
import { blocksOf, messageOf, readingOf } from "./in-slack.ts";

describe("A message", () => {
  it("begins with its headline in bold, and its text begins with the same words", async () => {
    const house = await openHouseAt("review");
    const message = renderMessage(await house.say(`status ${NAME}`), LINKS);
    const [first] = blocksOf(message, "rich_text");
    const [line] = first?.elements ?? [];
    if (line?.type !== "rich_text_section") throw new Error("no section");
    expect(
      line.elements.every((element) => element.style && "bold" in element.style && element.style.bold),
    ).toBe(true);
    expect(message.text).toMatch(/^Contoso CRM is in review/);
    expect(readingOf({ ...message, blocks: message.blocks.slice(0, 1) })).toMatch(
      /^Contoso CRM is in review/,
    );
  });

  it("holds in its text what the blocks hold, the buttons as words to type", async () => {
    const house = await openHouseAt("testing");
    const { text } = renderMessage(await house.say(`status ${NAME}`), LINKS);
    for (const part of ["By when", "If missed", "Our reading:", "Source:", `mark ${NAME} go-live`])
      expect(text).toContain(part);
  });

  it("escapes its text, and counts the lines that are too many", () => {
    const items = Array.from({ length: 900 }, (_, index) => [`<!channel> & ${index}`]);
    const { text } = messageOf({ kind: "list", items });
    expect(text).toContain("&lt;!channel&gt; &amp; 0");
    expect(text).toMatch(/\n… and \d+ more lines$/);
    const told = Number(/(\d+) more lines$/.exec(text)?.[1]);
    // The headline, an empty line, and the items.
    expect(text.split("\n").length - 1 + told).toBe(902);
  });
});
