import { join } from "node:path";
import { expect, test } from "vitest";
import { StoreError } from "../../../src/ports.ts";
import { makeFolder } from "../../store/folder.ts";
import { rowsOf } from "../../store/rows.ts";
import { through } from "../../through.ts";
import { asked, goLive, goLiveInTwo, type Live, type Options } from "./live.ts";
import type { Person } from "./world/person.ts";
import type { Conversation } from "./world/places.ts";
import { inputsOf } from "./world/teams-world.ts";

const GONE = "the app was removed from its last place in a tenant, and all of it was deleted";

type Two = Awaited<ReturnType<typeof goLiveInTwo>>;
type Company = Two["a"];

async function goLiveOnFile(options: Options = {}) {
  const data = join(makeFolder(), "shepherd.db");
  const live = await goLiveInTwo({ ...options, data });
  /** Every row of every table in which one of those texts stands. */
  function rowsWith(...texts: string[]): string[] {
    return rowsOf(data).filter((row) => texts.some((text) => row.includes(text)));
  }
  const isGone = ({ id }: Company) =>
    live.logged.some(({ message, facts }) => message === GONE && facts.includes(id));
  return { ...live, live, data, rowsWith, isGone };
}

/** All that a tenant can leave behind: connectors, settings, people, a picture, a file, something for one person alone. */
async function useAll(live: Live, { someone, other, channel, group }: Company): Promise<void> {
  await asked(
    live,
    someone,
    channel,
    "track Contoso CRM",
    "mark Contoso CRM submitted",
    "eta contoso if go-live friday",
  );
  await asked(live, someone, undefined, "settings freeze add 2026-12-21 to 2027-01-04 year end", "export");
  await asked(live, other, group, "calendar contoso", "settings");
}

const welcomesIn = (person: Person, where?: Conversation) =>
  person.sees(where).filter(({ isFromBot, summary }) => isFromBot && summary.startsWith("Hello"));

test.each([
  ["for oneself", ({ someone }: Company) => someone.chat],
  ["in a group chat", ({ group }: Company) => group],
])("installed %s the app says hello once, and its form leads to a first connector", async (_, placeOf) => {
  const live = await goLiveInTwo();
  const { a, world, followed } = live;
  const place = placeOf(a);
  for (const first of ["conversationUpdate", "installationUpdate"] as const)
    for (const { status } of await world.installs(place, a.someone, { first })) expect(status).toBe(200);
  await asked(live, a.other, undefined, "help");
  await world.until(() => welcomesIn(a.someone, place).length === 2, "a hello for each");
  const hello = a.someone.last(place);
  expect(inputsOf(hello.card)).toHaveLength(1);
  const [{ label = "" } = {}] = inputsOf(hello.card);
  await a.someone.presses(hello, "Follow it", { inputs: { [label]: "Contoso CRM" } });
  await world.until(() =>
    a.someone.sees(place).some((one) => a.someone.reads(one).includes("Now following Contoso CRM")),
  );
  expect(a.someone.problems).toEqual([]);
  expect(await followed(a)).toMatchObject([{ name: "Contoso CRM" }]);
});

test("installed in a team it says hello once, in General, and not for those who come or for a new version", async () => {
  const live = await goLiveInTwo();
  const { a, b, world } = live;
  await world.installs(a.team, a.someone);
  await world.until(() => welcomesIn(a.someone, a.team.general).length > 0, "the hello");
  for (const name of ["Dora", "Emil"]) await world.addsMember(a.team, a.tenant.person(name), a.someone);
  await world.installs(a.team, a.someone, { isUpgrade: true });
  await world.installs(a.someone.chat, a.someone, { isUpgrade: true });
  await asked(live, a.other, undefined, "help");
  const bot = [a.team.general, a.channel, a.group, a.someone.chat, b.team.general].flatMap((one) =>
    one.fromBot(),
  );
  expect(bot).toHaveLength(1);
  expect(a.someone.reads(a.someone.last(a.team.general))).toContain("begin with @Connector Shepherd");
});

test("an installation that Teams tells twice is greeted once", async () => {
  const live = await goLiveInTwo();
  const { a, world } = live;
  await world.installs(a.group, a.someone);
  await world.redeliver();
  await asked(live, a.other, undefined, "help");
  await world.until(() => welcomesIn(a.someone, a.group).length === 1, "the hello");
  expect(a.group.fromBot()).toHaveLength(1);
});

test("removed from one place, the tenant keeps what it follows, and its reminders", async () => {
  const { live, a, world, followed, remindAt, isGone } = await goLiveOnFile();
  await asked(live, a.someone, undefined, "track Adatum");
  await asked(live, a.someone, a.group, "track Contoso CRM", "mark Contoso CRM submitted");
  await world.uninstalls(a.someone.chat);
  await asked(live, a.other, a.group, "help");
  expect(isGone(a)).toBe(false);
  expect(await followed(a)).toHaveLength(2);
  expect(await remindAt("2026-11-04T09:30")).toMatchObject({ sent: 1 });
  expect(a.group.fromBot().at(-1)?.summary).toContain("the certification report may be there");
});

test("removed from its last place, nothing of the tenant is kept, and the other one is untouched", async () => {
  const { live, a, b, world, rowsWith, isGone, remindAt } = await goLiveOnFile();
  await useAll(live, a);
  await useAll(live, b);
  expect(rowsWith(a.id).length).toBeGreaterThan(12);
  const others = rowsWith(b.id);
  await world.uninstalls(a.team, a.someone);
  await world.uninstalls(a.someone.chat);
  expect(isGone(a)).toBe(false);
  await world.uninstalls(a.group, a.other);
  await expect.poll(() => isGone(a)).toBe(true);
  expect(rowsWith(a.id, a.someone.id, a.other.id, encodeURIComponent(a.someone.id))).toEqual([]);
  expect(rowsWith(b.id)).toEqual(others);
  expect(await remindAt("2026-11-04T09:30")).toMatchObject({ sent: 1, later: 0, never: 0 });
  expect(b.channel.fromBot().at(-1)?.summary).toContain("the certification report may be there");
  expect(b.someone.reads(await asked(live, b.someone, undefined, "list"))).toContain("Contoso CRM");
});

test("a place from which someone only spoke counts, also after a restart", async () => {
  const { live, a, world, data, rowsWith, isGone, close } = await goLiveOnFile();
  await asked(live, a.someone, a.channel, "track Contoso CRM");
  await asked(live, a.someone, undefined, "help");
  await close();
  const again = await goLive({ data, inside: world });
  await world.uninstalls(a.someone.chat);
  expect(await again.followed(a)).toHaveLength(1);
  // Spoken to in one channel, removed from the team.
  await world.uninstalls(a.team, a.someone);
  await expect.poll(() => again.logged.at(-1)?.message).toBe(GONE);
  expect(isGone(a)).toBe(false);
  expect(rowsWith(a.id)).toEqual([]);
});

test("the store is down while the app is removed: what was kept is deleted all the same", async () => {
  let isDown = false;
  const { live, a, world, rowsWith, isGone, logged } = await goLiveOnFile({
    throughStore: (store) =>
      through(store, () => {
        if (isDown) throw new StoreError("unreachable", "The disk went away.");
      }),
  });
  await asked(live, a.someone, a.group, "track Contoso CRM");
  isDown = true;
  const answers = await world.uninstalls(a.group, a.someone);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  await expect.poll(() => logged.at(-1)?.message).toBe("what was kept could not be deleted");
  expect(rowsWith("Contoso CRM")).not.toEqual([]);
  isDown = false;
  await expect.poll(() => isGone(a)).toBe(true);
  expect(rowsWith(a.id)).toEqual([]);
});

test("installed again, it begins anew", async () => {
  const { live, a, world, isGone, followed } = await goLiveOnFile();
  await asked(live, a.someone, undefined, "track Contoso CRM");
  await world.uninstalls(a.someone.chat);
  await expect.poll(() => isGone(a)).toBe(true);
  await world.installs(a.someone.chat);
  await world.until(() => welcomesIn(a.someone).length === 1, "the hello");
  expect(await followed(a)).toEqual([]);
  await asked(live, a.someone, undefined, "track Adatum");
  expect(await followed(a)).toMatchObject([{ name: "Adatum" }]);
});

test("who forgets everything deletes people, files and connectors, and the app stays installed", async () => {
  const { live, a, b, world, rowsWith, isGone } = await goLiveOnFile();
  await useAll(live, a);
  await useAll(live, b);
  const others = rowsWith(b.id);
  const question = await asked(live, a.someone, undefined, "forget");
  await a.someone.presses(question, "Delete everything");
  await world.until(() => a.someone.reads(question).includes("Deleted: 1 connector"));
  const kept = rowsWith(a.id).filter((row) => !row.includes("installs"));
  // The delivery that was answered must not be answered again.
  expect(kept.filter((row) => !row.startsWith("deliver"))).toEqual([]);
  expect(rowsWith(b.id)).toEqual(others);
  expect(rowsWith(a.id).filter((row) => row.includes(`teams-installs:${a.id}`)).length).toBe(3);
  for (const place of [a.team, a.group, a.someone.chat]) await world.uninstalls(place, a.someone);
  await expect.poll(() => isGone(a)).toBe(true);
  expect(rowsWith(a.id)).toEqual([]);
});
