import { describe, expect, it } from "vitest";
import { formOf, replyOf } from "../sample-reply.ts";
import { buttons, cardOf, inputsIn, partsIn } from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

describe("The check of cards", () => {
  const card = () =>
    JSON.parse(JSON.stringify(cardOf(replyOf(buttons("a"), formOf({ id: "a", label: "A", sort: "text" })))));
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
