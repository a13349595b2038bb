import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import type { Address, WorkspaceId } from "../../src/incoming.ts";
import { makeFolder } from "../store/folder.ts";
import { HERE, type House, NAME, openHouseAt, openHouseWith, textOf } from "../support.ts";

const LATER = "what only a later version knows";

/** The same with something of a later version in it, and in everything below it that is kept as an object of named parts. */
function marked<Part extends object>(part: Part): Part {
  return { ...part, later: LATER };
}

/** Changes the only record as another program would, while this one runs. */
function editRecord(path: string, edit: (record: Awaited<ReturnType<House["connector"]>>) => object): void {
  const database = new DatabaseSync(path);
  const [row] = database.prepare("SELECT record FROM connector").all();
  const record = JSON.stringify(edit(JSON.parse(String(row?.record))));
  database.prepare("UPDATE connector SET record = ?").run(record);
  database.close();
}

const inChannel = (house: House, text: string) =>
  house.answer({
    said: { kind: "text", text },
    where: "slack:T1/C-releases/U-bo" as Address,
    setting: "shared",
  });

describe("A record in which a later version has kept something of its own", () => {
  it("is answered, reminded of and changed, and keeps it", async () => {
    const data = join(makeFolder(), "store.db");
    const house = await openHouseAt("review", { data });
    await house.say(`evidence ${NAME} slo=99.6`);
    await house.say(`done ${NAME} account`);
    await inChannel(house, `follow ${NAME}`);
    await house.wait("25h");
    editRecord(data, ({ owner, moves, steps, evidence, silence, told, followers, changes, ...record }) =>
      marked({
        ...record,
        owner: marked(owner),
        moves: moves.map((move) => marked({ ...move, by: marked(move.by) })),
        steps: Object.fromEntries(Object.entries(steps).map(([id, done]) => [id, marked(done)])),
        evidence: marked(evidence),
        silence: marked(silence),
        told: Object.fromEntries(Object.entries(told).map(([id, end]) => [id, marked(end)])),
        followers: followers?.map(marked),
        changes: changes.map((change) => marked({ ...change, before: marked(change.before) })),
      }),
    );
    expect((await house.say(`status ${NAME}`)).title).toContain(NAME);
    expect(textOf(await house.say("list"))).toContain("Review");
    await house.sayAll(
      `mark ${NAME} report-passed`,
      `evidence ${NAME} backend=yes`,
      `reminders ${NAME} mute`,
    );
    await house.sayAll(`reminders ${NAME} unmute`, `done ${NAME} test`);
    expect((await house.wait("2d")).map(({ to }) => to)).toContain(HERE);
    const kept = await house.connector(NAME);
    const first = kept.changes[0];
    const parts = [
      ...[kept, kept.owner, kept.moves[0], kept.moves[0]?.by, kept.evidence, kept.silence],
      ...[kept.steps["seller-account"], Object.values(kept.told)[0], kept.followers?.[0]],
      ...[first, first?.before],
    ];
    for (const part of parts) expect(part).toMatchObject({ later: LATER });
    expect(kept.evidence).toMatchObject({ backend: true });
  });

  it("keeps it through undo", async () => {
    const data = join(makeFolder(), "store.db");
    const house = await openHouseWith(NAME, [], { data });
    editRecord(data, (record) => marked({ ...record, silence: marked(record.silence) }));
    await house.sayAll(`reminders ${NAME} mute`, `undo ${NAME}`);
    const kept = await house.connector(NAME);
    expect(kept).toMatchObject({ later: LATER, silence: { later: LATER }, changes: [] });
    expect(kept.silence.mutedAt).toBeUndefined();
  });
});

describe("A change that only a later version knows to take back", () => {
  it("is not half undone: it is left to that version", async () => {
    const data = join(makeFolder(), "store.db");
    const house = await openHouseWith(NAME, [`reminders ${NAME} mute`], { data });
    editRecord(data, ({ changes, ...record }) => ({
      ...record,
      changes: changes.map((change) => ({ ...change, what: "paint blue", before: { colour: "red" } })),
    }));
    const before = await house.connector(NAME);
    expect((await house.say(`undo ${NAME}`)).title).toBe(
      `“paint blue” can be taken back for ${NAME} when my new version runs everywhere; nothing was changed.`,
    );
    expect(await house.connector(NAME)).toEqual(before);
  });
});

describe("Settings in which a later version has kept something of its own", () => {
  it("are gone by, shown and changed, and keep it", async () => {
    const house = await openHouseWith(NAME, [
      "settings freeze add 2026-12-21 to 2027-01-04",
      "settings digest monday 9",
    ]);
    const shelf = house.needs.settings;
    const workspace = "T-contoso" as WorkspaceId;
    const { freezes, digest, remind, ...settings } = (await shelf.get(workspace)) as {
      freezes: object[];
      digest: object;
      remind: object;
    };
    await shelf.set(
      workspace,
      marked({
        ...settings,
        freezes: freezes.map(marked),
        digest: marked(digest),
        remind: { ...remind, "a-later-topic": [24] },
      }),
    );
    expect((await house.say("settings")).title).toContain("1 freeze");
    await house.sayAll("settings quiet 21-7", "settings days sun-thu", "settings remind waves off");
    await house.sayAll("settings zone Asia/Tokyo", "settings freeze add 2027-02-01 to 2027-02-02");
    expect(await shelf.get(workspace)).toMatchObject({
      later: LATER,
      zone: "Asia/Tokyo",
      freezes: [{ later: LATER }, {}],
      digest: { later: LATER },
      remind: { waves: [], "a-later-topic": [24] },
    });
  });
});
