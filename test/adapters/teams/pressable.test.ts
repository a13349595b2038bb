import { describe, expect, it } from "vitest";
import type { Input } from "../../../src/index.ts";
import { NAME, openHouseWith } from "../../support.ts";
import { buttonOf, FILE, formOf, replyOf } from "../sample-reply.ts";
import {
  actionCalled,
  actionsIn,
  buttons,
  cardOf,
  inputsIn,
  readingOf,
  runsWith,
  shown,
} from "./in-teams.ts";
import { problemsOf } from "./validate.ts";

describe("Buttons", () => {
  it("stand in their order, the first as the likely one", () => {
    const card = cardOf(replyOf(buttons("Go live", "Status")));
    expect(card.actions?.map(({ title, style }) => [title, style])).toEqual([
      ["Go live", "positive"],
      ["Status", undefined],
    ]);
  });

  it("whose label can't be seen are called by what they say", () => {
    const unseen = buttonOf("\u200b\u00ad", { says: "status Contoso" });
    const card = cardOf(replyOf({ kind: "buttons", buttons: [unseen] }));
    expect(card.actions?.map(({ title }) => title)).toEqual(["status Contoso"]);
  });

  it("show danger", () => {
    const drop = buttonOf("Delete", { style: "danger" });
    const card = cardOf(replyOf({ kind: "buttons", buttons: [drop, buttonOf("Keep")] }));
    expect(card.actions?.map(({ style }) => style)).toEqual(["destructive", undefined]);
  });

  it("are six at most; the others are told in words", () => {
    const card = cardOf(replyOf(buttons("a", "b", "c", "d"), buttons("e", "f", "g", "h")));
    expect(card.actions).toHaveLength(6);
    expect(readingOf(card)).toContain("Or type: status g, status h");
    expect(problemsOf(card)).toEqual([]);
  });

  it("are told in words when they carry too much", () => {
    const heavy = buttonOf("heavy", { fields: { text: "x".repeat(1000) } });
    const card = cardOf(replyOf({ kind: "buttons", buttons: [heavy, buttonOf("light")] }));
    expect(card.actions?.map(({ title }) => title)).toEqual(["light"]);
    expect(readingOf(card)).toContain("Or type: status heavy");
  });
});

describe("A calendar file", () => {
  it("is a button where it can be fetched", () => {
    const card = cardOf(replyOf(FILE));
    expect(actionsIn(card)).toMatchObject([
      { type: "Action.OpenUrl", title: "Calendar file", style: "positive" },
    ]);
  });

  it("is a link in a line where there is no place for a button", () => {
    const card = cardOf(replyOf(buttons("a", "b", "c", "d", "e", "f"), FILE));
    expect(readingOf(card)).toContain("Calendar file: contoso-crm.ics");
    expect(runsWith(card, "contoso-crm.ics")[0]?.selectAction).toMatchObject({
      url: "https://shepherd.example/files/1/contoso-crm.ics",
    });
  });

  it("is said in words where it can't be fetched", () => {
    expect(shown(FILE)).toEqual(["Calendar file: contoso-crm.ics"]);
  });
});

describe("A form", () => {
  it("asks for each input by its label, and says which are needed", () => {
    const card = cardOf(
      replyOf(
        formOf(
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
        formOf(
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
    expect(inputsIn(cardOf(replyOf(formOf(moment))))).toMatchObject([
      { type: "Input.Date", id: "day:when", value: "2026-11-05" },
      { type: "Input.Time", id: "time:when", value: "18:15" },
    ]);
  });

  it("tells a moment whose zone is not the reader's beside the empty day", () => {
    const moment: Input = { id: "when", label: "When", sort: "moment", value: "2026-11-05T17:15:00.000Z" };
    const card = cardOf(replyOf(formOf(moment)));
    expect(inputsIn(card).map(({ value }) => value)).toEqual([undefined, undefined]);
    expect(readingOf(card)).toContain(
      "Before: {{DATE(2026-11-05T17:15:00Z, SHORT)}} {{TIME(2026-11-05T17:15:00Z)}}",
    );
    expect(problemsOf(card)).toEqual([]);
  });

  it.each(["yesterday 3pm", "2026-02-31", "2026-11-03 99:99"])(
    "tells a moment it can't show: %s",
    (value) => {
      const card = cardOf(replyOf(formOf({ id: "when", label: "When", sort: "moment", value })));
      expect(inputsIn(card)[0]?.value).toBeUndefined();
      expect(readingOf(card)).toContain(`Before: “${value}”`);
    },
  );

  it("offers the choices, and has chosen the one that is known", () => {
    const options = ["yes", "no"].map((value) => ({ value, label: value.toUpperCase() }));
    const [input] = inputsIn(
      cardOf(replyOf(formOf({ id: "a", label: "A", sort: "choice", options, value: "no" }))),
    );
    expect(input).toMatchObject({ type: "Input.ChoiceSet", style: "compact", value: "no" });
    expect(input?.choices).toEqual([
      { title: "YES", value: "yes" },
      { title: "NO", value: "no" },
    ]);
  });

  it("counts the choices it has no place for", () => {
    const options = Array.from({ length: 70 }, (_, index) => ({ value: `${index}`, label: `${index}` }));
    const card = cardOf(replyOf(formOf({ id: "a", label: "A", sort: "choice", options })));
    expect(inputsIn(card)[0]?.choices).toHaveLength(50);
    expect(readingOf(card)).toContain("… and 20 more, to be typed");
  });

  it("says at the input why what was typed was not taken", async () => {
    const house = await openHouseWith(NAME);
    const card = cardOf(await house.say("settings zone Nowhere"));
    expect(inputsIn(card)[0]?.value).toBe("Nowhere");
    const problem = runsWith(card, "⚠ ")[0];
    expect(problem).toMatchObject({ color: "Attention" });
    expect(readingOf(card).split("\n")).toContain(problem?.text);
  });

  it("sends its inputs with its own button; the others leave them alone", () => {
    const card = cardOf(replyOf(formOf({ id: "a", label: "A", sort: "text" }), buttons("Status")));
    expect(actionCalled(card, "Record it").associatedInputs).toBe("auto");
    expect(actionCalled(card, "Status").associatedInputs).toBe("none");
    expect(actionCalled(card, "Status").fallback?.associatedInputs).toBe("none");
  });

  it("takes one of the six places for buttons", () => {
    const card = cardOf(
      replyOf(buttons("a", "b", "c", "d", "e", "f"), formOf({ id: "a", label: "A", sort: "text" })),
    );
    expect(actionsIn(card)).toHaveLength(6);
    expect(readingOf(card)).toContain("Or type: status f");
  });

  it("is one in a card; a second is told in words", () => {
    const one = formOf({ id: "a", label: "A", sort: "text" });
    const card = cardOf(replyOf(one, formOf({ id: "b", label: "B", sort: "text" })));
    expect(inputsIn(card).map(({ id }) => id)).toEqual(["in:a"]);
    expect(readingOf(card)).toContain("About it: this can't be asked here; type the command instead.");
  });
});
