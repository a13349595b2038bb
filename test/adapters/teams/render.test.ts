import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../../../adapters/teams/render.ts";
import type { Block, Button, Input, Span } from "../../../src/index.ts";
import { NAME, openHouseAt, openHouseWith } from "../../support.ts";
import {
  actionCalled,
  actionsIn,
  cardOf,
  inputsIn,
  LINKS,
  NO_LINKS,
  partsIn,
  readingOf,
  replyOf,
} from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

const EVENING = DateTime.fromISO("2026-11-05T17:15:00Z", { zone: "Europe/Berlin" });

function textOf(...spans: Span[]) {
  return cardOf(replyOf({ kind: "text", spans }));
}

function read(block: Block): string[] {
  return readingOf(cardOf(replyOf(block), NO_LINKS))
    .split("\n")
    .slice(1);
}

/** The runs of a card that hold a text. */
function runsWith(card: ReturnType<typeof cardOf>, text: string) {
  return partsIn(card, "TextRun").filter((run) => `${run.text}`.includes(text));
}

function buttons(...labels: string[]): Block {
  return { kind: "buttons", buttons: labels.map((label) => buttonOf(label)) };
}

function buttonOf(label: string, more: Partial<Button> = {}): Button {
  return { label, action: "status", fields: {}, says: `say ${label}`, ...more };
}

function form(...inputs: Input[]): Block {
  return {
    kind: "form",
    form: { label: "About it", action: "mark", fields: {}, submit: "Record it", inputs },
  };
}

describe("A time", () => {
  it("is shown by Teams in the reader's own zone, with Pacific beside it in words", () => {
    const card = textOf("Expires ", { time: EVENING, pacific: true }, ".");
    expect(runsWith(card, "{{")[0]?.text).toBe(
      "{{DATE(2026-11-05T17:15:00Z, SHORT)}} {{TIME(2026-11-05T17:15:00Z)}} (Thu 5 Nov, 09:15 PST)",
    );
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
    const reply = { ...replyOf(buttons(name), form({ id: "a", label: name, sort: "text" })), title: name };
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

describe("Where a connector stands", () => {
  it("is told in words first, then drawn, then named", async () => {
    const house = await openHouseAt("testing");
    const lines = readingOf(cardOf(await house.say(`status ${NAME}`))).split("\n");
    expect(lines[1]).toBe("Stages · 4 of 9: Testing");
    expect(lines[2]?.trim().split(" ")).toEqual(["━━", "━━", "━━", "━━", "──", "──", "──", "──", "──"]);
    expect(lines[3]).toMatch(/^Account ✓ › Draft ✓ › Review ✓ › Testing › Publishing › /);
  });

  it("is counted where nothing is under way", () => {
    const points = ["a", "b"].map((name) => ({ name, mark: "done" as const }));
    expect(read({ kind: "progress", label: "Steps", points })[0]).toBe("Steps · 2 of 2 done");
  });
});

describe("A rollout", () => {
  it("ticks the waves that were reached, in a word too, and marks the next", async () => {
    const house = await openHouseAt("deploying");
    await house.wait("2026-11-10T12:00");
    const rows = partsIn(cardOf(await house.say(`eta ${NAME} Germany`)), "TableRow").map((row) =>
      readingOf({ ...cardOf(replyOf()), body: [row as never] }),
    );
    expect(rows[0]).toMatch(/^Wave\nRegions\nDay/);
    expect(rows[1]).toMatch(/^1\n✓\sdone\nTesting\nFri 6 Nov/);
    expect(rows[3]).toMatch(/^3\n▸\snext\n/);
    expect(rows[6]).toMatch(/^6\nAustralia/);
  });

  it("shows the wave that was asked for in bold", async () => {
    const house = await openHouseAt("deploying");
    const card = cardOf(await house.say(`eta ${NAME} Germany`));
    expect(runsWith(card, "Europe except").at(-1)?.weight).toBe("Bolder");
    expect(runsWith(card, "Asia except").at(-1)?.weight).toBeUndefined();
  });

  it("can be looked at where there is a place for pictures", async () => {
    const house = await openHouseAt("deploying");
    const reply = await house.say(`eta ${NAME}`);
    const [image] = partsIn(cardOf(reply, LINKS), "Image");
    expect(image).toMatchObject({ url: "https://shepherd.example/pictures/1.png", size: "Stretch" });
    expect(image?.altText).toContain("Fri 6 Nov");
    expect(partsIn(cardOf(reply, NO_LINKS), "Image")).toEqual([]);
  });
});

describe("A table whose last column is sentences", () => {
  it("has them below the first column, with their title", () => {
    const why = "calendar months from the day it becomes Live";
    const lines = read({
      kind: "table",
      columns: ["Milestone", "Earliest", "Latest", "Assuming"],
      rows: [{ cells: [["Six months in preview"], ["Thu 6 May"], ["Thu 13 May"], [why]] }],
    });
    expect(lines).toEqual([
      ...["Milestone", "Earliest", "Latest"],
      ...["Six months in preview", `Assuming: ${why}`, "Thu 6 May", "Thu 13 May"],
    ]);
  });
});

describe("A criterion", () => {
  const bar = (share: number | undefined) => {
    const lines = read({
      kind: "criteria",
      items: [{ name: "SLO", state: "unmet", spans: ["99.4 %"], share }],
    });
    return [...(lines[2] ?? "")];
  };

  it("says its state in a word beside the sign", () => {
    const items = (["met", "unmet", "unknown"] as const).map((state) => ({
      name: "SLO",
      state,
      spans: ["99"],
    }));
    expect(read({ kind: "criteria", items })).toEqual([
      ...["✓ SLO · met", "99", "✗ SLO · unmet", "99", "? SLO · unknown", "99"],
    ]);
  });

  it.each([
    [1, 26],
    [0.9999, 25],
    [0.5, 13],
    [0.0001, 1],
    [0, 0],
  ])("draws %d of its bar as %i strokes of 26: full only when it is reached", (share, thick) => {
    expect(bar(share).filter((stroke) => stroke === "━")).toHaveLength(thick);
    expect(bar(share)).toHaveLength(26);
  });

  it("draws no bar without a figure", () => {
    expect(bar(undefined)).toEqual([]);
  });
});

describe("Text to copy", () => {
  it("keeps its lines, spaces and braces", () => {
    const text = '{\n  "name": "{{DATE(2026-01-01T00:00:00Z)}}",\n  "a": {"b": {}}\n}';
    const card = cardOf(replyOf({ kind: "copy", label: "JSON", text }));
    const runs = partsIn(card, "TextRun").filter(({ fontType }) => fontType === "Monospace");
    expect(runs.map((run) => run.text).join("")).toBe(text);
    expect(problemsOf(card)).toEqual([]);
  });
});

describe("A note", () => {
  it.each([
    ["settled", "Our reading: so it is"],
    ["reported", "Reported: so it is"],
    ["warning", "Careful: so it is"],
  ] as const)("says what sort it is: %s", (sort, line) => {
    expect(read({ kind: "note", sort, spans: ["so it is"] })).toEqual([line]);
  });
});

describe("A document that is cited", () => {
  it("stands once, as a link, with its sections", () => {
    const cite = (section: string) => ({
      document: "GA page",
      section,
      href: "https://learn.microsoft.com/ga",
    });
    const card = cardOf(replyOf({ kind: "sources", sources: [cite("Criteria"), cite("Request")] }));
    expect(readingOf(card)).toContain("Source: GA page, “Criteria”, “Request”");
    expect(runsWith(card, "GA page")).toHaveLength(1);
    expect(partsIn(card, "Action.OpenUrl")).toHaveLength(1);
  });
});

describe("Buttons", () => {
  it("stand in their order, the first as the likely one", () => {
    const card = cardOf(replyOf(buttons("Go live", "Status")));
    expect(card.actions?.map(({ title, style }) => [title, style])).toEqual([
      ["Go live", "positive"],
      ["Status", undefined],
    ]);
  });

  it("show danger", () => {
    const drop = buttonOf("Delete", { style: "danger" });
    const card = cardOf(replyOf({ kind: "buttons", buttons: [drop, buttonOf("Keep")] }));
    expect(card.actions?.map(({ style }) => style)).toEqual(["destructive", undefined]);
  });

  it("are six at most; the others are told in words", () => {
    const card = cardOf(replyOf(buttons("a", "b", "c", "d"), buttons("e", "f", "g", "h")));
    expect(card.actions).toHaveLength(6);
    expect(readingOf(card)).toContain("Or type: say g, say h");
    expect(problemsOf(card)).toEqual([]);
  });

  it("are told in words when they carry too much", () => {
    const heavy = buttonOf("heavy", { fields: { text: "x".repeat(1000) } });
    const card = cardOf(replyOf({ kind: "buttons", buttons: [heavy, buttonOf("light")] }));
    expect(card.actions?.map(({ title }) => title)).toEqual(["light"]);
    expect(readingOf(card)).toContain("Or type: say heavy");
  });
});

describe("A calendar file", () => {
  const file: Block = {
    kind: "file",
    label: "Calendar file",
    file: { name: "contoso-crm", calendar: "Contoso CRM", madeAt: EVENING, events: [] },
  };

  it("is a button where it can be fetched", () => {
    const card = cardOf(replyOf(file));
    expect(actionsIn(card)).toMatchObject([
      { type: "Action.OpenUrl", title: "Calendar file", style: "positive" },
    ]);
  });

  it("is a link in a line where there is no place for a button", () => {
    const card = cardOf(replyOf(buttons("a", "b", "c", "d", "e", "f"), file));
    expect(readingOf(card)).toContain("Calendar file: contoso-crm.ics");
    expect(runsWith(card, "contoso-crm.ics")[0]?.selectAction).toMatchObject({
      url: "https://shepherd.example/files/1.ics",
    });
  });

  it("is said in words where it can't be fetched", () => {
    expect(read(file)).toEqual(["Calendar file: contoso-crm.ics"]);
  });
});

describe("A form", () => {
  it("asks for each input by its label, and says which are needed", () => {
    const card = cardOf(
      replyOf(
        form(
          { id: "name", label: "Name", sort: "text", hint: "As in Partner Center" },
          { id: "why", label: "Why", sort: "text", isOptional: true, value: "because" },
        ),
      ),
    );
    expect(inputsIn(card)).toMatchObject([
      {
        label: "Name",
        isRequired: true,
        errorMessage: "This is needed.",
        placeholder: "As in Partner Center",
      },
      { label: "Why", value: "because" },
    ]);
    expect(inputsIn(card)[1]?.isRequired).toBeUndefined();
  });

  it("has a long hint, and one beside what is filled in, below the input", () => {
    const long = `Area/City, ${"such as Europe/Berlin ".repeat(5)}`;
    const card = cardOf(
      replyOf(
        form(
          { id: "a", label: "A", sort: "text", hint: long },
          { id: "b", label: "B", sort: "text", hint: "Short", value: "x" },
        ),
      ),
    );
    expect(inputsIn(card).map(({ placeholder }) => placeholder)).toEqual([undefined, undefined]);
    expect(runsWith(card, long)).toHaveLength(1);
    expect(runsWith(card, "Short")).toHaveLength(1);
  });

  it("asks for a moment by day and time, as the reader's clock shows them", () => {
    const moment: Input = {
      id: "when",
      label: "When",
      sort: "moment",
      value: "2026-11-05T18:15:00.000+01:00",
    };
    expect(inputsIn(cardOf(replyOf(form(moment))))).toMatchObject([
      { type: "Input.Date", id: "when.date", value: "2026-11-05" },
      { type: "Input.Time", id: "when.time", value: "18:15" },
    ]);
  });

  it("tells a moment whose zone is not the reader's beside the empty day", () => {
    const moment: Input = { id: "when", label: "When", sort: "moment", value: "2026-11-05T17:15:00.000Z" };
    const card = cardOf(replyOf(form(moment)));
    expect(inputsIn(card).map(({ value }) => value)).toEqual([undefined, undefined]);
    expect(readingOf(card)).toContain(
      "Before: {{DATE(2026-11-05T17:15:00Z, SHORT)}} {{TIME(2026-11-05T17:15:00Z)}}",
    );
    expect(problemsOf(card)).toEqual([]);
  });

  it.each(["yesterday 3pm", "2026-02-31", "2026-11-03 99:99"])(
    "tells a moment it can't show: %s",
    (value) => {
      const card = cardOf(replyOf(form({ id: "when", label: "When", sort: "moment", value })));
      expect(inputsIn(card)[0]?.value).toBeUndefined();
      expect(readingOf(card)).toContain(`Before: “${value}”`);
    },
  );

  it("offers the choices, and has chosen the one that is known", () => {
    const options = ["yes", "no"].map((value) => ({ value, label: value.toUpperCase() }));
    const [input] = inputsIn(
      cardOf(replyOf(form({ id: "a", label: "A", sort: "choice", options, value: "no" }))),
    );
    expect(input).toMatchObject({ type: "Input.ChoiceSet", style: "compact", value: "no" });
    expect(input?.choices).toEqual([
      { title: "YES", value: "yes" },
      { title: "NO", value: "no" },
    ]);
  });

  it("counts the choices it has no place for", () => {
    const options = Array.from({ length: 70 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const card = cardOf(replyOf(form({ id: "a", label: "A", sort: "choice", options })));
    expect(inputsIn(card)[0]?.choices).toHaveLength(50);
    expect(readingOf(card)).toContain("… and 20 more, to be typed");
  });

  it("says at the input why what was typed was not taken", async () => {
    const house = await openHouseWith(NAME);
    const card = cardOf(await house.say("settings zone Nowhere"));
    expect(inputsIn(card)[0]?.value).toBe("Nowhere");
    const problem = runsWith(card, "Not taken: ")[0];
    expect(problem).toMatchObject({ color: "Attention" });
    expect(readingOf(card).split("\n")).toContain(problem?.text);
  });

  it("sends its inputs with its own button; the others leave them alone", () => {
    const card = cardOf(replyOf(form({ id: "a", label: "A", sort: "text" }), buttons("Status")));
    expect(actionCalled(card, "Record it").associatedInputs).toBe("auto");
    expect(actionCalled(card, "Status").associatedInputs).toBe("none");
    expect(actionCalled(card, "Status").fallback?.associatedInputs).toBe("none");
  });

  it("takes one of the six places for buttons", () => {
    const card = cardOf(
      replyOf(buttons("a", "b", "c", "d", "e", "f"), form({ id: "a", label: "A", sort: "text" })),
    );
    expect(actionsIn(card)).toHaveLength(6);
    expect(readingOf(card)).toContain("Or type: say f");
  });

  it("is one in a card; a second is told in words", () => {
    const one = form({ id: "a", label: "A", sort: "text" });
    const card = cardOf(replyOf(one, form({ id: "b", label: "B", sort: "text" })));
    expect(inputsIn(card).map(({ id }) => id)).toEqual(["a"]);
    expect(readingOf(card)).toContain("About it: this can't be asked here; type the command instead.");
  });
});

describe("The check of cards", () => {
  const card = () =>
    JSON.parse(JSON.stringify(cardOf(replyOf(buttons("a"), form({ id: "a", label: "A", sort: "text" })))));
  const broken: [
    what: string,
    change: (card: ReturnType<typeof cardOf> & Record<string, unknown>) => void,
  ][] = [
    ["an element of later versions", (one) => one.body.push({ type: "Carousel", pages: [] } as never)],
    ["a property of later versions", (one) => Object.assign(one.body[0] ?? {}, { targetWidth: "Wide" })],
    ["a text that is Markdown", (one) => one.body.push({ type: "TextBlock", text: "hi" } as never)],
    ["an input without a label", (one) => delete inputsIn(one)[0]?.label],
    ["a needed input that says nothing", (one) => delete inputsIn(one)[0]?.errorMessage],
    ["the same input twice", (one) => one.body.push(inputsIn(one)[0] as never)],
    ["an action without a title", (one) => Object.assign(one.actions?.[0] ?? {}, { title: "" })],
    ["an action without a fallback", (one) => Object.assign(one.actions?.[0] ?? {}, { fallback: undefined })],
    [
      "seven actions",
      (one) => one.actions?.push(...Array.from({ length: 6 }, () => one.actions?.[0] as never)),
    ],
    ["too many bytes", (one) => Object.assign(one, { fallbackText: "x".repeat(25_000) })],
    ["no fallback text", (one) => Object.assign(one, { fallbackText: "" })],
    [
      "an unsafe address",
      (one) => one.body.push({ type: "Image", url: "http://x.example/1.png", altText: "x" } as never),
    ],
    [
      "a picture without words",
      (one) => one.body.push({ type: "Image", url: "https://x.example/1.png" } as never),
    ],
    [
      "a function that is not ours",
      (one) => Object.assign(partsIn(one, "TextRun")[0] ?? {}, { text: "a {{DATE(2026-01-01T00:00:00Z)}}" }),
    ],
  ];

  it.each(broken)("finds %s", (_, change) => {
    const one = card();
    expect(problemsOf(one)).toEqual([]);
    change(one);
    expect(problemsOf(one)).not.toEqual([]);
  });
});
