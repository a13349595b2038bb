import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMAND_NAMES } from "../../src/commands/command.ts";
import { parse } from "../../src/commands/parse.ts";
import type { Button, Reply } from "../../src/reply.ts";
import { buttonsOf, type House, NAME, openHouse, openHouseAt, type Stage, TO, textOf } from "../support.ts";

const SEED = 20_261_103;

const WORD = fc.oneof(
  fc.constantFrom(...COMMAND_NAMES, "show", "add", "what's next", "where is", "?"),
  fc.constantFrom(NAME, "Contoso", "contoso crn", "Jira", "JIRA", "to", "if", "constructor", "__proto__"),
  fc.constantFrom(
    "submitted",
    "go-live",
    "start",
    "ga",
    "already",
    "yesterday 3pm",
    "friday",
    "31 Feb",
    "2026-11-04",
  ),
  fc.constantFrom(
    "slo=99.6",
    "users=1,2,3",
    "responses=2xx:9",
    "=",
    "mute",
    "unmute",
    "snooze",
    "4h",
    "history",
  ),
  fc.constantFrom(
    "sas-uri",
    "categories",
    "unchecked",
    "account",
    "3",
    "Germany",
    "UK",
    "Mars",
    "GCC",
    "confirm",
  ),
  fc.constantFrom(
    "zone",
    "freeze",
    "remind",
    "add",
    "remove",
    "waves",
    "off",
    "Europe/Berlin",
    "\u202e",
    '"',
    "“",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const MESSAGE = fc.array(WORD, { maxLength: 7 }).map((words) => words.join(" "));

function expectFine(house: House, reply: Reply): void {
  expect(house.logged).toEqual([]);
  expect(reply.title.trim()).not.toBe("");
  expect(reply.title).not.toMatch(/[\n\r]|undefined|\[object|NaN|native code|Invalid DateTime/);
  expect(reply.title.length).toBeLessThan(420);
  expect(textOf(reply)).not.toMatch(/undefined|\[object|NaN|native code|Invalid DateTime/);
  for (const { label, says, action } of buttonsOf(reply)) {
    expect(label.trim()).not.toBe("");
    expect(says.trim()).not.toBe("");
    expect(action.trim()).not.toBe("");
  }
}

describe("Whatever is said", () => {
  it("parsing gives one of its kinds and never throws", () => {
    const anything = fc.oneof(
      MESSAGE,
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ size: "xlarge" }),
    );
    fc.assert(
      fc.property(anything, (said) => {
        expect(["said", "named", "unknown", "unreadable"]).toContain(parse(said).kind);
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it("is answered, without a fault of ours", async () => {
    const house = await openHouse();
    await house.sayAll(`track ${NAME}`, "track Jira", "track JIRA", "track to");
    await fc.assert(
      fc.asyncProperty(MESSAGE, async (said) => {
        expectFine(house, await house.say(said));
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it("is answered when it is pressed instead: any action with any fields", async () => {
    const house = await openHouseAt("testing");
    const { id } = await house.connector(NAME);
    const key = fc.constantFrom(
      ...["connector", "name", "milestone", "when", "step", "given", "do", "for", "reminder", "to", "place"],
      ...[
        "confirm",
        "words",
        "text",
        "clouds",
        "change",
        "history",
        "already",
        "topic",
        "times",
        "count",
        "asked",
        "constructor",
        "__proto__",
      ],
    );
    const value = fc.oneof(WORD, fc.constant(id), MESSAGE);
    const press = fc.record({
      action: fc.oneof(fc.constantFrom(...COMMAND_NAMES, "say", "", "constructor"), fc.string()),
      fields: fc.dictionary(key, value, { maxKeys: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(press, async (button) => {
        expectFine(house, await house.press(button));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});

describe("Every button that is ever offered", () => {
  const STARTS = [
    ...[
      "hi",
      "help",
      "list",
      "settings",
      "settings freeze",
      "settings remind",
      "eta if go-live friday",
      "forget",
      "status Nobody",
      "mark",
    ],
    ...[
      "status",
      "next",
      "forecast",
      "eta",
      "window",
      "ready",
      "request",
      "reminders",
      "mark",
      "untrack",
      "evidence",
    ].map((command) => `${command} ${NAME}`),
    ...[`status ${NAME} history`, `mark ${NAME} go-live tomorrow`, `mark ${NAME} ga`, `status Contso Crmm`],
  ];

  it.each(Object.keys(TO) as Stage[])(
    "can be pressed from %s on, and says in words what it does",
    async (stage) => {
      const house = await openHouseAt(stage);
      const open: Reply[] = [];
      for (const line of STARTS) open.push(await house.say(line));
      const pressed = new Set<string>();
      const dangers = new Map<string, Button>();
      for (let reply = open.shift(); reply !== undefined && pressed.size < 400; reply = open.shift()) {
        expectFine(house, reply);
        for (const button of buttonsOf(reply)) {
          // What would end the walk comes last.
          if (button.style === "danger") {
            dangers.set(button.says, button);
            continue;
          }
          const here = await house.standing(NAME).then(
            (standing) => standing.stage,
            () => "forgotten",
          );
          const key = `${here} ${button.action} ${JSON.stringify({ ...button.fields, change: "", connector: "" })}`;
          if (pressed.has(key)) continue;
          pressed.add(key);
          const meant = parse(button.says);
          expect(`${button.says}: ${"command" in meant ? meant.command : meant.kind}`).toBe(
            `${button.says}: ${button.action}`,
          );
          open.push(await house.press(button));
          house.sleep("7m");
        }
      }
      expect(pressed.size).toBeGreaterThan(20);
      expect(dangers.size).toBeGreaterThan(1);
      for (const button of dangers.values()) expectFine(house, await house.press(button));
    },
  );
});
