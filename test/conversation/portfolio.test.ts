import { describe, expect, it } from "vitest";
import { plainText } from "../../src/replies/plain.ts";
import type { Reply } from "../../src/reply.ts";
import { buttonFor, buttonsOf, type Chat, openHouse, openHouseWith, sasUri, textOf } from "../support.ts";

/** Each row of the list, its cells as text. */
function rowsOf(reply: Reply): string[][] {
  const table = reply.blocks.find(({ kind }) => kind === "table");
  if (table?.kind !== "table") return [];
  return table.rows.map(({ cells }) =>
    cells.map((spans) => plainText({ ...reply, headline: spans, blocks: [] })),
  );
}

const LIVE = "live-since=2026-06-10";

describe("The list", () => {
  it("puts first what its publisher may miss, then what comes without them, then the rest by their way ahead", async () => {
    const house = await openHouse();
    await house.sayAll(
      "track Rolling Out",
      "mark Rolling Out go-live 2026-10-28 already",
      "track In Review",
      "mark In Review submitted",
      "track Expired",
      "mark Expired report-passed 2026-10-20 9am already",
      "track Testing Later",
      "mark Testing Later report-passed already",
      "track Testing Sooner",
      "mark Testing Sooner report-passed yesterday 3pm already",
      "track In Preview",
      "mark In Preview all-regions 2026-07-01 already",
      `evidence In Preview ${LIVE}`,
      "track New",
    );
    const list = await house.say("list");
    expect(rowsOf(list).map(([name]) => name)).toEqual([
      "Expired",
      "Testing Sooner",
      "Testing Later",
      "Rolling Out",
      "In Review",
      "In Preview",
      "New",
    ]);
    expect(list.title).toBe("7 connectors; most urgent: Expired, whose test link expired: resubmit it.");
  });

  it("says that nothing is due when what comes needs nobody", async () => {
    const house = await openHouseWith("Fleet", ["mark Fleet go-live 2026-10-28 already"]);
    expect((await house.say("list")).title).toBe(
      "1 connector; nothing is due from you; next, Fleet: reaches Asia except Japan and India Tue 3 Nov 2026, today.",
    );
  });

  it("calls overdue what should have come by now", async () => {
    const house = await openHouseWith("Fleet", ["mark Fleet submitted 2026-10-30 9am already"]);
    expect((await house.say("list")).title).toMatch(
      /^1 connector; nothing is due from you; overdue, Fleet: report due Sun 1 Nov 2026.*, 2 days 1 h ago\.$/,
    );
  });

  it("tells of GA only where there is something to ask for", async () => {
    const house = await openHouse();
    await house.sayAll(
      "track Draft",
      "track Preview",
      "mark Preview all-regions 2026-07-01 already",
      "track Done",
      "mark Done ga 2026-07-01 already",
    );
    const verdicts = Object.fromEntries(rowsOf(await house.say("list")).map(([name, , , ga]) => [name, ga]));
    expect(verdicts).toEqual({ Draft: "–", Preview: "figures missing", Done: "has the tag" });
  });

  it("names the same wave as the rollout and the calendar do", async () => {
    const house = await openHouseWith("Fleet", ["mark Fleet go-live 2026-10-28 already"]);
    for (const line of ["list", "status", "calendar"]) {
      expect((await house.say(line)).title).toMatch(/Asia except Japan and India/);
    }
    expect(textOf(await house.say("eta"))).toMatch(/▸ 3 +Asia except Japan and India +Tue 3 Nov +today/);
  });
});

describe("The list, turned where it stands", () => {
  const labelled = (reply: Reply, label: string) => buttonsOf(reply).find((one) => one.label === label);

  it("has pages before and after, and the nearest when its own is gone", async () => {
    const house = await openHouse();
    const names = Array.from({ length: 23 }, (_, index) => `Connector ${10 + index}`);
    await house.sayAll(...names.map((name) => `track ${name}`));
    const first = await house.say("list");
    expect(first.turned).toBeUndefined();
    const second = await house.press(labelled(first, "More"));
    const third = await house.press(labelled(second, "More"));
    for (const [page, turns, shown] of [
      [first, ["More", "Refresh"], names[0]],
      [second, ["Before", "More", "Refresh"], names[10]],
      [third, ["Before", "Refresh"], names[20]],
    ] as const) {
      expect(buttonsOf(page).flatMap(({ label }) => (label.startsWith("Status") ? [] : label))).toEqual(
        turns,
      );
      expect(textOf(page)).toContain(shown);
      // Who shows it to others, or asks for it in words, gets it anew.
      expect((await house.press({ action: "list", fields: {}, ...page.again })).turned).toBeUndefined();
      expect((await house.say(labelled(page, "Refresh")?.says ?? "")).turned).toBeUndefined();
    }
    expect([second.turned, third.turned]).toEqual([true, true]);
    await house.sayAll("untrack Connector 10", "undo Connector 10");
    for (const name of names.slice(8))
      await house.press(buttonFor(await house.say(`untrack ${name}`), "untrack"));
    const nearest = await house.press(labelled(third, "Refresh"));
    expect([nearest.title, nearest.turned]).toEqual(["8 connectors; nothing is due.", true]);
  });

  it("shows what has become of it since", async () => {
    const house = await openHouse();
    await house.sayAll("track Contoso CRM");
    const before = await house.say("list");
    await house.say("mark contoso submitted");
    const now = await house.press(labelled(before, "Refresh"));
    expect([textOf(before), textOf(now)]).toEqual([
      expect.not.stringContaining("Review"),
      expect.stringContaining("Review"),
    ]);
    await house.press(buttonFor(await house.say("untrack Contoso CRM"), "untrack"));
    expect((await house.press(labelled(now, "Refresh"))).title).toBe("No connector is tracked here yet.");
  });
});

describe("A copy of what is kept", () => {
  it("is a file with everything, for the whole workspace or one connector, and only for who asked", async () => {
    const house = await openHouse({ zone: "Europe/Berlin" });
    await house.sayAll(
      "settings zone Europe/Berlin",
      "track Contoso CRM",
      "mark Contoso CRM submitted",
      "track Fleet",
    );
    const all = await house.say("export");
    const one = await house.say("export contoso");
    const files = [all, one].map(({ blocks, audience }) => {
      const block = blocks.find(({ kind }) => kind === "file");
      return { audience, ...(block?.kind === "file" && "json" in block.file && block.file) };
    });
    expect(files).toMatchObject([
      { audience: "asker", name: "workspace-2026-11-03.json", json: { settings: { zone: "Europe/Berlin" } } },
      { audience: "asker", name: "contoso-crm-2026-11-03.json", json: { name: "Contoso CRM" } },
    ]);
    expect((await house.exported()).connectors.map(({ name }) => name).sort()).toEqual([
      "Contoso CRM",
      "Fleet",
    ]);
    expect(textOf(all)).toMatch(/Connectors +2\n +Milestones +1\n/);
    expect(buttonsOf(one)[0]?.says).toBe("status Contoso CRM");
  });
});

describe("The portfolio", () => {
  const open = (house: { press: Chat["press"] }, page?: string) =>
    house.press({ action: "portfolio", fields: page === undefined ? {} : { page } });
  /** The name at the head of each part. */
  const namesIn = (reply: Reply) =>
    reply.blocks.flatMap((block) => (block.kind === "facts" ? [block.facts[0]?.label] : []));
  const labelsOf = (reply: Reply) => buttonsOf(reply).map(({ label }) => label);

  it("of nobody says what this is, and how to begin", async () => {
    const house = await openHouse();
    const reply = await open(house);
    expect(reply.title).toBe("No connector is tracked here yet.");
    expect(textOf(reply)).toContain("I follow Power Platform connectors");
    expect(labelsOf(reply)).toEqual(["Track a connector", "Help"]);
    expect((await house.press(buttonFor(reply, "track"))).title).toBe("Which connector shall I follow?");
    expect([reply.changed, reply.again]).toEqual([undefined, undefined]);
  });

  it("shows each connector with its stage, its next date and what is likely next, the most urgent first", async () => {
    const house = await openHouse();
    await house.sayAll(
      "track New",
      "track In Review",
      "mark In Review submitted",
      "track Expired",
      "mark Expired report-passed 2026-10-20 9am already",
      "track Gone",
    );
    await house.press(buttonFor(await house.say("untrack Gone"), "untrack"));
    const reply = await open(house);
    expect(reply.title).toBe("3 connectors; most urgent: Expired, whose test link expired: resubmit it.");
    expect(namesIn(reply)).toEqual(["Expired", "In Review", "New"]);
    expect(textOf(reply)).toMatch(/In Review +Review\n +Next date +report due .*Thu 5 Nov 2026, 09:15 PST/);
    expect(textOf(reply)).toMatch(/Next date +resubmit/);
    expect(labelsOf(reply).slice(-3)).toEqual(["Track a connector", "Settings", "Help"]);
    const passed = buttonFor(reply, "mark", { milestone: "report-passed" });
    expect((await house.press(passed)).title).toContain("In Review: Report passed");
    const statuses = buttonsOf(reply).filter(({ action }) => action === "status");
    expect((await house.press(statuses.at(-1))).title).toContain("New is");
  });

  it("of many is in pages, each of which leads to the next and the one before", async () => {
    const house = await openHouse();
    const names = Array.from({ length: 23 }, (_, index) => `Connector ${10 + index}`);
    await house.sayAll(...names.map((name) => `track ${name}`));
    const first = await open(house);
    const second = await house.press(buttonsOf(first).find(({ label }) => label === "More"));
    const third = await house.press(buttonsOf(second).find(({ label }) => label === "More"));
    const back = await house.press(buttonsOf(third).find(({ label }) => label === "Before"));
    expect([first, second, third].flatMap(namesIn)).toEqual(names);
    expect([first, second, third].map((page) => /… and \d+ more/.exec(textOf(page))?.[0])).toEqual([
      "… and 13 more",
      "… and 3 more",
      undefined,
    ]);
    expect(textOf(back)).toBe(textOf(second));
    for (const [page, turns] of [
      [first, ["More"]],
      [second, ["Before", "More"]],
      [third, ["Before"]],
    ] as const) {
      expect(labelsOf(page).filter((label) => ["More", "Before"].includes(label))).toEqual(turns);
    }
    // The same in words.
    expect((await house.say(buttonsOf(first).find(({ label }) => label === "More")?.says ?? "")).title).toBe(
      (await house.say("list 2")).title,
    );
  });

  it.each([
    ["3", 2],
    ["999999", 2],
    ["1e9", 2],
    ["Infinity", 2],
    ["2.9", 2],
    ["0", 1],
    ["-1", 1],
    ["", 1],
    ["two", 1],
    ["NaN", 1],
  ])("asked for page “%s” shows the nearest there is", async (page, shown) => {
    const house = await openHouse();
    for (let index = 10; index <= 21; index += 1) await house.say(`track Connector ${index}`);
    expect(namesIn(await open(house, page))).toHaveLength(shown === 2 ? 2 : 10);
  });
});

describe("A SAS URI that dies while the package is in review", () => {
  it("is in the status and the list, and first of all once the report is late", async () => {
    const house = await openHouse();
    await house.sayAll("track Fleet", "done account");
    await house.say(`done sas-uri ${sasUri("2026-11-08T16:00")}`);
    await house.say("mark Fleet submitted");
    const status = textOf(await house.say("status"));
    expect(status).toContain("The package's SAS URI expires Sun 8 Nov 2026, 16:00 PST");
    expect(status).toMatch(/If missed +The link no longer opens the package; give a new SAS URI\./);
    expect((await house.say("list")).title).toContain("report due");
    house.sleep("2026-11-07T09:00");
    expect((await house.say("list")).title).toContain("most urgent: Fleet, SAS URI expires Sun 8 Nov 2026");
  });
});
