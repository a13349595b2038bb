import { describe, expect, it } from "vitest";
import { NAME, openHouseAt } from "../../support.ts";
import { LINKS, NO_LINKS, replyOf } from "../sample-reply.ts";
import { cardOf, partsIn, readingOf, runsWith, shown } from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

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
    expect(shown({ kind: "progress", label: "Steps", points })[0]).toBe("Steps · 2 of 2 done");
  });
});

describe("The picture of a rollout", () => {
  it("can be looked at where there is a place for pictures", async () => {
    const house = await openHouseAt("deploying");
    const reply = await house.say(`eta ${NAME}`);
    const [image] = partsIn(cardOf(reply, LINKS), "Image");
    expect(image).toMatchObject({ url: "https://shepherd.example/pictures/1.png", size: "Stretch" });
    expect(image?.altText).toContain("Fri 6 Nov");
    expect(partsIn(cardOf(reply, NO_LINKS), "Image")).toEqual([]);
  });
});

describe("A criterion", () => {
  const bar = (share: number | undefined) => {
    const lines = shown({
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
    expect(shown({ kind: "criteria", items })).toEqual([
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
    expect(shown({ kind: "note", sort, spans: ["so it is"] })).toEqual([line]);
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
