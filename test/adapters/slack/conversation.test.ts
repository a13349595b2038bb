import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { readMetadata } from "../../../adapters/slack/modal.ts";
import { readPress, readSubmitted } from "../../../adapters/slack/press.ts";
import { renderMessage } from "../../../adapters/slack/render.ts";
import { buttonsOf, NAME, openHouse, openHouseAt, openHouseWith } from "../../support.ts";
import { LINKS } from "../sample-reply.ts";
import { blocksOf, buttonsIn, inputsOf, pressed, sent, submitted, windowOf } from "./in-slack.ts";

describe("Through Slack the real assistant", () => {
  it("does what each button of its answers says", async () => {
    const house = await openHouseAt("testing");
    const reply = await house.say(`status ${NAME}`);
    const message = renderMessage(reply, LINKS);
    const said = buttonsIn(message).map((button) => readPress(pressed(message, button)));
    expect(said).toEqual(buttonsOf(reply).map(({ action, fields }) => ({ action, fields })));
    await house.press(said[0]);
    expect((await house.standing(NAME)).stage).toBe("publishing");
  });

  it("follows the connector whose name was typed into the form of its greeting", async () => {
    const house = await openHouse();
    const message = renderMessage(await house.say("hi"), LINKS);
    const id = blocksOf(message, "input")[0]?.element.action_id ?? "";
    const [submit] = buttonsIn(message);
    if (!submit) throw new Error("no button");
    const answer = await house.press(readPress(pressed(message, submit, { [id]: "Fabrikam <!channel>" })));
    expect(answer.title).toContain("Fabrikam <!channel>");
    expect((await house.connector("Fabrikam <!channel>")).name).toBe("Fabrikam <!channel>");
  });

  it("records a milestone with the moment that was picked", async () => {
    const house = await openHouseWith(NAME, ["done account"]);
    const message = renderMessage(await house.say(`mark ${NAME} submitted next week`), LINKS);
    const [open] = buttonsIn(message);
    if (!open) throw new Error("no button");
    const [, when] = inputsOf(message, open);
    const seconds = DateTime.fromISO("2026-11-02T15:00", { zone: "America/Los_Angeles" }).toSeconds();
    await house.press(sent(message, open, { [when?.element.action_id ?? ""]: seconds }));
    expect((await house.connector(NAME)).moves).toMatchObject([
      { milestone: "submitted", at: "2026-11-02T23:00:00.000Z" },
    ]);
  });

  it("leaves a figure as it is whose input Slack tells nothing of", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} slo=99.6`]);
    const message = renderMessage(await house.say(`evidence ${NAME}`), LINKS);
    const [open] = buttonsIn(message);
    const view = open && windowOf(message, open);
    if (!view) throw new Error("no window");
    const [availability] = blocksOf(view, "input");
    const payload = submitted(view, { [availability?.block_id ?? ""]: "99.97" });
    for (const key of Object.keys(payload.view.state.values))
      if (key !== availability?.block_id) delete payload.view.state.values[key];
    await house.press(readSubmitted(readMetadata(view.private_metadata ?? "").form ?? "", payload));
    expect((await house.connector(NAME)).evidence).toEqual({ slo: 99.6, availability: 99.97 });
  });
});
