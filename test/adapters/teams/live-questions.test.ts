import { describe, expect, onTestFinished, test } from "vitest";
import { openChats } from "../../../adapters/chats.ts";
import { machineClock, shiftedClock } from "../../../src/clock.ts";
import { writtenFile } from "../../../src/files.ts";
import { openStore } from "../../../src/store/sql-store.ts";
import { meterIn } from "../meter.ts";
import { pacific } from "./live.ts";
import { problemsOf } from "./validate.ts";
import type { Person } from "./world/person.ts";
import type { Conversation, Message } from "./world/places.ts";
import { buttonsOf, openTeamsWorld, type World } from "./world/teams-world.ts";

const TESTED = [
  "track Contoso CRM",
  "track Fabrikam Mail",
  "mark Contoso CRM report-passed 2026-11-03 09:00 already",
];
const CONTOSO = "Contoso CRM would reach";

/** The product as it is started for Teams; in each of two tenants two people and a team with a channel. */
async function goLive() {
  const world = await openTeamsWorld();
  onTestFinished(() => world.close());
  onTestFinished(() => expect(refusalsOf(world)).toEqual([]));
  const clock = shiftedClock(machineClock);
  clock.set(pacific("2026-11-03T09:15"));
  const { store, shelf, turnstile } = await openStore(":memory:", clock);
  onTestFinished(() => store.close());
  const logged: string[] = [];
  const note = (message: string, facts?: object) => void logged.push(message + JSON.stringify(facts ?? {}));
  const needs = {
    config: { port: 0, host: "127.0.0.1", remindersAtOnce: 8 },
    slack: undefined,
    teams: {
      way: "SingleTenant",
      appId: world.appId,
      appPassword: "a password of the tests",
      appTenantId: "72f988bf-86f1-41af-91ab-2d7cd011db47",
      openIdUrl: world.openIdUrl,
      tenants: [],
      publicUrl: "https://shepherd.example.com",
    },
    // Goes on to Teams as it is: nobody gives tokens here.
    signer: world.signer,
    write: { png: () => Buffer.from("a picture"), file: writtenFile },
    clock,
    store,
    shelf,
    turnstile,
    meter: meterIn(),
    zone: "UTC",
    log: { info: () => undefined, warn: note, error: note },
  } as const;
  const chats = await openChats({ ...needs, teams: { ...needs.teams, tenants: [] } });
  onTestFinished(() => chats.close());
  world.connectTo(new URL(/http:\S+/.exec(chats.where)?.[0] ?? "").origin);
  return { world, logged, a: companyIn(world, "contoso", "Ana"), b: companyIn(world, "fabrikam", "Cleo") };
}

function companyIn(world: World, name: string, person: string) {
  const tenant = world.tenant(name);
  const ana = tenant.person(`${person} of ${name}`, { zone: "Europe/Berlin", locale: "en-GB" });
  const bob = tenant.person(`Bob of ${name}`, { zone: "America/New_York", locale: "en-US" });
  const group = tenant.groupChat([ana, bob], "Launch");
  return { ana, bob, group, channel: tenant.team("Partners").channel("Connectors") };
}

function refusalsOf({ calls }: World): string[] {
  return calls.flatMap(({ body }) => {
    const attachments = (body as { attachments?: { content: unknown }[] } | undefined)?.attachments ?? [];
    return attachments.flatMap(({ content }) => problemsOf(content));
  });
}

type Live = Awaited<ReturnType<typeof goLive>>;

/** Says something somewhere, by default in their own chat; the answer, in the thread that it stands in. */
async function say(
  { world }: Live,
  person: Person,
  text: string,
  where: { in?: Conversation; thread?: Message } = {},
): Promise<Message> {
  const { message, status } = await person.says(text, where);
  expect(status).toBe(200);
  const thread = message.thread === undefined ? {} : { thread: message.thread };
  return world.until(() => {
    const seen = person.sees(where.in, thread);
    return seen.slice(seen.findIndex(({ id }) => id === message.id) + 1).find(({ isFromBot }) => isFromBot);
  }, `an answer to “${text}”`);
}

/** The same, with two connectors followed in each tenant, of which one is in testing. */
async function goLiveTested() {
  const live = await goLive();
  for (const { ana } of [live.a, live.b]) for (const line of TESTED) await say(live, ana, line);
  return { live, ...live };
}

describe("In a channel", () => {
  test("a question is answered in its thread, with where it stands", async () => {
    const { live, a, b } = await goLiveTested();
    const answer = await say(live, a.ana, "how long is the test link valid?", { in: a.channel });
    expect(answer.summary).toMatch(/^The preview link lives 48 business hours/);
    expect(a.bob.reads(answer)).toContain("Test your connector");
    expect(JSON.stringify(answer.card)).toContain("learn.microsoft.com/connectors/custom-connectors/");
    expect(buttonsOf(answer.card)).toContain("Confirm with Go live");
    expect(b.channel.messages).toEqual([]);
  });

  test("another person goes on from it in that thread, and nobody does from elsewhere", async () => {
    const { live, a, b, logged } = await goLiveTested();
    const first = await say(live, a.ana, "when do german customers get contoso?", { in: a.channel });
    expect(first.summary).toContain(`${CONTOSO} Germany Thu 12 Nov 2026`);
    const inThread = { in: a.channel, thread: first };
    expect((await say(live, a.bob, "and the UK?", inThread)).summary).toContain(`${CONTOSO} United Kingdom`);
    expect((await say(live, a.ana, "what about fabrikam?", inThread)).summary).toContain(
      "Fabrikam Mail would reach United Kingdom",
    );
    for (const [person, where] of [
      [a.bob, a.channel],
      [a.bob, a.group],
      [b.bob, b.channel],
    ] as const)
      expect((await say(live, person, "and the UK?", { in: where })).summary).not.toContain("would reach");
    expect(logged).toEqual([]);
  });

  test("a connector that was pressed in a thread is the one that is spoken of there", async () => {
    const { live, a, world } = await goLiveTested();
    const which = await say(live, a.bob, "when does it reach Germany?", { in: a.channel });
    expect(which.summary).toBe("Which connector? 2 are tracked here.");
    await a.ana.presses(which, "Fabrikam Mail");
    await world.until(() => a.ana.last(a.channel).summary.startsWith("Fabrikam Mail would reach Germany"));
    const further = await say(live, a.bob, "and the UK?", { in: a.channel, thread: which });
    expect(further.summary).toContain("Fabrikam Mail would reach United Kingdom");
  });
});

describe("In the chat with one person", () => {
  test("a question, what follows it, and a pressed topic are answered", async () => {
    const { live, a, b, world } = await goLiveTested();
    expect((await say(live, a.bob, "When do German customers get contoso?")).summary).toContain(
      `${CONTOSO} Germany`,
    );
    expect((await say(live, a.bob, "and the UK?")).summary).toContain(`${CONTOSO} United Kingdom`);
    const topic = await say(live, a.bob, "how long is the test link valid?");
    expect(a.bob.reads(topic)).toContain("For Contoso CRM that means: its test link expires");
    await a.bob.presses(topic, "Confirm with Go live");
    await world.until(() => a.bob.last().summary.startsWith("Select Go live in your offer"));
    expect(b.bob.sees()).toEqual([]);
  });

  test("a question that leaves open which connector is completed by a press on its card", async () => {
    const { live, a, world } = await goLiveTested();
    const which = await say(live, a.bob, "is it ready for GA?");
    expect(which.summary).toBe("Which connector? 2 are tracked here.");
    expect(buttonsOf(which.card)).toEqual(expect.arrayContaining(["Contoso CRM", "Fabrikam Mail"]));
    await a.bob.presses(which, "Fabrikam Mail");
    await world.until(() =>
      a.bob.last().summary.startsWith("Nothing is due before public preview; Fabrikam Mail is at"),
    );
  });

  test("what the pages don't tell is said, and a line of thanks is answered", async () => {
    const live = await goLive();
    const silent = await say(live, live.a.ana, "what does certification cost?");
    expect(silent.summary).toContain("name no fees, prices, discounts");
    expect(buttonsOf(silent.card)).toContain("Certification workflow");
    expect((await say(live, live.a.ana, "thanks!")).summary).toBe("You're welcome.");
  });
});
