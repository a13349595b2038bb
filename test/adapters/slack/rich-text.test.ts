import { describe, expect, it } from "vitest";
import { pacific } from "../../support.ts";
import { elementsIn, messageOf } from "./in-slack.ts";

describe("Text in Slack", () => {
  it("tells a moment in the reader's own zone, with Pacific and its weekday beside it", () => {
    const time = pacific("2026-11-05T09:15").setZone("Europe/Berlin");
    const message = messageOf({ kind: "text", spans: ["by ", { time, pacific: true }, "."] });
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

  it("tells Pacific by the reader's own clock", () => {
    const time = pacific("2026-11-05T09:15").setZone("Europe/Berlin").setLocale("en-US");
    const message = messageOf({ kind: "text", spans: [{ time, pacific: true }] });
    expect(elementsIn(message).slice(1)).toMatchObject([
      { type: "date", fallback: "Thu 5 Nov 2026, 6:15 PM GMT+1" },
      { type: "text", text: " (Thu 5 Nov, 9:15 AM PST)" },
    ]);
  });

  it("mentions a person of Slack, and only names another", () => {
    const spans = [{ person: "Ana", id: "U012ABCDE" }, " and ", { person: "Bo", id: "you" }];
    const elements = elementsIn(messageOf({ kind: "text", spans }));
    expect(elements).toContainEqual({ type: "user", user_id: "U012ABCDE" });
    expect(elements).toContainEqual({ type: "text", text: "Bo", style: { bold: true } });
  });

  it("links to web addresses only", () => {
    const spans = [
      { link: "the page", href: "https://learn.microsoft.com/a" },
      { link: "run", href: "javascript:alert(1)" },
    ];
    const elements = elementsIn(messageOf({ kind: "text", spans }));
    expect(elements.filter(({ type }) => type === "link")).toEqual([
      { type: "link", url: "https://learn.microsoft.com/a", text: "the page" },
    ]);
    expect(elements).toContainEqual({ type: "text", text: "run (javascript:alert(1))" });
  });
});
