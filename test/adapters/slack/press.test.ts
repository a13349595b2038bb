import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { formModal, readMetadata } from "../../../adapters/slack/modal.ts";
import {
  encodeButton,
  encodeForm,
  readOwnPress,
  readPress,
  readSubmitted,
} from "../../../adapters/slack/press.ts";
import { renderMessage } from "../../../adapters/slack/render.ts";
import type { Form } from "../../../src/index.ts";
import { readWhen } from "../../../src/index.ts";
import { anyButton, anyForm } from "../any-reply.ts";
import { buttonOf, LINKS, replyOf } from "../sample-reply.ts";
import { blocksOf, buttonsIn, inputsOf, pressed, sent, submitted, windowOf } from "./in-slack.ts";

const RUNS = { seed: 2, numRuns: 400 };

const FORM: Form = {
  label: "Form",
  action: "mark",
  fields: { connector: "c1", from: "review" },
  submit: "Record it",
  inputs: [
    { id: "name", label: "Name", sort: "text", value: "Contoso" },
    { id: "when", label: "When", sort: "moment", isOptional: true },
    {
      id: "what",
      label: "What",
      sort: "choice",
      options: [
        { value: "go-live", label: "Go live" },
        { value: "x".repeat(75), label: "Long" },
        { value: `7"quoted"\\{}`, label: "Odd" },
      ],
    },
  ],
};

/** One input of it: it stands in the message itself. */
const SHORT: Form = { ...FORM, inputs: FORM.inputs.slice(0, 1) };

function lastButton(message: ReturnType<typeof renderMessage>) {
  const button = buttonsIn(message).at(-1);
  if (!button) throw new Error("no button");
  return button;
}

describe("A press in Slack", () => {
  it("of any button says what the button was made to say", () => {
    fc.assert(
      fc.property(fc.array(anyButton, { minLength: 1, maxLength: 8 }), (buttons) => {
        const message = renderMessage(replyOf({ kind: "buttons", buttons }), LINKS);
        const said = buttonsIn(message).map((button) => readPress(pressed(message, button)));
        const sendable = buttons.filter((button) => encodeButton(button, 1));
        expect(said).toEqual(sendable.slice(0, 5).map(({ action, fields }) => ({ action, fields })));
      }),
      RUNS,
    );
  });

  it("of any form's button says its fields and what was filled in", () => {
    const filling = fc.array(fc.oneof(fc.string(), fc.nat({ max: 4_000_000_000 })), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(anyForm, filling, (form, filled) => {
        const message = renderMessage(replyOf({ kind: "form", form }), LINKS);
        const [submit] = buttonsIn(message);
        fc.pre(submit !== undefined);
        if (submit === undefined) return;
        const inputs = inputsOf(message, submit);
        const rows = inputs.map(({ element }, index) => {
          const { id = "", options = [] } = form.inputs[index] ?? {};
          const given = filled[index] ?? "";
          const seconds = typeof given === "number" ? given : 0;
          const place = `${given}`.length % Math.max(1, Math.min(options.length, 100));
          const at = DateTime.fromSeconds(seconds, { zone: "utc" }).toISO({ suppressMilliseconds: true });
          const [typed, text] =
            element.type === "static_select"
              ? [place, options[place]?.value]
              : element.type === "datetimepicker"
                ? [seconds, at]
                : [`${given}`, `${given}`];
          return { id, text, key: element.action_id ?? "", typed };
        });
        const typed = Object.fromEntries(rows.map((row) => [row.key, row.typed]));
        const expected = { ...form.fields, ...Object.fromEntries(rows.map(({ id, text }) => [id, text])) };
        expect(sent(message, submit, typed)).toEqual({ action: form.action, fields: expected });
      }),
      RUNS,
    );
  });

  it("of a form nobody touched says what stood in it; what is empty is said as empty", () => {
    const message = renderMessage(replyOf({ kind: "form", form: FORM }), LINKS);
    const press = sent(message, lastButton(message));
    expect(press?.fields).toEqual({ ...FORM.fields, name: "Contoso", when: "", what: "" });
  });

  it("of a form leaves out what stands in another form of the message", () => {
    const other: Form = {
      ...FORM,
      action: "rename",
      fields: {},
      inputs: [{ id: "name", label: "Name", sort: "text" }],
    };
    const message = renderMessage(
      replyOf({ kind: "form", form: SHORT }, { kind: "form", form: other }),
      LINKS,
    );
    const typed = { [blocksOf(message, "input").at(-1)?.element.action_id ?? ""]: "Fabrikam" };
    const [first, second] = buttonsIn(message).map((button) => readPress(pressed(message, button, typed)));
    expect(first?.fields.name).toBe("Contoso");
    expect(second).toEqual({ action: "rename", fields: { name: "Fabrikam" } });
  });

  it("brings an option's own value", () => {
    const message = renderMessage(replyOf({ kind: "form", form: FORM }), LINKS);
    const id = inputsOf(message, lastButton(message)).at(-1)?.element.action_id ?? "";
    const chosen = [0, 1, 2].map((place) => {
      const press = sent(message, lastButton(message), { [id]: place });
      return press?.fields.what;
    });
    expect(chosen).toEqual(FORM.inputs[2]?.options?.map(({ value }) => value));
  });

  it("brings a moment that can be read as the same moment", () => {
    const message = renderMessage(replyOf({ kind: "form", form: FORM }), LINKS);
    const at = DateTime.fromISO("2026-11-03T09:15", { zone: "America/Los_Angeles" });
    const id = inputsOf(message, lastButton(message))[1]?.element.action_id ?? "";
    const press = sent(message, lastButton(message), { [id]: at.toSeconds() });
    expect(press?.fields.when).toBe("2026-11-03T17:15:00Z");
    const read = readWhen(press?.fields.when ?? "", at.plus({ days: 1 }), "Europe/Berlin", "past");
    expect("at" in read && read.at.toMillis()).toBe(at.toMillis());
  });

  it("carries nothing on its way that Slack could read as markup or change", () => {
    const sent = encodeButton(buttonOf("a", { fields: { name: "<!here> & 😀 é" } }), 1);
    expect(sent?.value).toMatch(/^[ -%'-;=?-~]+$/);
    const form = encodeForm({ ...FORM, fields: { name: "<!here> & 😀 é" } }, 1);
    expect(form?.submit.value).toMatch(/^[ -%'-;=?-~]+$/);
  });
});

describe("A button that opens a form", () => {
  const anyLong = anyForm.filter(({ inputs }) => inputs.length > 1);

  it("is one for a form with several inputs: it brings the form as it was, and says nothing to the core", () => {
    fc.assert(
      fc.property(anyLong, (form) => {
        const message = renderMessage(replyOf({ kind: "form", form }), LINKS);
        const [button] = buttonsIn(message);
        fc.pre(button !== undefined && blocksOf(message, "input").length === 0);
        if (button === undefined) return;
        expect(readPress(pressed(message, button))).toBeUndefined();
        expect(readOwnPress(pressed(message, button))).toEqual({ kind: "open", form });
        expect(windowOf(message, button)).toBeDefined();
      }),
      RUNS,
    );
  });

  it("is none where the form has one input, or is too long for a button: then it is asked in the message", () => {
    for (const form of [SHORT, { ...FORM, fields: { shown: "x".repeat(1700) } }]) {
      const message = renderMessage(replyOf({ kind: "form", form }), LINKS);
      expect(blocksOf(message, "input")).toHaveLength(form.inputs.length);
      expect(buttonsIn(message).map((button) => readOwnPress(pressed(message, button)))).toEqual([undefined]);
      expect(sent(message, lastButton(message))?.fields).toMatchObject({ ...form.fields, name: "Contoso" });
    }
  });

  it.each([
    ["open!1", "{}"],
    ["open!1", JSON.stringify({ ...FORM, inputs: [{ id: "a", label: "A", sort: "colour" }] })],
    ["open!", JSON.stringify(FORM)],
    ["close!1", JSON.stringify(FORM)],
    ["share!0", "{}"],
    ["picture!0", '{"action":"eta"}'],
    ["mark#1", JSON.stringify(FORM)],
  ])("is not %s with %s", (action_id, value) => {
    expect(readOwnPress({ actions: [{ action_id, value }] })).toBeUndefined();
  });

  it("never makes it throw, nor does a window that comes back", () => {
    fc.assert(
      fc.property(fc.string(), fc.anything(), (text, payload) => {
        const actions = ["open!1", "share!0"].map((action_id) => ({ actions: [{ action_id, value: text }] }));
        for (const one of [...actions, payload]) expect(readOwnPress(one)?.kind).not.toBe("picture");
        expect(readMetadata(text).from).toBeUndefined();
        expect(readSubmitted(text, payload)).toBeUndefined();
        expect(readSubmitted("mark#{}", payload) ?? { fields: {} }).toMatchObject({ fields: {} });
      }),
      RUNS,
    );
  });
});

describe("What is too long to be sent back", () => {
  it.each([
    ["a value of 2,000 characters", { fields: { t: "x".repeat(2000 - '{"t":""}'.length) } }, true],
    ["a value of 2,001", { fields: { t: "x".repeat(2001 - '{"t":""}'.length) } }, false],
    ["an action of 253", { action: "a".repeat(253) }, true],
    ["an action of 254", { action: "a".repeat(254) }, false],
    ["an action that is no plain word", { action: "märk" }, false],
    ["no action", { action: "" }, false],
  ])("is known before: %s", (_, more, isSent) => {
    expect(encodeButton(buttonOf("a", more), 1) !== undefined).toBe(isSent);
    expect(encodeForm({ ...FORM, fields: {}, inputs: [], ...more }, 1) !== undefined).toBe(
      isSent && !("fields" in more),
    );
  });

  it("of an input: an id over 255 characters, and one that comes twice", () => {
    const withIds = (...ids: string[]): Form => ({
      ...FORM,
      inputs: ids.map((id) => ({ id, label: "A", sort: "text" })),
    });
    expect(encodeForm(withIds("a".repeat(253)), 1)).toBeDefined();
    expect(encodeForm(withIds("a".repeat(254)), 1)).toBeUndefined();
    expect(encodeForm(withIds("a", "a"), 1)).toBeUndefined();
  });

  it.each([
    ["75 characters", "x".repeat(75), true],
    ["76 characters", "x".repeat(76), false],
    ["no character", "", false],
    ["a space", "go live", false],
    ["what Slack could read as markup", "<!here>", false],
    ["what is escaped", "a&b", false],
    ["letters that are no ASCII", "märz", false],
    ["a line break", "a\nb", false],
  ])("of an option's value: %s", (_, value, isSent) => {
    const options = [{ value, label: "A" }];
    const form: Form = { ...FORM, inputs: [{ id: "a", label: "A", sort: "choice", options }] };
    expect(encodeForm(form, 1) !== undefined).toBe(isSent);
  });

  it("of options is asked of those alone that are shown", () => {
    const options = Array.from({ length: 101 }, (_, index) => ({
      value: index < 100 ? `v${index}` : "<!here>",
      label: "A",
    }));
    const form: Form = { ...FORM, inputs: [{ id: "a", label: "A", sort: "choice", options }] };
    expect(encodeForm(form, 1)).toBeDefined();
  });
});

describe("What is not a press of ours", () => {
  it.each([
    [undefined],
    [null],
    ["press"],
    [{}],
    [{ actions: [] }],
    [{ actions: [{ action_id: "status#1" }] }],
    [{ actions: [{ action_id: "status", value: "{}" }] }],
    [{ actions: [{ action_id: "#1", value: "{}" }] }],
    [{ actions: [{ action_id: "status#1", value: "no json" }] }],
    [{ actions: [{ action_id: "status#1", value: "[]" }] }],
    [{ actions: [{ action_id: "status#1", value: '{"connector":1}' }] }],
    [{ actions: [{ action_id: "status#1", value: "null" }] }],
    [{ actions: [{ action_id: "status#1", value: "{}" }], state: { values: 1 } }],
  ])("is nothing: %j", (payload) => {
    expect(readPress(payload)).toBeUndefined();
  });

  it.each([
    [{ selected_option: { value: 7 } }],
    [{ selected_option: "yes" }],
    [{ selected_date_time: 1e300 }],
    [{ selected_date_time: -1 }],
    [{ selected_date_time: "soon" }],
    [{ value: 5 }],
  ])("is nothing when an input was left with %j", (state) => {
    const message = renderMessage(replyOf({ kind: "form", form: SHORT }), LINKS);
    const payload = pressed(message, lastButton(message));
    const [key = ""] = Object.keys(payload.state.values);
    expect(readPress(payload)).toBeDefined();
    payload.state.values[key] = { [key]: state };
    expect(readPress(payload)).toBeUndefined();
    const view = formModal(FORM);
    const { form = "" } = readMetadata(view?.private_metadata ?? "");
    const filled = view && submitted(view);
    const [first = ""] = Object.keys(filled.view.state.values);
    expect(readSubmitted(form, filled)).toBeDefined();
    filled.view.state.values[first] = { [first]: state };
    expect(readSubmitted(form, filled)).toBeUndefined();
  });

  it("never makes it throw", () => {
    const json = fc.oneof(
      fc.json(),
      fc.string(),
      fc.constant('{"form":1,"fields":{},"inputs":["a","__proto__"]}'),
    );
    const id = fc.oneof(fc.string(), fc.constantFrom("a@1", "__proto__", "constructor", "status#1"));
    const payload = fc.record(
      {
        actions: fc.oneof(
          fc.array(fc.record({ action_id: id, value: json }, { requiredKeys: [] })),
          fc.anything(),
        ),
        state: fc.oneof(
          fc.record({ values: fc.dictionary(id, fc.dictionary(id, fc.anything())) }),
          fc.anything(),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), payload), (given) => {
        const press = readPress(given);
        if (press === undefined) return;
        expect(press.action).not.toBe("");
        for (const value of Object.values(press.fields)) expect(typeof value).toBe("string");
      }),
      { ...RUNS, numRuns: 2000 },
    );
  });
});
