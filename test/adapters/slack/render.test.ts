import type { RichTextElement } from "@slack/types";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/slack/render.ts";
import { type Block, COMMAND_NAMES, COMMANDS, type Reply } from "../../../src/index.ts";
import {
  buttonsOf,
  NAME,
  openHouse,
  openHouseAt,
  openHouseWith,
  pacific,
  type Stage,
  TO,
} from "../../support.ts";
import { buttonOf, LINKS, NO_LINKS, replyOf } from "../any-reply.ts";
import { blocksOf, buttonsIn, readingOf } from "./in-slack.ts";
import { problemsOf } from "./validate.ts";

const STAGES = Object.keys(TO) as Stage[];
const QUESTIONS = [
  "status",
  "next",
  "forecast",
  "eta",
  "window",
  "ready",
  "request",
  "reminders",
  "calendar",
];

/** What every message must be, whatever it says. */
function expectShown(reply: Reply): void {
  const message = renderMessage(reply, LINKS);
  expect([reply.title, problemsOf(message)]).toEqual([reply.title, []]);
  const reading = readingOf(message);
  expect(reading).not.toMatch(/… and \d+ more (?:parts|characters)|undefined|NaN|Invalid|\[object/);
  for (const { label } of buttonsOf(reply)) expect(reading).toContain(label.slice(0, 70));
  const [first] = message.text.split("\n");
  expect(first?.length).toBeLessThan(260);
  expect(readingOf({ ...message, blocks: message.blocks.slice(0, 1) }).trim()).not.toBe("");
}

function show(...blocks: Block[]): string {
  return readingOf(renderMessage(replyOf(...blocks), LINKS));
}

function elementsIn(message: ReturnType<typeof renderMessage>): RichTextElement[] {
  return blocksOf(message, "rich_text").flatMap(({ elements }) =>
    elements.flatMap((part) =>
      part.type === "rich_text_list" ? part.elements.flatMap((item) => item.elements) : part.elements,
    ),
  );
}

describe("Every answer of the product", () => {
  it.each(STAGES)(
    "at %s is a message that Slack takes, and so is every reminder from there on",
    async (stage) => {
      const house = await openHouseAt(stage, { zone: "Europe/Berlin" });
      for (const question of QUESTIONS) expectShown(await house.say(`${question} ${NAME}`));
      const sent = await house.wait("60d");
      for (const { reply } of sent) expectShown(reply);
      expectShown(await house.say(`status ${NAME} history`));
      expectShown(await house.say(`reminders ${NAME}`));
    },
  );

  it.each(COMMAND_NAMES)(
    "to “%s”, well said, half said and wrongly said, is a message that Slack takes",
    async (name) => {
      const { words, examples } = COMMANDS[name];
      const said = [
        ...words,
        ...examples,
        `${name} ${NAME}`,
        `${name} ${NAME} ???`,
        `${name} nobody`,
        `help ${name}`,
      ];
      const empty = await openHouse();
      for (const line of said) expectShown(await empty.say(line));
      const house = await openHouseWith(NAME, [
        "track Contoso Sales",
        `mark ${NAME} go-live 2026-11-02 12:00 already`,
      ]);
      for (const line of said) expectShown(await house.say(line));
    },
  );

  it("to a press of any of its buttons is a message that Slack takes", async () => {
    for (const stage of STAGES) {
      for (const question of ["status", "next", "reminders"]) {
        const house = await openHouseAt(stage);
        for (const button of buttonsOf(await house.say(`${question} ${NAME}`)))
          expectShown(await house.press(button));
      }
    }
  });
});

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

  it("tells a moment in the reader's own zone, with Pacific and its weekday beside it", () => {
    const time = pacific("2026-11-05T09:15").setZone("Europe/Berlin");
    const message = renderMessage(
      replyOf({ kind: "text", spans: ["by ", { time, pacific: true }, "."] }),
      LINKS,
    );
    expect(elementsIn(message).slice(1)).toEqual([
      { type: "text", text: "by " },
      {
        type: "date",
        timestamp: time.toSeconds(),
        format: "{date_short}, {time}",
        fallback: "Thu 5 Nov 2026, 18:15 GMT+1",
      },
      { type: "text", text: " (Thu 5 Nov, 09:15 PST)" },
      { type: "text", text: "." },
    ]);
    expect(message.text).toContain("Thu 5 Nov 2026, 18:15 GMT+1 (09:15 PST)");
  });

  it("mentions a person of Slack, and only names another", () => {
    const spans = [{ person: "Ana", id: "U012ABCDE" }, " and ", { person: "Bo", id: "you" }];
    const elements = elementsIn(renderMessage(replyOf({ kind: "text", spans }), LINKS));
    expect(elements).toContainEqual({ type: "user", user_id: "U012ABCDE" });
    expect(elements).toContainEqual({ type: "text", text: "Bo", style: { bold: true } });
  });

  it("links to web addresses only", () => {
    const spans = [
      { link: "the page", href: "https://learn.microsoft.com/a" },
      { link: "run", href: "javascript:alert(1)" },
    ];
    const elements = elementsIn(renderMessage(replyOf({ kind: "text", spans }), LINKS));
    expect(elements.filter(({ type }) => type === "link")).toEqual([
      { type: "link", url: "https://learn.microsoft.com/a", text: "the page" },
    ]);
    expect(elements).toContainEqual({ type: "text", text: "run (javascript:alert(1))" });
  });

  it("holds in its text what the blocks hold, the buttons as words to type", async () => {
    const house = await openHouseAt("testing");
    const { text } = renderMessage(await house.say(`status ${NAME}`), LINKS);
    for (const part of ["By when", "If missed", "Our reading:", "Source:", `mark ${NAME} go-live`])
      expect(text).toContain(part);
  });

  it("escapes its text, and counts the lines that are too many", () => {
    const items = Array.from({ length: 900 }, (_, index) => [`<!channel> & ${index}`]);
    const { text } = renderMessage(replyOf({ kind: "list", items }), LINKS);
    expect(text).toContain("&lt;!channel&gt; &amp; 0");
    expect(text).toMatch(/\n… and \d+ more lines$/);
    const told = Number(/(\d+) more lines$/.exec(text)?.[1]);
    // The headline, an empty line, and the items.
    expect(text.split("\n").length - 1 + told).toBe(902);
  });
});

describe("A line of stages", () => {
  const points = ["Draft", "Review", "Testing", "Publishing"].map((name, index) => ({
    name,
    mark: (["done", "done", "now", "ahead"] as const)[index] ?? "ahead",
  }));

  it("shows where it is, of how many, and what is behind and ahead, in words too", () => {
    const reading = show({ kind: "progress", label: "Stages", points });
    expect(reading).toContain("Stages: Testing (3 of 4)  ●●◉○");
    expect(reading).toContain("Done: Draft, Review · Ahead: Publishing");
  });

  it("of one point needs no dots", () => {
    expect(show({ kind: "progress", label: "Steps", points: points.slice(2, 3) })).toMatch(
      /^Steps: Testing$/m,
    );
  });
});

describe("The GA criteria", () => {
  it("say in words how each stands, its figure beside a bar of ten", async () => {
    const house = await openHouseWith(NAME, [`evidence ${NAME} availability=99.9 slo=99.6 backend=yes`]);
    const reading = readingOf(renderMessage(await house.say(`ready ${NAME}`), LINKS));
    expect(reading).toMatch(/✗ Availability: unmet\n▰{9}▱ 99.9 %; bar: at least 99.95 %; .* short/);
    expect(reading).toMatch(/✓ Service level objective \(SLO\): met\n▰{10} 99.6 %/);
    expect(reading).toMatch(/✓ Backend APIs in production: met\n(?![▰▱])/);
    expect(reading).toMatch(/\? Success rate: unknown\n(?![▰▱])/);
  });

  it("show a full bar only when the bar is reached", () => {
    const bars = [0, 0.04, 0.5, 0.9999, 1].map((share) =>
      show({ kind: "criteria", items: [{ name: "a", state: "met", spans: ["b"], share }] }),
    );
    expect(bars.map((bar) => (bar.match(/▰/g) ?? []).length)).toEqual([0, 0, 5, 9, 10]);
    expect(bars.map((bar) => (bar.match(/[▰▱]/g) ?? []).length)).toEqual([10, 10, 10, 10, 10]);
  });
});

describe("A table", () => {
  it("of waves ticks those that are reached and names the next, in words", async () => {
    const house = await openHouseAt("deploying");
    house.sleep("2026-11-10T12:00");
    const [table] = blocksOf(renderMessage(await house.say(`eta ${NAME}`), LINKS), "table");
    const states = table?.rows.map(([cell]) => JSON.stringify(cell));
    expect(states?.[0]).toContain('"State"');
    expect(states?.slice(1).map((state) => /done|next|ahead/.exec(state)?.[0])).toEqual([
      ...["done", "done", "next", "ahead", "ahead", "ahead"],
    ]);
    expect(table?.column_settings?.every(({ is_wrapped }) => is_wrapped)).toBe(true);
  });

  it("whose rows all lie ahead says so in no column", async () => {
    const house = await openHouseAt("review");
    const [table] = blocksOf(renderMessage(await house.say(`forecast ${NAME}`), LINKS), "table");
    expect(table?.rows[0]).toHaveLength(4);
  });

  it("after the first of a message is told line by line", () => {
    const table: Block = {
      kind: "table",
      columns: ["Wave", "Day"],
      rows: [{ mark: "done", cells: [["1"], ["Fri"]] }],
    };
    const message = renderMessage(replyOf(table, table), LINKS);
    expect(blocksOf(message, "table")).toHaveLength(1);
    expect(readingOf(message)).toContain("State · Wave · Day\n✓ done · 1 · Fri\n");
  });
});

describe("Notes and sources", () => {
  it("a warning stands out; what is read so or reported is small print; each says what it is", () => {
    const message = renderMessage(
      replyOf(
        { kind: "note", sort: "warning", spans: ["the link dies."] },
        { kind: "note", sort: "settled", spans: ["two days."] },
        { kind: "note", sort: "reported", spans: ["a freeze."] },
      ),
      LINKS,
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
    expect(show({ kind: "sources", sources })).toContain(
      "Source: <https://learn.microsoft.com/a?b=1&amp;c=2|The page>, “One”, “Two”",
    );
  });
});

describe("Buttons", () => {
  it("are at most five, the first green, the others to be typed", () => {
    const buttons = ["a", "b", "c", "d", "e", "f", "g"].map((label) => buttonOf(label));
    const message = renderMessage(replyOf({ kind: "buttons", buttons }), LINKS);
    expect(buttonsIn(message).map(({ text, style }) => [text.text, style])).toEqual([
      ["a", "primary"],
      ...["b", "c", "d", "e"].map((label) => [label, undefined]),
    ]);
    expect(readingOf(message)).toContain("Or type: status f, status g");
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
    const message = renderMessage(replyOf({ kind: "buttons", buttons: [long, buttonOf("Short")] }), LINKS);
    expect(buttonsIn(message).map(({ text }) => text.text)).toEqual(["Short"]);
    expect(readingOf(message)).toContain("Or type: say it");
  });
});

describe("Pictures and files", () => {
  const day = "2026-11-06";
  const picture: Block = {
    kind: "picture",
    picture: { heading: "Rollout", from: day, to: day, today: day, closed: [], rows: [] },
    alt: "Six waves from Fri 6 Nov to Mon 16 Nov.",
  };
  const file: Block = {
    kind: "file",
    label: "Calendar file",
    file: { name: "contoso-crm", calendar: "Contoso CRM", madeAt: pacific("2026-11-03T09:15"), events: [] },
  };

  it("are shown with what they say in words, and linked", () => {
    const message = renderMessage(replyOf(picture, file), LINKS);
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
      const message = renderMessage(replyOf(picture, file), { picture: () => url, file: () => url });
      expect(blocksOf(message, "image")).toEqual([]);
      expect(elementsIn(message).filter(({ type }) => type === "link")).toEqual([]);
    }
  });

  it("that can't be fetched: the picture is left out, the file is named", () => {
    const message = renderMessage(replyOf(picture, file), NO_LINKS);
    expect(blocksOf(message, "image")).toEqual([]);
    expect(readingOf(message)).toContain("Calendar file: contoso-crm.ics");
    expect(problemsOf(message)).toEqual([]);
  });
});

describe("A form", () => {
  it("asks in the message itself; why something was not taken stands at its input", async () => {
    const house = await openHouseAt("draft");
    const message = renderMessage(await house.say(`mark ${NAME} submitted next week`), LINKS);
    const inputs = blocksOf(message, "input");
    expect(inputs.map(({ element }) => element.type)).toEqual(["static_select", "datetimepicker"]);
    expect(inputs[1]?.label.text).toMatch(/^When – ⚠ .*“next week”/);
    expect(inputs[1]?.optional).toBe(true);
  });

  it("keeps what was typed: as the beginning of the input, or beside a picker that can't begin with it", () => {
    const message = renderMessage(
      replyOf({
        kind: "form",
        form: {
          label: "Form",
          action: "mark",
          fields: {},
          submit: "Record it",
          inputs: [
            { id: "a", label: "Name", sort: "text", value: "Contoso" },
            { id: "b", label: "When", sort: "moment", value: "2026-11-05T17:15:00Z" },
            { id: "c", label: "Until", sort: "moment", value: "next blursday" },
            { id: "d", label: "What", sort: "choice", options: [{ value: "go", label: "Go" }], value: "go" },
          ],
        },
      }),
      LINKS,
    );
    const [a, b, c, d] = blocksOf(message, "input");
    expect(a?.element).toMatchObject({ initial_value: "Contoso" });
    expect(b?.element).toMatchObject({ initial_date_time: Date.UTC(2026, 10, 5, 17, 15) / 1000 });
    expect(c?.element).not.toHaveProperty("initial_date_time");
    expect(c?.hint?.text).toBe("Before: “next blursday”.");
    expect(d?.element).toMatchObject({ initial_option: { text: { text: "Go" } } });
    expect(readingOf(message)).toContain("Record it");
  });

  it("with more options than Slack takes says how many are missing", () => {
    const options = Array.from({ length: 130 }, (_, index) => ({
      value: `v${index}`,
      label: `Option ${index}`,
    }));
    const inputs = [{ id: "a", label: "Which", sort: "choice" as const, options }];
    const form = { label: "Form", action: "mark", fields: {}, submit: "Record it", inputs };
    const message = renderMessage(replyOf({ kind: "form", form }), LINKS);
    expect(problemsOf(message)).toEqual([]);
    expect(blocksOf(message, "input")[0]?.hint?.text).toContain("… and 30 more");
    expect(readingOf(message)).toContain("Option 99");
  });

  it("that Slack can't send back is told in words", () => {
    const fields = { shown: "x".repeat(3000) };
    const form = { label: "Figures", action: "evidence", fields, submit: "Save", inputs: [] };
    const message = renderMessage(replyOf({ kind: "form", form }), LINKS);
    expect(readingOf(message)).toContain("Figures: this can't be asked here; type the command instead.");
    expect(buttonsIn(message)).toEqual([]);
  });
});
