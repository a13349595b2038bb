import { expect, test } from "vitest";
import { CARD_TYPE, cardMessage } from "./fake-bot.ts";
import type { Fields } from "./json.ts";
import { openWithBot, pathOf } from "./setup.ts";
import { buttonsOf, inputsOf, textOf } from "./teams-world.ts";

const choices = ["Draft", "Preview"].map((title) => ({ title, value: title.toLowerCase() }));
const cell = (text: string) => ({ type: "TableCell", items: [{ type: "TextBlock", text }] });

function execute(title: string, more: Fields = {}): Fields {
  const data = { fields: { id: title } };
  const fallback = { type: "Action.Submit", title, data: { ...data, verb: "go" }, ...more };
  return { type: "Action.Execute", title, verb: "go", data, fallback, ...more };
}

const FORM = {
  type: "AdaptiveCard",
  version: "1.5",
  body: [
    {
      type: "RichTextBlock",
      inlines: ["It ", { type: "TextRun", text: "begins" }, { type: "TextRun", text: "." }],
    },
    { type: "TextBlock", text: "At {{DATE(2026-11-05T23:15:00Z, SHORT)}} {{TIME(2026-11-05T23:15:00Z)}}" },
    { type: "FactSet", facts: [{ title: "Stage", value: "Draft" }] },
    { type: "Table", rows: [{ type: "TableRow", cells: [cell("A"), cell("B")] }] },
    {
      type: "Container",
      items: [
        { type: "Input.Text", id: "in:name", label: "Name", isRequired: true, placeholder: "Its name" },
        { type: "Input.ChoiceSet", id: "in:stage", label: "Stage", choices, value: "draft" },
        {
          type: "ColumnSet",
          columns: [{ type: "Column", items: [{ type: "Input.Date", id: "day", label: "Day" }] }],
        },
        { type: "ActionSet", actions: [execute("Save")] },
      ],
    },
    { type: "TextBlock", text: "hidden", isVisible: false },
    {
      type: "RichTextBlock",
      inlines: [
        {
          type: "TextRun",
          text: "docs",
          selectAction: { type: "Action.OpenUrl", url: "https://a.example/" },
        },
      ],
    },
  ],
  actions: [
    execute("Later", { associatedInputs: "none" }),
    { type: "Action.Submit", title: "Old", data: { fields: {} } },
    { type: "Action.OpenUrl", title: "Read", url: "https://b.example/" },
  ],
};

async function openWithForm() {
  const made = await openWithBot();
  const { bot, ada, channel } = made;
  await bot.call("POST", pathOf(channel.id), cardMessage(FORM, { summary: "A form" }));
  return { ...made, form: ada.last(channel) };
}

test("a card is read as it is shown, in the reader's time", async () => {
  const { ada, cleo, form } = await openWithForm();
  expect(form).toMatchObject({ summary: "A form", text: "", edits: 0 });
  expect(textOf(form.card).split("\n")).toEqual([
    ...[
      "It begins.",
      "At {{DATE(2026-11-05T23:15:00Z, SHORT)}} {{TIME(2026-11-05T23:15:00Z)}}",
      "Stage: Draft",
    ],
    ...["A | B", "Name", "Its name", "Stage", "Draft", "Day", "[Save]", "docs", "[Later]", "[Old]", "[Read]"],
  ]);
  expect(ada.reads(form)).toContain("At Fr., 6. Nov. 2026 00:15");
  expect(() => cleo.reads(form)).toThrow("Cleo Park does not see");
  expect(buttonsOf(form.card)).toEqual(["Save", "Later", "Old", "Read"]);
  expect(inputsOf(form.card)).toMatchObject([
    { label: "Name", isRequired: true },
    { value: "draft" },
    { id: "day" },
  ]);
  expect([ada.opens(form, "docs"), ada.opens(form, "Read")]).toEqual([
    "https://a.example/",
    "https://b.example/",
  ]);
});

test("a press sends what was filled in, and is not sent without what is required", async () => {
  const { bot, ada, channel, form } = await openWithForm();
  const refused = (inputs: Record<string, string>, why: string, title = "Save") =>
    expect(ada.presses(form, title, { inputs })).rejects.toThrow(why);
  await refused({}, "Teams would not send this: Name is required");
  await refused({ Name: "x", Stage: "Gone" }, 'Stage has no choice "Gone" among: Draft · Preview');
  await refused({ Name: "x", Day: "tomorrow" }, "Day is no date: tomorrow");
  await refused({ Nome: "x" }, 'no input is called "Nome"; there are: "Name" (in:name)');
  await refused({}, 'no button "Go"; there are: "Save" · "Later" · "Old" · "Read"', "Go");
  await refused({}, '"Read" sends nothing', "Read");
  expect(bot.heard).toEqual([]);
  await ada.presses(form, "Save", { inputs: { Name: "Contoso", "in:stage": "Preview" } });
  expect(bot.heard).toMatchObject([
    {
      type: "invoke",
      name: "adaptiveCard/action",
      replyToId: form.id,
      conversation: { id: `${channel.id};messageid=${form.id}` },
      from: { id: ada.id },
    },
  ]);
  expect(bot.heard[0]?.value).toEqual({
    action: {
      type: "Action.Execute",
      verb: "go",
      data: { fields: { id: "Save" }, "in:name": "Contoso", "in:stage": "preview" },
    },
    trigger: "manual",
  });
  await ada.presses(form, "Later");
  expect(bot.heard[1]?.value).toMatchObject({ action: { data: { fields: { id: "Later" } } } });
});

test("older clients send a message instead", async () => {
  const { bot, ada, form } = await openWithForm();
  await ada.presses(form, "Save", { as: "submit", inputs: { Name: "Contoso" } });
  await ada.presses(form, "Old", { inputs: { Name: "Contoso", Day: "2026-11-05", Stage: "" } });
  expect(bot.heard).toMatchObject([
    { type: "message", replyToId: form.id },
    { type: "message", replyToId: form.id },
  ]);
  expect(bot.heard.map(({ value, text }) => [value, text])).toEqual([
    [{ fields: { id: "Save" }, verb: "go", "in:name": "Contoso", "in:stage": "draft" }, undefined],
    [{ fields: {}, "in:name": "Contoso", day: "2026-11-05" }, undefined],
  ]);
});

test("the answer to a press is for the one who pressed, until the message is edited", async () => {
  const { bot, ada, bob, channel, form } = await openWithForm();
  const done = { type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text: "Done" }] };
  bot.pressed.body = { statusCode: 200, type: CARD_TYPE, value: done };
  await ada.presses(form, "Later");
  expect([ada.reads(form), bob.reads(form).includes("[Save]")]).toEqual(["Done", true]);
  await expect(ada.presses(form, "Later")).rejects.toThrow('no button "Later"; there are: none');
  bot.pressed.body = { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: "Noted" };
  await ada.presses(form, "Later", { card: FORM });
  bot.pressed.body = { statusCode: 400, type: "application/vnd.microsoft.error", value: { message: "Bad" } };
  await bob.presses(form, "Later");
  bot.pressed = { status: 500, body: {} };
  await bob.presses(form, "Later");
  expect([ada.toasts, ada.problems, bob.problems]).toEqual([
    ...[["Noted"], [], ["Bad", "Unable to reach app. Please try again. (500 {})"]],
  ]);
  await bot.call("PUT", pathOf(channel.id, form.id), cardMessage({ ...done, body: [] }));
  expect(ada.last(channel)).toMatchObject({ edits: 1, card: { body: [] } });
});
