import type { KnownBlock } from "@slack/types";
import { describe, expect, it } from "vitest";
import { homeView } from "../../../adapters/slack/modal.ts";
import { renderMessage } from "../../../adapters/slack/render.ts";
import { buttonsOf, openHouse } from "../../support.ts";
import { everyReply, lifeOf } from "../every-reply.ts";
import { LINKS, NAMES, NO_LINKS } from "../sample-reply.ts";
import { buttonsIn, readingOf } from "./in-slack.ts";
import { problemsOf } from "./validate.ts";

const HOSTILE = "<!channel> *b* [x](https://evil.example) &lt;@U012ABCDE> :tada:";

describe("Every reply of the product", () => {
  it("is a message that Slack takes, with pictures or without, whatever the connector is called", async () => {
    for (const { line, reply } of [...(await everyReply()), ...(await lifeOf(HOSTILE))]) {
      expect([line, problemsOf(renderMessage(reply, LINKS))]).toEqual([line, []]);
      expect([line, problemsOf(renderMessage(reply, NO_LINKS))]).toEqual([line, []]);
    }
  });

  it("is whole: nothing of it is cut or went wrong", async () => {
    for (const { line, reply } of await everyReply()) {
      const reading = readingOf(renderMessage(reply, LINKS));
      expect([line, /… and \d+ more (?:parts|characters)/.exec(reading)?.[0]]).toEqual([line, undefined]);
      expect([line, /undefined|NaN|Invalid|\[object/.exec(reading)?.[0]]).toEqual([line, undefined]);
    }
  });

  it("begins with its headline, and its text too, short enough for a notification", async () => {
    for (const { reply } of await everyReply()) {
      const { text, blocks } = renderMessage(reply, LINKS);
      const [first = ""] = text.split("\n");
      expect(first.length).toBeLessThan(260);
      expect(readingOf({ blocks: blocks.slice(0, 1) }).trim()).not.toBe("");
    }
  });

  it("fits into Slack's Home, where every connector is in view, whatever they are called", async () => {
    const house = await openHouse();
    const home = async () => homeView(await house.press({ action: "portfolio", fields: {} }));
    expect(problemsOf({ text: "Home", blocks: (await home()).blocks })).toEqual([]);
    const names = [HOSTILE, "x".repeat(100), "発票".repeat(50), ...NAMES.slice(0, 9)];
    for (const name of names) await house.sayAll(`track ${name}`, `mark ${name} report-passed already`);
    const { type, blocks } = await home();
    expect([type, problemsOf({ text: "Home", blocks })]).toEqual(["home", []]);
    const reading = readingOf({ blocks });
    expect(reading).toContain("… and 2 more.");
    expect(reading).not.toMatch(/more parts of this answer/);
    const labels = buttonsIn({ text: "", blocks: blocks as KnownBlock[] }).map(({ text }) => text.text);
    expect(labels.slice(-4)).toEqual(["Track a connector", "More", "Settings", "Help"]);
    expect(labels.filter((label) => label === "Status")).toHaveLength(10);
  });

  it("has each of its buttons to press", async () => {
    for (const { line, reply } of await everyReply()) {
      const reading = readingOf(renderMessage(reply, LINKS));
      const gone = buttonsOf(reply).filter(({ label }) => !reading.includes(label.slice(0, 70)));
      expect([line, gone]).toEqual([line, []]);
    }
  });
});
