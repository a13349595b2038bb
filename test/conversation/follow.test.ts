import { describe, expect, it } from "vitest";
import type { Address } from "../../src/incoming.ts";
import { MOST_FOLLOWERS } from "../../src/lifecycle/connector.ts";
import type { Reply } from "../../src/reply.ts";
import { buttonFor, HERE, type House, NAME, openHouseAt, textOf, travel } from "../support.ts";

const RELEASES = "slack:T1/C-releases/U-bo" as Address;
/** The same channel, asked by somebody else. */
const RELEASES_TO_CLEO = "slack:T1/C-releases/U-cleo" as Address;
const bo = { id: "U-bo", name: "Bo" };

async function saidIn(house: House, where: Address, text: string): Promise<Reply> {
  const setting = where === HERE ? "direct" : "shared";
  const reply = await house.answer({ said: { kind: "text", text }, from: bo, where, setting });
  if (!reply) throw new Error("no answer");
  return reply;
}

const inChannel = (house: House, text: string) => saidIn(house, RELEASES, text);

/** In testing, with everything that the link's end and a cut-off give rise to. */
const TESTED: [string, string][] = [["2026-11-04T10:30", `done ${NAME} test`]];

describe("follow NAME", () => {
  it("lets a channel hear of it too, from then on", async () => {
    const house = await openHouseAt("review");
    const reply = await inChannel(house, "follow contoso");
    expect(reply.title).toBe(`This channel follows ${NAME} from now on: all its reminders come here too.`);
    expect(textOf(reply)).toContain("The next comes Wed 4 Nov 2026, 09:15 PST, in 1 day.");
    expect(reply.changed).toBe(true);
    const sent = await house.wait("2d");
    expect(sent.map(({ at, to }) => `${at} ${to}`)).toEqual([
      `2026-11-04T09:15 ${HERE}`,
      `2026-11-04T09:15 ${RELEASES}`,
      `2026-11-05T09:15 ${HERE}`,
      `2026-11-05T09:15 ${RELEASES}`,
    ]);
  });

  it("tells it nothing that was due before", async () => {
    const house = await openHouseAt("testing");
    await house.wait("2026-11-05T12:00");
    await inChannel(house, "follow contoso");
    expect((await house.wait("5m")).map(({ to }) => to)).toEqual([]);
    const sent = await house.wait("2026-11-06T12:00");
    expect(sent.filter(({ to }) => to === RELEASES).map(({ at }) => at)).toEqual([
      "2026-11-06T02:00",
      "2026-11-06T08:00",
      "2026-11-06T10:00",
    ]);
  });

  it("promises it nothing of what is held back from before", async () => {
    const house = await openHouseAt("review");
    await house.say(`reminders ${NAME} snooze 30h`);
    await house.wait("27h");
    expect(textOf(await inChannel(house, "follow contoso"))).toContain(
      "The next comes Thu 5 Nov 2026, 09:15",
    );
    expect((await house.wait("5h")).map(({ to }) => to)).toEqual([HERE]);
  });

  it("with “deadlines” tells it only what its publisher may miss", async () => {
    const house = await openHouseAt("review");
    const reply = await inChannel(house, "follow contoso deadlines");
    expect(reply.title).toContain("only the reminders of what its publisher may miss come here too.");
    expect(textOf(reply)).toContain("None is planned just now.");
    expect(await house.wait("2026-11-04T09:30")).toHaveLength(1);
    await travel(house, [["2026-11-04T10:00", `mark ${NAME} report-passed`], ...TESTED]);
    const sent = await house.wait("2026-11-05T12:00");
    expect(sent.filter(({ to }) => to === RELEASES).length).toBeGreaterThan(0);
  });

  it("is changed by saying it again, from all to deadlines and back, and tells nothing of what passed between", async () => {
    const house = await openHouseAt("review");
    const all = await inChannel(house, "follow contoso");
    const fewer = await house.answer({
      said: {
        kind: "press",
        ...(buttonFor(all, "follow", { only: "deadlines" }) ?? { action: "", fields: {} }),
      },
      from: bo,
      where: RELEASES,
      setting: "shared",
    });
    expect(fewer?.title).toContain("only the reminders of what its publisher may miss");
    await house.wait("2026-11-04T12:00");
    expect((await inChannel(house, "follow contoso everything")).title).toContain("all its reminders come");
    const sent = await house.wait("2026-11-05T12:00");
    expect(sent.map(({ at, to }) => `${at} ${to}`)).toEqual([
      `2026-11-05T09:15 ${HERE}`,
      `2026-11-05T09:15 ${RELEASES}`,
    ]);
    const { followers } = await house.connector(NAME);
    expect(followers).toHaveLength(1);
  });

  it("said twice, also by somebody else, changes nothing and says so", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    const again = await saidIn(house, RELEASES_TO_CLEO, "follow contoso");
    expect(again.title).toBe(
      `This channel follows ${NAME} already: all its reminders come here. Nothing was changed.`,
    );
    expect(again.changed).toBeUndefined();
    expect((await house.connector(NAME)).followers).toHaveLength(1);
  });

  it("where it is registered says that it is", async () => {
    const house = await openHouseAt("review");
    const reply = await house.say("follow contoso");
    expect(reply.title).toBe(
      `${NAME} is registered in this chat, so all its reminders come here already. Nothing was changed.`,
    );
    expect(reply.changed).toBeUndefined();
  });

  it("is possible in so many places, and one that hears nothing any more gives way", async () => {
    const dead = "slack:T1/C-3/U-bo" as Address;
    const house = await openHouseAt("review", {
      deliver: ({ to }) => (to === dead ? { kind: "never", why: "is_archived" } : { kind: "sent" }),
    });
    for (let place = 0; place < MOST_FOLLOWERS; place += 1)
      await saidIn(house, `slack:T1/C-${place}/U-bo` as Address, "follow contoso");
    expect((await inChannel(house, "follow contoso")).title).toBe(
      `${NAME} is followed in ${MOST_FOLLOWERS} places already, and more are not possible. Nothing was changed.`,
    );
    await house.wait("2026-11-04T12:00");
    expect((await inChannel(house, "follow contoso")).title).toContain("follows Contoso CRM from now on");
    const places = (await house.connector(NAME)).followers?.map(({ where }) => where);
    expect(places).toHaveLength(MOST_FOLLOWERS);
    expect(places).toContain(RELEASES);
    expect(places).not.toContain(dead);
  });

  it("asked rather than ordered changes nothing", async () => {
    const house = await openHouseAt("review");
    const before = await house.exported();
    for (const question of ["follow contoso?", "can this channel follow contoso?", "unfollow contoso?"])
      await inChannel(house, question);
    expect(await house.exported()).toEqual(before);
    expect((await house.say("how can I follow a connector in this channel?")).title).toMatch(
      /^follow <name>/,
    );
  });

  it("of one that nobody registered says so", async () => {
    const house = await openHouseAt("review");
    expect((await inChannel(house, "follow Fabrikam")).title).toBe(
      "No connector called “Fabrikam” is tracked here. Nothing was changed.",
    );
  });
});

describe("unfollow NAME", () => {
  it("ends it there and nowhere else, whoever says it", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    const reply = await saidIn(house, RELEASES_TO_CLEO, "unfollow contoso");
    expect(reply.title).toBe(`This channel does not follow ${NAME} any more; its reminders go on elsewhere.`);
    const sent = await house.wait("2d");
    expect(sent.map(({ to }) => to)).toEqual([HERE, HERE]);
    expect((await inChannel(house, "unfollow contoso")).title).toContain(
      "does not follow Contoso CRM. Nothing",
    );
  });

  it("where it is registered tells what can be done instead", async () => {
    const house = await openHouseAt("review");
    const text = textOf(await house.say("unfollow contoso"));
    expect(text).toContain("is registered in this chat");
    for (const way of ["here", "mute"]) expect(text).toContain(`reminders ${NAME} ${way}`);
    expect(text).toContain(`untrack ${NAME}`);
  });

  it("is not “stop following”, which asks whether it is to be kept at all", async () => {
    const house = await openHouseAt("review");
    expect((await inChannel(house, "stop following contoso")).title).toContain(`Stop tracking ${NAME}?`);
  });
});

describe("following", () => {
  it("shows what a place hears of, the next first, muted and snoozed visible", async () => {
    const house = await openHouseAt("review");
    await house.sayAll("track Fabrikam Fleet", "mark Fabrikam Fleet submitted 2026-11-03 09:00");
    await house.sayAll("track Litware Maps", "mark Litware Maps submitted 2026-11-03 09:10");
    await house.sayAll(
      "track Northwind",
      "reminders Litware Maps mute",
      "reminders Fabrikam Fleet snooze 30h",
    );
    for (const name of ["Fabrikam Fleet", "Litware Maps"]) await inChannel(house, `follow ${name}`);
    await inChannel(house, `follow ${NAME} deadlines`);
    const text = textOf(await saidIn(house, RELEASES_TO_CLEO, "following"));
    expect(text.split("\n").slice(0, 5)).toEqual([
      "This channel hears of 3 connectors; next of Fabrikam Fleet, Wed 4 Nov 2026, 15:15 PST, in 1 day 6 h.",
      "",
      "  - Fabrikam Fleet · followed · next Wed 4 Nov 2026, 15:15 PST (snoozed)",
      `  - ${NAME} · followed, only deadlines · no reminder planned`,
      "  - Litware Maps · followed · muted",
    ]);
    const home = textOf(await house.say("following"));
    expect(home).toContain(`${NAME} · registered here · next Wed 4 Nov 2026, 09:15 PST`);
    expect(home).toContain("Northwind · registered here · no reminder planned");
  });

  it("shows what comes there, also while the platform does not take what goes elsewhere", async () => {
    const house = await openHouseAt("review", {
      deliver: ({ to }) => (to === HERE ? { kind: "later", retryAfter: 40 * 3_600_000 } : { kind: "sent" }),
    });
    await inChannel(house, "follow contoso");
    await house.wait("2026-11-04T09:30");
    expect(textOf(await inChannel(house, "following"))).toContain("next Thu 5 Nov 2026, 09:15 PST");
    expect(textOf(await house.say("following"))).toContain("next Fri 6 Nov 2026, 01:15 PST");
  });

  it("shows nothing of another workspace, and nothing where nothing is heard", async () => {
    const house = await openHouseAt("review");
    const reply = await house.as("T-fabrikam", "Bo").say("following");
    expect(reply.title).toBe("This chat hears of no connector.");
  });
});

describe("A connector that is followed", () => {
  it("says in its reminders where else, by number and kind, and never which place", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    await saidIn(house, "slack:T1/C-sales/U-bo" as Address, "follow contoso deadlines");
    const text = textOf(await house.say(`reminders ${NAME}`));
    expect(text).toContain("They come to 1 channel and 1 channel (only deadlines) too.");
    expect(text).not.toMatch(/C-releases|C-sales|Bo\b/);
  });

  it("is heard of once where its follower becomes the place in which it is registered", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    await inChannel(house, "reminders contoso here");
    const sent = await house.wait("2d");
    expect(sent.map(({ to }) => to)).toEqual([RELEASES, RELEASES]);
    expect((await house.connector(NAME)).followers).toBeUndefined();
  });

  it("is not told again there what it was told as a follower, while the first place had to wait", async () => {
    const house = await openHouseAt("review", {
      deliver: ({ to }) => (to === HERE ? { kind: "later", retryAfter: 3_600_000 } : { kind: "sent" }),
    });
    await inChannel(house, "follow contoso");
    await house.wait("2026-11-04T09:30");
    await inChannel(house, "reminders contoso here");
    await house.wait("2026-11-04T20:00");
    expect(house.sent.map(({ at, to }) => `${at} ${to}`)).toEqual([`2026-11-04T09:15 ${RELEASES}`]);
  });

  it("keeps its followers through untrack and back", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    await house.say(`untrack ${NAME} confirm`);
    expect((await inChannel(house, "following")).title).toBe("This channel hears of no connector.");
    await house.say(`undo ${NAME}`);
    const sent = await house.wait("25h");
    expect(sent.map(({ to }) => to)).toEqual([HERE, RELEASES]);
  });
});

describe("Undo after", () => {
  it("“follow” ends that, says of which kind of place, and leaves the milestone before it", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    const reply = await house.say(`undo ${NAME}`);
    expect(reply.title).toContain("follow in a channel (now)");
    expect((await house.connector(NAME)).followers).toBeUndefined();
    expect((await house.standing(NAME)).stage).toBe("review");
    expect((await house.wait("25h")).map(({ to }) => to)).toEqual([HERE]);
  });

  it("“follow … deadlines” where all was followed gives all of it back", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    await inChannel(house, "follow contoso deadlines");
    expect((await inChannel(house, "undo contoso")).title).toContain("follow deadlines in a channel");
    expect((await house.connector(NAME)).followers).toMatchObject([{ where: RELEASES, only: "all" }]);
    expect((await house.wait("25h")).map(({ to }) => to)).toEqual([HERE, RELEASES]);
  });

  it("“unfollow” follows again, and tells nothing of what fell due meanwhile", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    await inChannel(house, "unfollow contoso");
    await house.wait("25h");
    expect((await inChannel(house, "undo contoso")).title).toContain("unfollow in a channel");
    const sent = await house.wait("25h");
    expect(sent.map(({ to }) => to)).toEqual([HERE, RELEASES]);
  });

  it("“follow” of one place leaves the others, and what they were told", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    await saidIn(house, "slack:T1/C-sales/U-bo" as Address, "follow contoso");
    await house.wait("25h");
    await house.say(`undo ${NAME}`);
    const [left, ...more] = (await house.connector(NAME)).followers ?? [];
    expect(more).toEqual([]);
    expect(Object.values(left?.told ?? {})).toMatchObject([{ how: "sent" }]);
    expect((await house.wait("5m")).length).toBe(0);
  });

  it("“reminders … here” brings them back to where they came before, and to who followed it", async () => {
    const house = await openHouseAt("review");
    await inChannel(house, "follow contoso");
    await inChannel(house, "reminders contoso here");
    expect((await inChannel(house, "undo contoso")).title).toContain("reminders here in a channel");
    expect(await house.connector(NAME)).toMatchObject({
      where: HERE,
      setting: "direct",
      followers: [{ where: RELEASES }],
    });
    expect((await house.wait("25h")).map(({ to }) => to)).toEqual([HERE, RELEASES]);
  });

  it("what gave way to a new follower brings that back, too", async () => {
    const house = await openHouseAt("review", {
      deliver: ({ to }) => (to === RELEASES ? { kind: "never", why: "is_archived" } : { kind: "sent" }),
    });
    await inChannel(house, "follow contoso");
    for (let count = 1; count < MOST_FOLLOWERS; count += 1)
      await saidIn(house, `slack:T1/C-${count}/U-bo` as Address, "follow contoso");
    await house.wait("25h");
    await saidIn(house, "slack:T1/C-last/U-bo" as Address, "follow contoso");
    const places = async () => (await house.connector(NAME)).followers?.map(({ where }) => where);
    expect(await places()).not.toContain(RELEASES);
    await house.say(`undo ${NAME}`);
    expect(await places()).toContain(RELEASES);
    expect(await places()).toHaveLength(MOST_FOLLOWERS);
  });
});
