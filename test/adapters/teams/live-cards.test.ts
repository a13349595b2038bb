import { describe, expect, test, vi } from "vitest";
import { asked, goLiveInTwo } from "./live.ts";
import type { Activity } from "./world/activities.ts";
import { buttonsOf } from "./world/teams-world.ts";
import type { Call } from "./world/troubles.ts";

const BELOW = "The answer is below.";
const ALONE = "The answer is for you alone, below.";
const STALE = "Not recorded: that button is from when Contoso CRM was at Review";
const OLD = "That button belongs to an older version; nothing was changed.";

/** In both tenants the same name is followed and submitted; `card` and `theirs` say how it stands, in a channel of each. */
async function goLiveSubmitted() {
  const live = await goLiveInTwo();
  const { a, b, followed } = live;
  const lines = ["track Contoso CRM", "mark contoso submitted", "status contoso"];
  const card = await asked(live, a.someone, a.channel, ...lines);
  const theirs = await asked(live, b.someone, b.channel, ...lines);
  const kept = async () => JSON.stringify([await followed(a), await followed(b)]);
  const moves = async () => (await followed(a))[0]?.moves.map(({ milestone, by }) => [milestone, by.name]);
  return { live, ...live, ana: a.someone, bob: a.other, card, theirs, kept, moves };
}

type Data = { connector: string } & Record<string, unknown>;

/** The last word on what a press says. */
const saying = (change: (data: { fields: Data }, action: Record<string, unknown>) => void) => {
  return ({ value }: Activity) => {
    const { action } = value as { action: Record<string, unknown> & { data: { fields: Data } } };
    change(action.data, action);
  };
};

describe("A press that changes something", () => {
  test("redraws the card for all who see it, and for who pressed at once", async () => {
    const { ana, bob, b, card, theirs, world, moves } = await goLiveSubmitted();
    const before = world.calls.length;
    const { body } = await bob.presses(card, "Report passed");
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(bob.reads(card)).toContain("By Bob of contoso.");
    await world.until(() => ana.reads(card).includes("By Bob of contoso."));
    expect(world.calls.slice(before)).toMatchObject([{ method: "PUT", activityId: card.id, status: 200 }]);
    for (const person of [ana, bob]) {
      expect(person.reads(card)).toContain("Stages · 4 of 9: Testing");
      expect(person.reads(card)).toContain("By Bob of contoso.");
    }
    expect(ana.reads(card)).toContain("the link expires Thu, 5 Nov 2026 18:15 (Thu 5 Nov");
    expect(bob.reads(card)).toContain("the link expires Thu, Nov 5, 2026 12:15 PM (Thu 5 Nov");
    expect(await moves()).toEqual([
      ["submitted", "Ana of contoso"],
      ["report-passed", "Bob of contoso"],
    ]);
    expect([...ana.problems, ...bob.problems]).toEqual([]);
    expect(b.someone.reads(theirs)).toContain("Stages · 3 of 9: Review");
  });

  test("by a client that only sends messages redraws it too, and says nothing more", async () => {
    const { ana, bob, card, world, a, moves } = await goLiveSubmitted();
    const before = a.channel.messages.length;
    expect((await bob.presses(card, "Report passed", { as: "submit" })).status).toBe(200);
    await world.until(() => ana.reads(card).includes("By Bob of contoso."));
    expect(a.channel.messages).toHaveLength(before);
    expect(await moves()).toHaveLength(2);
    await bob.presses(card, "Undo", { as: "submit" });
    await world.until(() => ana.reads(card).includes("Undone for Contoso CRM: mark report-passed"));
    expect(await moves()).toHaveLength(1);
  });

  test.each([404, 403, 502])(
    "is shown to who pressed, and done, when the card can't be redrawn: %i",
    async (status) => {
      const { ana, bob, card, world, a, moves, logged } = await goLiveSubmitted();
      const fits = ({ method }: Call) => method === "PUT";
      world.trouble(a.channel, { status, times: Number.POSITIVE_INFINITY, fits });
      await bob.presses(card, "Report passed");
      expect(bob.reads(card)).toContain("Stages · 4 of 9: Testing");
      expect(ana.reads(card)).toContain("Stages · 3 of 9: Review");
      expect(await moves()).toHaveLength(2);
      const tried = () => logged.some(({ message }) => message === "a card could not be redrawn");
      await vi.waitUntil(tried, { timeout: 20_000 });
      world.forgetTrouble();
      await ana.presses(card, "Report passed");
      expect(ana.last(a.channel).summary).toContain(STALE);
    },
  );

  test("and can't be redrawn for a client that only sends messages is told below", async () => {
    const { bob, card, world, a } = await goLiveSubmitted();
    world.trouble(a.channel, { status: 404, fits: ({ method }) => method === "PUT" });
    await bob.presses(card, "Report passed", { as: "submit" });
    await world.until(() => bob.last(a.channel).summary.startsWith("Contoso CRM: Report passed"));
  });
});

describe("A press that asks something", () => {
  test("is answered below, in the same thread, and leaves the card alone", async () => {
    const { ana, bob, a, card, world } = await goLiveSubmitted();
    await bob.presses(card, "Forecast");
    const forecast = ana.last(a.channel);
    expect([forecast.thread, forecast.targetedTo]).toEqual([card.thread, undefined]);
    expect(forecast.summary).toContain("Contoso CRM: General availability between");
    expect(ana.reads(card)).toContain("Stages · 3 of 9: Review");
    expect(bob.toasts).toEqual([BELOW]);
    await bob.presses(card, "Record with a date", { as: "submit" });
    await world.until(() => ana.last(a.channel).summary.startsWith("Choose what happened to Contoso CRM"));
    expect(ana.reads(card)).toContain("Stages · 3 of 9: Review");
  });

  test("turns a list, and brings it up to date, in its place", async () => {
    const { live, ana, bob, a, b, world } = await goLiveSubmitted();
    const names = Array.from({ length: 10 }, (_, index) => `Number ${String.fromCharCode(65 + index)}`);
    const people = names.map((name) => ({ name, person: a.tenant.person(`Friend of ${name}`) }));
    for (const { name, person } of people) await asked(live, person, undefined, `track ${name}`);
    const list = await asked(live, ana, a.group, "list");
    expect(ana.reads(list)).toContain("11 connectors");
    expect(ana.reads(list)).not.toContain("Number J");
    await bob.presses(list, "More");
    await world.until(() => ana.reads(list).includes("Number J | "));
    expect(buttonsOf(ana.last(a.group).card)).toContain("Before");
    await asked(live, ana, undefined, "untrack Number J confirm");
    await ana.presses(ana.last(a.group), "Refresh");
    await world.until(() => bob.reads(list).includes("10 connectors"));
    expect(a.group.fromBot()).toHaveLength(1);
    expect(world.callsTo(b.group)).toEqual([]);
  });
});

describe("A spent card explains itself", () => {
  test("to who has not seen that it changed, alone", async () => {
    const { ana, bob, a, card, kept } = await goLiveSubmitted();
    await ana.presses(card, "Report passed");
    const before = await kept();
    await bob.presses(card, "Report failed", { card: card.card });
    expect(bob.last(a.channel)).toMatchObject({ targetedTo: bob.id });
    expect(bob.last(a.channel).summary).toContain(`${STALE}; it is at Testing`);
    expect(bob.toasts).toEqual([ALONE]);
    expect(await kept()).toBe(before);
  });

  test("after a double click, and when two press at once: one change is made", async () => {
    const { ana, bob, a, card, moves } = await goLiveSubmitted();
    const presses = [
      ana.presses(card, "Report passed"),
      ana.presses(card, "Report passed"),
      bob.presses(card, "Report failed"),
    ];
    await Promise.all(presses);
    expect(await moves()).toHaveLength(2);
    const told = a.channel.fromBot().filter(({ targetedTo }) => targetedTo);
    expect(told.map(({ summary }) => summary.slice(0, 30))).toEqual(Array(2).fill(STALE.slice(0, 30)));
    const last = (await moves())?.[1]?.[1];
    for (const person of [ana, bob]) expect(person.reads(card)).toContain(`By ${last}.`);
  });

  test("when its connector is not followed any more, or was undone", async () => {
    const { live, ana, a, card } = await goLiveSubmitted();
    await asked(live, ana, undefined, "untrack contoso confirm");
    await ana.presses(card, "Report passed");
    const said = "The connector of that button is not tracked here any more; nothing was changed.";
    expect(ana.last(a.channel)).toMatchObject({ summary: said, targetedTo: ana.id });
  });
});

describe("Every press is judged anew", () => {
  test("a card of one tenant does nothing when it comes from another", async () => {
    const { a, b, card, theirs, kept } = await goLiveSubmitted();
    const before = await kept();
    const said = "The connector of that button is not tracked here any more; nothing was changed.";
    for (const title of ["Report passed", "Forecast", "Record with a date"]) {
      await b.someone.presses(theirs, title, { card: card.card });
      expect(b.someone.last(b.channel)).toMatchObject({ summary: said, targetedTo: b.someone.id });
    }
    expect(await kept()).toBe(before);
    expect(b.someone.reads(theirs)).toContain("Stages · 3 of 9: Review");
    expect(a.channel.messages.filter(({ targetedTo }) => targetedTo)).toEqual([]);
  });

  test.each<[what: string, change: (activity: Activity) => void, answer: string]>([
    ["an unknown verb", saying((_, action) => Object.assign(action, { verb: "drop" })), OLD],
    ["no verb", saying((_, action) => Object.assign(action, { verb: undefined })), OLD],
    ["fields that are no texts", saying((data) => Object.assign(data.fields, { milestone: {} })), OLD],
    ["no fields", saying((data) => Object.assign(data, { fields: undefined })), OLD],
    ["another kind", saying((_, action) => Object.assign(action, { type: "Action.Submit" })), OLD],
    [
      "another milestone",
      saying(({ fields }) => Object.assign(fields, { milestone: "launched" })),
      "“launched” is no milestone. Nothing was recorded for Contoso CRM.",
    ],
    [
      "another connector",
      saying(({ fields }) => Object.assign(fields, { connector: "../other" })),
      "The connector of that button is not tracked here any more; nothing was changed.",
    ],
  ])("%s changes nothing, and is answered", async (_, change, answer) => {
    const { ana, a, card, kept } = await goLiveSubmitted();
    const before = await kept();
    expect((await ana.presses(card, "Report passed", { change })).status).toBe(200);
    // A form that is to be filled in again takes the card's place, for who pressed.
    expect([ana.last(a.channel).summary, ana.reads(card).split("\n")[0]]).toContain(answer);
    expect(await kept()).toBe(before);
    expect(ana.problems).toEqual([]);
  });

  test("one that is delivered again runs once, and is answered again", async () => {
    const { ana, card, world, moves } = await goLiveSubmitted();
    await ana.presses(card, "Report passed");
    const before = await world.until(() => world.calls.at(-1)?.method === "PUT" && world.calls.length);
    const again = await world.redeliver();
    expect(again).toMatchObject({ status: 200, body: { value: "This was answered before." } });
    expect(world.calls).toHaveLength(before);
    expect(await moves()).toHaveLength(2);
  });
});
