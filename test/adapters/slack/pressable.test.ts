import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/slack/render.ts";
import { NAME, openHouse, openHouseAt, openHouseWith } from "../../support.ts";
import { buttonOf, formOf, LINKS } from "../sample-reply.ts";
import { blocksOf, buttonsIn, inputsOf, messageOf, readingOf, windowOf } from "./in-slack.ts";
import { problemsOf } from "./validate.ts";

describe("Buttons", () => {
  it("are at most five, the first green, the others to be typed", () => {
    const buttons = ["a", "b", "c", "d", "e", "f", "g"].map((label) => buttonOf(label));
    const message = messageOf({ kind: "buttons", buttons });
    expect(buttonsIn(message).map(({ text, style }) => [text.text, style])).toEqual([
      ["a", "primary"],
      ...["b", "c", "d", "e"].map((label) => [label, undefined]),
    ]);
    expect(readingOf(message)).toContain("Or type: status f, status g");
  });

  it("whose label can't be seen are called by what they say", () => {
    const unseen = buttonOf("\u200b\u00ad", { says: "status Contoso" });
    const message = messageOf({ kind: "buttons", buttons: [unseen] });
    expect(buttonsIn(message).map(({ text }) => text.text)).toEqual(["status Contoso"]);
  });

  it("that destroy are red, and nothing beside them is green", async () => {
    const house = await openHouseWith(NAME);
    const message = renderMessage(await house.say(`untrack ${NAME}`), LINKS);
    expect(buttonsIn(message).map(({ style }) => style)).toEqual(["danger", undefined]);
  });

  it("below a form leave the green to what sends the form", async () => {
    const house = await openHouse();
    const message = renderMessage(await house.say("hi"), LINKS);
    expect(blocksOf(message, "input")).toHaveLength(1);
    expect(buttonsIn(message).filter(({ style }) => style === "primary")).toHaveLength(1);
    expect(buttonsIn(message)[0]?.style).toBe("primary");
  });

  it("whose value is too long for Slack are told in words", () => {
    const long = buttonOf("Long", { fields: { text: "x".repeat(2500) }, says: "say it" });
    const message = messageOf({ kind: "buttons", buttons: [long, buttonOf("Short")] });
    expect(buttonsIn(message).map(({ text }) => text.text)).toEqual(["Short"]);
    expect(readingOf(message)).toContain("Or type: say it");
  });
});

describe("A form", () => {
  it("with one input asks in the message itself", async () => {
    const house = await openHouse();
    const message = renderMessage(await house.say("settings zone Nowhere"), LINKS);
    const [zone, ...others] = blocksOf(message, "input");
    expect([zone?.label.text, others]).toEqual(["Time zone", []]);
    expect(zone?.hint?.text).toMatch(/^⚠ /);
  });

  it("with several is one button; in its window stands why something was not taken, at its input", async () => {
    const house = await openHouseAt("draft");
    const message = renderMessage(await house.say(`mark ${NAME} submitted next week`), LINKS);
    expect(blocksOf(message, "input")).toEqual([]);
    const [button] = buttonsIn(message);
    if (!button) throw new Error("no button");
    expect(button.text.text).toBe(`Record a milestone of ${NAME} …`);
    const view = windowOf(message, button);
    expect([view?.title.text, view?.submit?.text, view?.close?.text]).toEqual([
      "Connector Shepherd",
      "Record it",
      "Cancel",
    ]);
    expect(view && readingOf(view)).toContain(`Record a milestone of ${NAME}`);
    const inputs = inputsOf(message, button);
    expect(inputs.map(({ element }) => element.type)).toEqual(["static_select", "datetimepicker"]);
    expect(inputs[1]?.label.text).toBe("When");
    expect(inputs[1]?.hint?.text).toMatch(/^⚠ .*“next week”/);
    expect(inputs[1]?.optional).toBe(true);
  });

  it("keeps what was typed: as the beginning of the input, or beside a picker that can't begin with it", () => {
    const message = messageOf(
      formOf(
        { id: "a", label: "Name", sort: "text", value: "Contoso" },
        { id: "b", label: "When", sort: "moment", value: "2026-11-05T17:15:00Z" },
        { id: "c", label: "Until", sort: "moment", value: "next blursday" },
        { id: "d", label: "What", sort: "choice", options: [{ value: "go", label: "Go" }], value: "go" },
      ),
    );
    const [button] = buttonsIn(message);
    const [a, b, c, d] = button ? inputsOf(message, button) : [];
    expect(a?.element).toMatchObject({ initial_value: "Contoso" });
    expect(b?.element).toMatchObject({ initial_date_time: Date.UTC(2026, 10, 5, 17, 15) / 1000 });
    expect(c?.element).not.toHaveProperty("initial_date_time");
    expect(c?.hint?.text).toBe("Before: “next blursday”.");
    expect(d?.element).toMatchObject({ initial_option: { text: { text: "Go" } } });
    expect(button && windowOf(message, button)?.submit?.text).toBe("Record it");
  });

  it("with more options than Slack takes says how many are missing", () => {
    const options = Array.from({ length: 130 }, (_, index) => ({
      value: `v${index}`,
      label: `Option ${index}`,
    }));
    const message = messageOf(formOf({ id: "a", label: "Which", sort: "choice", options }));
    expect(problemsOf(message)).toEqual([]);
    expect(blocksOf(message, "input")[0]?.hint?.text).toContain("… and 30 more");
    expect(readingOf(message)).toContain("Option 99");
  });

  it("with an option that Slack can't send back is told in words", () => {
    const options = [{ value: "<!here>", label: "Here" }];
    const message = messageOf(formOf({ id: "a", label: "Which", sort: "choice", options }));
    expect(readingOf(message)).toContain("About it: this can't be asked here; type the command instead.");
  });

  it("that Slack can't send back is told in words", () => {
    const fields = { shown: "x".repeat(3000) };
    const form = { label: "Figures", action: "evidence", fields, submit: "Save", inputs: [] };
    const message = messageOf({ kind: "form", form });
    expect(readingOf(message)).toContain("Figures: this can't be asked here; type the command instead.");
    expect(buttonsIn(message)).toEqual([]);
  });
});
