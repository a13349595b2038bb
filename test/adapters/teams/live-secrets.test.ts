import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { makeFolder } from "../../store/folder.ts";
import { SAS, SECRETS } from "../pasted.ts";
import { asked, goLiveInTwo } from "./live.ts";

const WARNING = /held what looks like .*it was neither kept nor acted on/s;

// The SDK writes there of each token that is not good.
vi.spyOn(console, "error").mockImplementation(() => undefined);

async function goLiveOnFile() {
  const folder = makeFolder();
  const live = await goLiveInTwo({ data: join(folder, "shepherd.db") });
  const answers: unknown[] = [];
  /** Nothing that is kept, logged, sent or answered holds it. */
  function expectNowhere(...secrets: string[]): void {
    for (const secret of secrets) {
      for (const end of ["", "-wal", "-shm", "-journal"]) {
        const file = join(folder, `shepherd.db${end}`);
        if (existsSync(file)) expect([end, readFileSync(file).includes(secret)]).toEqual([end, false]);
      }
      const sent = live.world.calls.map(({ path, query, body }) => ({ path, query, body }));
      for (const all of [live.logged, sent, answers, live.world.signed])
        expect(JSON.stringify(all)).not.toContain(secret);
    }
  }
  return { ...live, answers, expectNowhere };
}

test.each(Object.entries(SECRETS))(
  "%s is kept nowhere, wherever it is pasted, and who pasted it is told alone",
  async (_, [text, secret]) => {
    const live = await goLiveOnFile();
    const { world, a, answers, expectNowhere } = live;
    await asked(live, a.someone, undefined, "track Contoso CRM");
    for (const line of [
      text,
      `track ${text}`,
      `rename contoso to ${text}`,
      `settings freeze add 24 Dec to 2 Jan ${text}`,
    ])
      expect((await asked(live, a.someone, undefined, line)).summary).toMatch(WARNING);
    for (const where of [a.channel, a.group]) {
      const said = await asked(live, a.someone, where, `track ${text}`);
      expect(said.summary).toMatch(WARNING);
      expect(said.targetedTo).toBe(a.someone.id);
      expect(a.other.sees(where).filter(({ isFromBot }) => isFromBot)).toEqual([]);
    }

    const status = await asked(live, a.someone, a.channel, "status contoso");
    const data = { fields: { name: text }, inputs: ["note"], "in:note": text, "day:note": text, other: text };
    const where = { from: a.other, in: a.channel, thread: status.thread ?? "", replyTo: status.id };
    const verbs = ["track", "rename", "say", "evidence", "nothing", text];
    for (const verb of verbs) {
      const said = () => a.other.sees(a.channel).filter(({ targetedTo }) => targetedTo === a.other.id).length;
      const before = said();
      answers.push((await world.post(world.activity.invoke({ ...where, verb, data }))).body);
      await world.until(() => said() > before);
      answers.push((await world.post(world.activity.submit({ ...where, data: { ...data, verb } }))).body);
      await world.until(() => said() > before + 1);
    }
    const smuggled = { ...data, fields: { name: "x", [text]: "x" }, inputs: [text], [`in:${text}`]: "x" };
    answers.push((await world.post(world.activity.invoke({ ...where, verb: "track", data: smuggled }))).body);
    expect(a.someone.sees(a.channel).filter(({ targetedTo }) => targetedTo === a.other.id)).toEqual([]);

    const message = world.activity.message({ from: a.someone, text });
    for (const odd of [
      { ...message, serviceUrl: `https://evil.example/?${text}` },
      { ...message, conversation: { ...message.conversation, tenantId: text } },
      { ...message, channelId: text },
      { ...message, type: text },
      { ...message, name: text, type: "invoke" },
    ])
      answers.push((await world.post(odd)).body);
    answers.push((await world.post(message, { authorization: `Bearer ${text.replaceAll(/\s/g, "")}` })).body);
    answers.push((await world.post(message, { raw: `{"text":"${text}` })).body);
    answers.push((await world.post(message, { path: `/api/messages?${encodeURIComponent(text)}` })).body);

    await live.close();
    expectNowhere(secret);
  },
);

test("a SAS URI given with the step that asks for it is taken without its signature, and who gave it is warned alone", async () => {
  const live = await goLiveOnFile();
  const { a, followed, expectNowhere } = live;
  await asked(live, a.someone, undefined, "track Contoso CRM", "done Contoso CRM account");
  const said = await asked(live, a.someone, a.channel, `done contoso sas-uri ${SAS}`);
  expect(a.someone.reads(said)).toContain("the signature of a SAS URI is a secret; it was not kept");
  expect(said.targetedTo).toBe(a.someone.id);
  expect(JSON.stringify(await followed(a))).toContain("contoso.blob.core.windows.net");
  await live.close();
  expectNowhere("Qm9%2BdGhl", "Qm9+dGhl", "2lnbmF0dXJl");
});

test.each(["execute", "submit"] as const)("a secret typed into a form is not taken (%s)", async (as) => {
  const live = await goLiveOnFile();
  const { world, a, followed, answers, expectNowhere } = live;
  const [text, secret] = SECRETS["a GitHub token"] ?? ["", ""];
  const card = await asked(live, a.someone, undefined, "track Contoso CRM", "rename contoso");
  const button = card.card && JSON.stringify(card.card).match(/"title":"(Rename[^"]*)"/)?.[1];
  const before = a.someone.sees().length;
  const input = JSON.stringify(card.card).match(/"id":"(in:[^"]*)"/)?.[1] ?? "";
  const { body } = await a.someone.presses(card, `${button}`, { as, inputs: { [input]: `CRM ${text}` } });
  answers.push(body);
  await world.until(() => a.someone.sees().length > before);
  expect(a.someone.last().summary).toMatch(WARNING);
  expect((await followed(a)).map(({ name }) => name)).toEqual(["Contoso CRM"]);
  await live.close();
  expectNowhere(secret);
});

test("our own password and token are in no log, answer or file", async () => {
  const live = await goLiveOnFile();
  const { world, a } = live;
  world.trouble("all", { status: 401, times: 3 });
  await a.someone.says("track Contoso CRM");
  await world.until(() => world.calls.length > 0);
  await a.other.says("track Contoso CRM");
  await world.until(() => world.calls.length > 1);
  world.forgetTrouble();
  await asked(live, a.someone, undefined, "list");
  const bodies = JSON.stringify(world.calls.map(({ path, query, body }) => ({ path, query, body })));
  for (const own of [world.botToken, "a password of the tests"]) {
    expect(bodies + JSON.stringify(live.logged)).not.toContain(own);
  }
});
