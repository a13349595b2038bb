import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPress } from "../../../adapters/teams/press.ts";
import type { Button, Form } from "../../../src/index.ts";
import { openHouse, openHouseWith } from "../../support.ts";
import { anyButton, anyForm, words } from "../any-reply.ts";
import { replyOf } from "../sample-reply.ts";
import { actionCalled, actionsIn, cardOf, inputsIn, type Pressable, pressed } from "./in-teams.ts";

const RUNS = { seed: 2, numRuns: 300 };

const MEANING = ["verb", "fields", "inputs", "msteams", "action", "in:a", "day:a", "time:a", "constructor"];
/** Names that mean something on the way, and some that don't. */
const names = fc.oneof(fc.constantFrom(...MEANING), words).filter((name) => name !== "__proto__");

/** An Action.Execute, and what a client without it sends. */
function bothOf(action: Pressable): Pressable[] {
  return action.fallback ? [action, action.fallback] : [action];
}

function formCard(form: Form) {
  return cardOf(replyOf({ kind: "form", form }));
}

/** Types a text into each input of a form; what Teams then knows by id, and what the core should be told. */
function typeInto(form: Form, texts: string[]) {
  const ids = inputsIn(formCard(form)).map(({ id }) => `${id}`);
  const typed: Record<string, string> = {};
  const fields = form.inputs.map(({ id, sort }, index) => {
    const parts = sort === "moment" ? (MOMENTS[index % MOMENTS.length] ?? []) : [texts[index] ?? ""];
    for (const part of parts) typed[ids.shift() ?? ""] = part;
    return [id, parts.join(" ").trim()] as const;
  });
  return { typed, fields: Object.fromEntries(fields) };
}

const MOMENTS = [
  ["2026-11-03", "09:15"],
  ["2026-11-03", ""],
  ["", "09:15"],
  ["", ""],
];

describe("A button that is pressed", () => {
  it("says what it said when it was made, on old clients too", () => {
    const button = fc.record({ button: anyButton, fields: fc.dictionary(names, words, { maxKeys: 5 }) });
    fc.assert(
      fc.property(button, ({ button, fields }) => {
        const made: Button = { ...button, fields };
        const card = cardOf(replyOf({ kind: "buttons", buttons: [made] }));
        for (const action of actionsIn(card).flatMap(bothOf)) {
          expect(readPress(pressed(card, action))).toEqual({ action: made.action, fields });
        }
      }),
      RUNS,
    );
  });

  it("changes the connector it was shown for", async () => {
    const house = await openHouse();
    const card = cardOf(await house.say("track Contoso CRM"));
    await house.press(readPress(pressed(card, actionCalled(card, "Submitted"))));
    expect((await house.standing("Contoso CRM")).stage).toBe("review");
  });

  it("leaves a form beside it alone, however it is filled in", async () => {
    const house = await openHouse();
    const card = cardOf(await house.say("hi"));
    const help = readPress(pressed(card, actionCalled(card, "Help"), { "in:name": "half a na" }));
    expect(help).toEqual({ action: "help", fields: {} });
  });
});

describe("A form that is sent", () => {
  it("says its fields and every input, the empty ones too", () => {
    const form = fc.record({ form: anyForm, ids: fc.uniqueArray(names, { minLength: 8, maxLength: 8 }) });
    const texts = fc.array(
      words.map((text) => text.trim()),
      { minLength: 8, maxLength: 8 },
    );
    fc.assert(
      fc.property(form, texts, ({ form, ids }, texts) => {
        const inputs = form.inputs.map((input, index) => ({
          ...input,
          id: ids[index] ?? "",
          value: undefined,
        }));
        const asked = { ...form, inputs };
        const card = formCard(asked);
        const { typed, fields } = typeInto(asked, texts);
        for (const action of actionsIn(card).flatMap(bothOf)) {
          expect(readPress(pressed(card, action, typed))).toEqual({
            action: form.action,
            fields: { ...form.fields, ...fields },
          });
        }
      }),
      RUNS,
    );
  });

  it("says what was filled in for the reader and not touched", async () => {
    const house = await openHouseWith("Contoso CRM", [
      "evidence contoso availability=99.97 users=510,530,505",
    ]);
    const card = cardOf(await house.say("evidence contoso"));
    const sent = readPress(pressed(card, actionCalled(card, "Save the figures"), { "in:slo": "99.6" }));
    expect(sent?.fields).toMatchObject({
      availability: "99.97",
      users: "510,530,505",
      slo: "99.6",
      success: "",
    });
    await house.press(sent);
    expect((await house.connector("Contoso CRM")).evidence).toMatchObject({ availability: 99.97, slo: 99.6 });
  });

  it("follows a connector whose name was typed", async () => {
    const house = await openHouse();
    const card = cardOf(await house.say("hi"));
    const name = "[x](https://evil.example) {{DATE(2026-01-01T00:00:00Z)}}";
    await house.press(readPress(pressed(card, actionCalled(card, "Follow it"), { "in:name": name })));
    expect((await house.connector(name)).name).toBe(name);
  });

  it("joins the day and the time of a moment", async () => {
    const house = await openHouseWith("Contoso CRM");
    const card = cardOf(await house.say("mark contoso"));
    const typed = { "in:milestone": "submitted", "day:when": "2026-11-02", "time:when": "16:30" };
    const sent = readPress(pressed(card, actionCalled(card, "Record it"), typed));
    expect(sent?.fields.when).toBe("2026-11-02 16:30");
    await house.press(sent);
    expect((await house.connector("Contoso CRM")).moves.at(-1)?.at).toBe("2026-11-03T00:30:00.000Z");
  });
});

describe("What is not a press of ours", () => {
  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "status"],
    ["a list", [{ verb: "status" }]],
    ["no verb", { fields: {} }],
    ["an empty verb", { verb: "", fields: {} }],
    ["a verb that is no text", { verb: 7, fields: {} }],
    ["no fields", { verb: "status" }],
    ["a field that is no text", { verb: "status", fields: { connector: 1 } }],
    ["inputs that are no ids", { verb: "status", fields: {}, inputs: "a" }],
    [
      "an action of another type",
      { action: { type: "Action.ShowCard", verb: "status", data: { fields: {} } } },
    ],
    ["an executed action without a verb", { action: { type: "Action.Execute", data: { fields: {} } } }],
    ["data that are no fields", { action: { type: "Action.Execute", verb: "status", data: "all" } }],
  ])("says nothing: %s", (_, payload) => {
    expect(readPress(payload)).toBeUndefined();
  });

  it("never breaks anything, and only texts are taken from it", () => {
    const anything = fc.anything();
    const data = fc.record({
      fields: fc.oneof({ weight: 3, arbitrary: fc.dictionary(names, words) }, anything),
      inputs: fc.oneof({ weight: 3, arbitrary: fc.array(fc.constantFrom("a", "__proto__")) }, anything),
      "in:a": anything,
      "day:a": anything,
      "time:a": anything,
      "in:__proto__": anything,
    });
    const payloads = fc.oneof(
      fc.anything(),
      fc.jsonValue(),
      data.map((given) => ({ verb: "status", ...given })),
      data.map((given) => ({ action: { type: "Action.Execute", verb: "status", data: given } })),
      fc.record({ action: fc.record({ type: fc.constant("Action.Execute"), verb: words, data: anything }) }),
    );
    fc.assert(
      fc.property(payloads, (payload) => {
        const read = readPress(payload);
        if (!read) return;
        expect(typeof read.action).toBe("string");
        expect(Object.values(read.fields).filter((value) => typeof value !== "string")).toEqual([]);
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  it("can't reach what every object has", () => {
    const fields = '{ "__proto__": "x", "constructor": "y" }';
    const read = readPress(
      JSON.parse(`{ "verb": "status", "fields": ${fields}, "inputs": ["a"], "__proto__": [] }`),
    );
    expect(read).toEqual({ action: "status", fields: { a: "", constructor: "y" } });
    expect(Object.getPrototypeOf(read?.fields ?? null)).toBe(Object.prototype);
    expect(read?.fields.toString).toBe(Object.prototype.toString);
  });
});
