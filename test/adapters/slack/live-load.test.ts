import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { ShiftedClock } from "../../../src/clock.ts";
import type { WorkspaceId } from "../../../src/incoming.ts";
import type { Shelf, Store } from "../../../src/ports.ts";
import { through } from "../../through.ts";
import { command, goLiveInBoth, mention } from "./live.ts";
import { wordsOf } from "./world/slack-world.ts";

const SLOW_MS = 2000;

/** What is kept answers after two seconds, whatever it is asked, from the moment it is made slow. */
function slowStore() {
  let isSlow = false;
  const slowed = <Kept extends object>(kept: Kept): Kept =>
    through(kept, () => (isSlow ? setTimeout(SLOW_MS) : undefined));
  return {
    slow(is: boolean) {
      isSlow = is;
    },
    throughStore: (store: Store) => slowed(store),
    throughShelf: (shelf: Shelf) => slowed(shelf),
  };
}

async function goLiveSlow() {
  const { slow, ...slowed } = slowStore();
  const live = await goLiveInBoth(slowed);
  // What nobody waits for any more need not be slow.
  onTestFinished(() => slow(false));
  await command(live.a, "ana", "track Zebra");
  return { ...live, slow };
}

test("whatever comes is acknowledged at once while the store takes two seconds a call, and answered in the end", async () => {
  const { a, b, world, until, slow, store } = await goLiveSlow();
  const deadline = 50_000;
  const status = await mention(a, "ana", "connectors", "status Zebra");
  await a.openHome("ben");
  await until("the Home", () => a.home("ben"));
  await a.click("ben", "home", "Track a connector");
  await until("the form", () => a.modal("ben"));
  const homes = world.front.callsTo("views.publish").length;
  slow(true);
  const command = await a.command("ana", "launch", "list");
  const spoken = await a.mention("ana", "launch", "status Zebra");
  const direct = await a.direct("ana", "status Zebra");
  const pressed = await a.click("ana", status, "Account is ready");
  const asked = await a.click("ana", status, "Next step");
  const sent = await a.submit("ben", { "Name of the connector": "Yak" });
  const opened = await a.openHome("ana");
  const uninstalled = await b.uninstall();
  const all = { command, spoken, direct, pressed, asked, sent, opened, uninstalled };
  for (const [what, { status: code, ackMs }] of Object.entries(all)) {
    expect([what, code, ackMs < 1000]).toEqual([what, 200, true]);
  }
  expect(sent.trouble).toBeUndefined();
  await command.answers(1, deadline);
  await until("the mention's answer", async () => (await a.thread("launch", spoken.ts))[1], deadline);
  await until("the chat's answer", async () => (await a.directMessages("ana"))[1], deadline);
  await until(
    "the press",
    async () => wordsOf(await a.message("ana", status.channel, status.ts)).includes("By ana"),
    deadline,
  );
  await until("the answer to the press", async () => (await asked.answers(1, deadline))[0], deadline);
  await until("the form", async () => wordsOf(await a.modal("ben")).includes("Now following Yak"), deadline);
  await until("the Home", () => world.front.callsTo("views.publish").length > homes, deadline);
  await until(
    "all is forgotten",
    async () => (await store.list(b.team as WorkspaceId)).length === 0,
    deadline,
  );
});

test("a press in the Home and in a window opens what was asked for, however slow the store is", async () => {
  const { a, until, slow, clock } = await goLiveSlow();
  await a.openHome("ana");
  await until("the Home", () => a.home("ana"));
  // What is remembered of the installation is old by now.
  clock.shift += 3_600_000;
  slow(true);
  const opened = await a.click("ana", "home", "Status");
  expect(opened.ackMs).toBeLessThan(1000);
  const answered = async () => {
    const chat = (await a.directMessages("ana")).map(wordsOf).join();
    return (wordsOf(await a.modal("ana")) + chat).includes("Zebra is at the account stage");
  };
  await until("the answer", answered, 50_000);
});

test("a form that is opened too late can be opened from where it was asked for", async () => {
  const { a, until, slow, clock } = await goLiveSlow();
  const evidence = await mention(a, "ana", "connectors", "evidence Zebra");
  clock.shift += 13 * 3_600_000;
  slow(true);
  const [label, before] = ["Figures of Zebra …", (await a.ephemerals("ana")).length];
  await a.click("ana", evidence, label);
  const again = await until("the way to it", async () => (await a.ephemerals("ana"))[before], 30_000);
  expect(await a.modal("ana")).toBeUndefined();
  slow(false);
  await a.click("ana", again, label);
  expect(wordsOf(await until("the form", () => a.modal("ana")))).toContain("Availability");
});

const TEAMS = ["a", "b"] as const;
const crowd = (key: string) => Array.from({ length: 20 }, (_, index) => ({ name: `${key}${index}` }));

async function goLiveWithCrowds() {
  const workspaces = {
    a: { people: [{ name: "ana" }, ...crowd("a")] },
    b: { people: [{ name: "cleo" }, ...crowd("b")] },
  };
  return goLiveInBoth({ world: { workspaces } });
}

test("two hundred commands of forty people at once are acknowledged in time, and each is answered once", async () => {
  const { world, until, logged } = await goLiveWithCrowds();
  const asked = await Promise.all(
    TEAMS.flatMap((key) =>
      crowd(key).flatMap(({ name }) =>
        ["track", "status", "eta", "list", "help"].map(async (word) => {
          const line = ["track", "status"].includes(word) ? `${word} Zebra of ${name}` : word;
          return world[key].command(name, "connectors", line);
        }),
      ),
    ),
  );
  expect(asked).toHaveLength(200);
  expect(Math.max(...asked.map(({ ackMs }) => ackMs))).toBeLessThan(3000);
  expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200]));
  const answers = await Promise.all(asked.map((one) => one.answers(1, 30_000)));
  await command(world.a, "ana", "help");
  expect(answers.map((one) => one.length)).toEqual(Array.from({ length: 200 }, () => 1));
  for (const key of TEAMS) {
    const list = await until("all", () => command(world[key], key === "a" ? "ana" : "cleo", "list"));
    expect(wordsOf(list)).toContain("20 connectors");
    const others = key === "a" ? "Zebra of b" : "Zebra of a";
    expect(wordsOf(list)).not.toContain(others);
  }
  expect(logged.filter(({ level }) => level === "error")).toEqual([]);
});

test("a thousand commands of one person at once: few are answered, the rest refused with a word; nobody else is kept waiting", async () => {
  const { world, a, b, store, logged, clock } = await goLiveWithCrowds();
  const first = await a.command("a0", "connectors", "list");
  const { body } = first.sent as { body: string };
  const answered = () => world.front.callsTo("response_url").length;
  await first.answers();
  standStill(clock);
  /** As many connections as the sender's part of this process manages in time of its own. */
  const flood = Array.from({ length: 100 }, async (_, connection) => {
    const acks: Awaited<ReturnType<typeof world.send>>[] = [];
    for (let index = 0; index < 10; index += 1) {
      const fields = new URLSearchParams(body);
      fields.set("trigger_id", `flood.${connection}.${index}`);
      fields.set("text", `track Zebra ${connection}.${index}`);
      acks.push(await world.send(`${fields}`, { contentType: "application/x-www-form-urlencoded" }));
    }
    return acks;
  });
  const others = [a.command("a1", "connectors", "help"), b.command("cleo", "connectors", "help")];
  const acks = (await Promise.all(flood)).flat();
  expect(acks).toHaveLength(1000);
  expect(Math.max(...acks.map(({ ackMs }) => ackMs))).toBeLessThan(3000);
  expect(new Set(acks.map(({ status }) => status))).toEqual(new Set([200]));
  for (const other of others) {
    const { status, ackMs, answers } = await other;
    expect([status, ackMs < 3000]).toEqual([200, true]);
    expect(wordsOf((await answers())[0])).toContain("Say a command");
  }
  const told = acks.filter(({ ackBody }) => JSON.stringify(ackBody ?? "").includes("too much at once"));
  expect(told).toHaveLength(1);
  expect(acks.filter(({ ackBody }) => ackBody !== undefined)).toHaveLength(1);
  await command(a, "a2", "help");
  // The first, thirty, the two others, and the last.
  expect(answered()).toBe(34);
  expect(await store.list(a.team as WorkspaceId)).toHaveLength(30);
  expect(logged.filter(({ level }) => level === "error")).toEqual([]);
});

test("too much is told wherever it comes from, and nothing typed is lost", async () => {
  const { a, until, clock } = await goLiveInBoth();
  const status = await mention(a, "ana", "connectors", "track Zebra");
  await a.openHome("ana");
  await until("the Home", () => a.home("ana"));
  await a.click("ana", "home", "Track a connector");
  await until("the form", () => a.modal("ana"));
  const TOO_MUCH = "That was too much at once";
  const times = <Done>(count: number, work: () => Promise<Done>) =>
    Promise.all(Array.from({ length: count }, work));

  standStill(clock);
  await times(30, () => a.command("ana", "launch", "help"));
  const sent = await a.submit("ana", { "Name of the connector": "Yak" });
  expect(wordsOf(sent.view)).toContain(TOO_MUCH);
  await a.dismiss("ana");
  expect(wordsOf(await a.modal("ana"))).toContain("Name of the connector");
  standStill(clock);
  expect(wordsOf((await a.submit("ana")).view)).toContain("Now following Yak");

  standStill(clock);
  await times(30, () => a.command("ana", "launch", "help"));
  await times(3, () => a.click("ana", status, "Next step"));
  const told = await until("a word", async () => {
    const seen = (await a.ephemerals("ana", "connectors")).map(wordsOf);
    return seen.length > 0 && seen;
  });
  expect(told).toEqual([expect.stringContaining(TOO_MUCH)]);

  standStill(clock);
  await times(30, () => a.command("ana", "launch", "help"));
  await times(3, () => a.direct("ana", "help"));
  const chat = await until("a word", async () => {
    const all = await a.directMessages("ana");
    return all.length > 3 && all.map(wordsOf);
  });
  expect(chat.slice(3)).toEqual([expect.stringContaining(TOO_MUCH)]);
});

/** A minute later it is, and stays, the same moment: nobody is allowed anything more meanwhile. */
function standStill(clock: ShiftedClock): void {
  const now = clock.now().plus({ minutes: 1 });
  clock.now = () => now;
}
