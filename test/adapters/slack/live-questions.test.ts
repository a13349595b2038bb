import { describe, expect, onTestFinished, test } from "vitest";
import { openChats } from "../../../adapters/chats.ts";
import { SCOPES } from "../../../adapters/slack/scopes.ts";
import { machineClock, shiftedClock } from "../../../src/clock.ts";
import { writtenFile } from "../../../src/files.ts";
import { openStore } from "../../../src/store/sql-store.ts";
import { meterIn } from "../meter.ts";
import { command, mention, pacific } from "./live.ts";
import { problemsOf } from "./validate.ts";
import type { Driver } from "./world/driver.ts";
import { type Message, until } from "./world/json.ts";
import { labelsOf, openSlackWorld, wordsOf } from "./world/slack-world.ts";

const TESTED = [
  "track Contoso CRM",
  "track Fabrikam Mail",
  "mark Contoso CRM report-passed 2026-11-03 09:00 already",
];
const CONTOSO = "Contoso CRM would reach";

/** The product as it is started for Slack, installed in both workspaces. */
async function goLive() {
  const refused: string[] = [];
  const world = await openSlackWorld({
    scopes: SCOPES,
    check(shown, method) {
      const problems = method.startsWith("views.") ? [] : problemsOf(shown);
      refused.push(...problems);
      return problems;
    },
  });
  onTestFinished(world.close);
  onTestFinished(() => expect(refused).toEqual([]));
  const clock = shiftedClock(machineClock);
  clock.set(pacific("2026-11-03T09:15"));
  const { store, shelf, turnstile } = await openStore(":memory:", clock);
  onTestFinished(() => store.close());
  const { apiUrl, app } = world;
  const { signingSecret, clientId, clientSecret } = app;
  const logged: string[] = [];
  const note = (message: string, facts?: object) => void logged.push(message + JSON.stringify(facts ?? {}));
  const chats = await openChats({
    config: { port: 0, host: "127.0.0.1", remindersAtOnce: 8 },
    slack: { way: "oauth", apiUrl, signingSecret, clientId, clientSecret, stateSecret: "of the tests" },
    teams: undefined,
    write: { png: () => Buffer.from("a picture"), file: writtenFile },
    clock,
    store,
    shelf,
    turnstile,
    meter: meterIn(),
    zone: "UTC",
    log: { info: () => undefined, warn: note, error: note },
  });
  onTestFinished(() => chats.close());
  await world.connect(new URL(/http:\S+/.exec(chats.where)?.[0] ?? "").origin);
  const installed = [await world.a.install("ana"), await world.b.install("cleo")];
  expect(installed.map(({ status }) => status)).toEqual([200, 200]);
  return { ...world, logged };
}

/** What comes back to it, without the pictures. */
function answerTo(at: Driver, ts: string, look: () => Promise<Message[]>): Promise<Message> {
  return until("an answer", async () => {
    const after = (await look()).filter((one) => one.ts > ts && one.user === at.bot.userId);
    return after.find((one) => wordsOf(one) !== "");
  });
}

async function mentionIn(at: Driver, who: string, { ts, channel }: Thread, text: string): Promise<Message> {
  const said = await at.mention(who, channel, text, { thread: ts });
  return answerTo(at, said.ts, () => at.thread(channel, ts));
}

interface Thread {
  ts: string;
  channel: string;
}

const threadOf = ({ thread_ts, channel }: Message): Thread => ({
  ts: String(thread_ts),
  channel: String(channel),
});

describe("In a channel", () => {
  test("a mention with a question is answered in its thread, with where it stands", async () => {
    const { a, b } = await goLive();
    const answer = await mention(a, "ana", "launch", "how long is the test link valid?");
    expect(wordsOf(answer)).toMatch(/^The preview link lives 48 business hours/);
    expect(wordsOf(answer)).toContain("Test your connector");
    expect(JSON.stringify(answer.blocks)).toContain("learn.microsoft.com/connectors/custom-connectors/");
    expect(await a.history("launch")).toHaveLength(1);
    expect(await b.history("launch")).toEqual([]);
  });

  test("another person goes on from it in that thread, and nobody does from elsewhere", async () => {
    const { a, b, logged } = await goLive();
    await command(a, "ana", ...TESTED);
    await command(b, "cleo", ...TESTED);
    const first = await mention(a, "ana", "launch", "when do german customers get contoso?");
    expect(wordsOf(first)).toContain(`${CONTOSO} Germany Thu 12 Nov 2026`);
    const thread = { ...threadOf(first), channel: "launch" };
    expect(wordsOf(await mentionIn(a, "ben", thread, "and the UK?"))).toContain(`${CONTOSO} United Kingdom`);
    expect(wordsOf(await mentionIn(a, "ana", thread, "what about fabrikam?"))).toContain(
      "Fabrikam Mail would reach United Kingdom",
    );
    for (const [at, who, channel] of [
      [a, "ben", "launch"],
      [a, "ana", "connectors"],
      [b, "cleo", "launch"],
    ] as const)
      expect(wordsOf(await mention(at, who, channel, "and the UK?"))).not.toContain("would reach");
    expect(logged).toEqual([]);
  });

  test("one of the topics it leads to, pressed by a colleague, is answered for them", async () => {
    const { a } = await goLive();
    const answer = await mention(a, "ana", "launch", "how long is the test link valid?");
    const [label = ""] = labelsOf(answer).filter((one) => one === "Confirm with Go live");
    await a.click("ben", { channel: "launch", ts: answer.ts }, label);
    const told = await until("the answer", async () =>
      (await a.ephemerals("ben", "launch")).find((one) => wordsOf(one).startsWith("Select Go live")),
    );
    expect(wordsOf(told)).toContain("Source");
    expect(await a.ephemerals("ana", "launch")).toEqual([]);
  });

  test("a question that leaves open which connector is completed by a press", async () => {
    const { a } = await goLive();
    await command(a, "ana", ...TESTED);
    const which = await mention(a, "ben", "launch", "is it ready for GA?");
    expect(wordsOf(which)).toContain("Which connector? 2 are tracked here.");
    expect(labelsOf(which)).toEqual(expect.arrayContaining(["Contoso CRM", "Fabrikam Mail"]));
    await a.click("ana", { channel: "launch", ts: which.ts }, "Fabrikam Mail");
    await until("the answer", async () =>
      (await a.ephemerals("ana", "launch")).some((one) =>
        wordsOf(one).includes("Nothing is due before public preview; Fabrikam Mail is at"),
      ),
    );
  });

  test("a connector that was pressed in a thread is the one that is spoken of there", async () => {
    const { a } = await goLive();
    await command(a, "ana", ...TESTED);
    const which = await mention(a, "ben", "launch", "when does it reach Germany?");
    await a.click("ben", { channel: "launch", ts: which.ts }, "Fabrikam Mail");
    await until("the answer", async () =>
      (await a.ephemerals("ben", "launch")).some((one) => wordsOf(one).includes("Fabrikam Mail would reach")),
    );
    const thread = { ...threadOf(which), channel: "launch" };
    expect(wordsOf(await mentionIn(a, "ben", thread, "and the UK?"))).toContain(
      "Fabrikam Mail would reach United Kingdom",
    );
  });
});

test("in a direct message a question, what follows it and a pressed choice are answered there", async () => {
  const { a } = await goLive();
  await command(a, "ana", ...TESTED);
  const seen = () => a.directMessages("ben");
  const say = async (text: string) => answerTo(a, (await a.direct("ben", text)).ts, seen);
  const first = await say("When do German customers get contoso?");
  expect(wordsOf(first)).toContain(`${CONTOSO} Germany Thu 12 Nov 2026`);
  expect(wordsOf(await say("and the UK?"))).toContain(`${CONTOSO} United Kingdom`);
  const topic = await say("how long is the test link valid?");
  expect(wordsOf(topic)).toContain("For Contoso CRM that means: its test link expires Thu 5 Nov 2026");
  await a.click("ben", { channel: "direct", ts: topic.ts }, "Confirm with Go live");
  const pressed = await answerTo(a, topic.ts, seen);
  expect(wordsOf(pressed)).toMatch(/^Select Go live in your offer/);
  expect(await a.directMessages("ana")).toEqual([]);
});

test("/connector ask, and a question without “ask”, are answered to who asked alone", async () => {
  const { a } = await goLive();
  await command(a, "ana", ...TESTED);
  const asked = await command(a, "ben", "ask how high does the success rate have to be?");
  expect(wordsOf(asked)).toMatch(/^More than 80 %/);
  const plain = await command(a, "ben", "when do german customers get contoso?");
  expect(wordsOf(plain)).toContain(`${CONTOSO} Germany`);
  expect(wordsOf(await command(a, "ben", "and the UK?"))).toContain(`${CONTOSO} United Kingdom`);
  expect(await a.history("connectors")).toEqual([]);
});
