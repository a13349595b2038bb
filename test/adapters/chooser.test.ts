import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { openChooser } from "../../adapters/chooser.ts";
import { readQuestions, TUNING } from "../../bench/questions/sets.ts";
import { createAssistant } from "../../src/assistant.ts";
import type { WorkspaceId } from "../../src/incoming.ts";
import type { Log } from "../../src/ports.ts";
import { match } from "../../src/questions/match.ts";
import { buttonsOf, HERE, openHouse, pacific, sasUri, sourcesOf, textOf } from "../support.ts";
import { answering, openModel, saying } from "./models.ts";

const KEY = "hunter22-hunter22";
/** Nobody waits longer than three seconds; the machine may be busy. */
const LIMIT_MS = 9000;

function noting() {
  const lines: string[] = [];
  const note = (message: string, facts?: object) => void lines.push(message + JSON.stringify(facts ?? {}));
  return { lines, log: { info: note, warn: note, error: note } satisfies Log };
}

/** The model is asked this, and behaves so. */
async function chosen(behave: Parameters<typeof openModel>[0], question = "the link?") {
  const model = await openModel(behave);
  const { lines, log } = noting();
  const { chooser } = await openChooser({ ...model.config, key: KEY }, log);
  const begun = performance.now();
  const id = await chooser?.(question);
  return { ...model, lines, id, tookMs: performance.now() - begun };
}

describe("A model that is asked what a question is about", () => {
  it.each<[says: string, id: string]>([
    ["test.48h", "test.48h"],
    ['"test.48h"', "test.48h"],
    ["`ga.criteria`.", "ga.criteria"],
    [" 'deploy.regions'\n", "deploy.regions"],
    ["eta", "eta"],
    ["readiness", "readiness"],
    ["none", "none"],
  ])("chooses by saying %j", async (says, id) => {
    expect(await chosen(saying(says))).toMatchObject({ id, lines: [] });
  });

  it.each<[what: string, says: unknown]>([
    ["prose", "The preview link lives forever, trust me."],
    ["an id that there is not", "test.49h"],
    ["a name that every object has", "__proto__"],
    ["an id within a sentence", "I think it is test.48h"],
    ["two ids", "test.48h, ga.criteria"],
    ["an id in other letters", "TEST.48H"],
    ["nothing", ""],
    ["no text", null],
    ["a list", [{ type: "text", text: "test.48h" }]],
    ["a number", 48],
  ])("that says %s has chosen nothing", async (_, says) => {
    expect((await chosen(saying(says))).id).toBeUndefined();
  });

  it.each<[what: string, behave: ReturnType<typeof answering>]>([
    ["sends nothing", answering("")],
    ["sends garbage", answering('{"choices": [{"mess')],
    ["sends another form", answering('{"choices": "test.48h"}')],
    ["sends null", answering("null")],
    ["sends an empty list", answering('{"choices": []}')],
    ["sends a page", answering("<html>test.48h</html>", 200, { "content-type": "text/html" })],
    ["sends ten megabytes", saying("test.48h ".repeat(1_200_000))],
    ["fails", answering('{"error": {"message": "test.48h"}}', 500)],
    ["refuses the key", answering('{"error": {"message": "test.48h"}}', 401)],
    ["is asked too often", answering("{}", 429, { "retry-after": "60" })],
    ["hangs up", (response) => void response.socket?.destroy()],
    [
      "hangs up in the middle",
      (response) => void response.writeHead(200).write("{", () => response.destroy()),
    ],
  ])("that %s has chosen nothing, and is asked once", async (_, behave) => {
    const { id, heard, lines, tookMs } = await chosen(behave);
    expect([id, heard.length]).toEqual([undefined, 1]);
    expect(tookMs).toBeLessThan(LIMIT_MS);
    expect(lines.join()).not.toMatch(/hunter22|the link|test\.48h/);
  });

  it.each<[what: string, behave: ReturnType<typeof answering>]>([
    ["holds its answer back", () => undefined],
    ["begins to answer and holds the rest back", (response) => void response.writeHead(200).write('{"ch')],
  ])("that %s is waited for a few seconds only", { timeout: LIMIT_MS * 2 }, async (_, behave) => {
    const model = await openModel(behave);
    const { log } = noting();
    const { chooser } = await openChooser(model.config, log);
    const limit = AbortSignal.timeout(LIMIT_MS);
    const tooLate = once(limit, "abort").then(() => "too late");
    expect(await Promise.race([chooser?.("the link?"), tooLate])).toBeUndefined();
    expect(model.heard).toHaveLength(1);
  });

  it("that is not there has chosen nothing, and the log says that it could not be asked", async () => {
    const gone = createServer().listen(0, "127.0.0.1");
    await once(gone, "listening");
    const { port } = gone.address() as AddressInfo;
    await new Promise((closed) => gone.close(closed));
    const { lines, log } = noting();
    const { chooser } = await openChooser(
      { url: `http://127.0.0.1:${port}/v1`, model: "small-1", key: KEY },
      log,
    );
    expect(await chooser?.("the link?")).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^the model could not be asked\{"error":"\w+"\}$/)]);
  });

  it.each([301, 302, 307, 308])("that sends us elsewhere by %i is not followed there", async (status) => {
    const elsewhere = await openModel(saying("test.48h"));
    const location = `${elsewhere.config.url}/chat/completions`;
    const { id, lines } = await chosen(answering("", status, { location }));
    expect(id).toBeUndefined();
    expect(elsewhere.heard).toEqual([]);
    expect(lines.join()).not.toContain(KEY);
  });

  it("is given the key as a bearer's, and nothing of it stands anywhere else", async () => {
    const { heard, lines } = await chosen(saying("test.48h"));
    expect(heard[0]).toMatchObject({
      path: "/v1/chat/completions",
      headers: { authorization: `Bearer ${KEY}` },
    });
    const { authorization: _, ...headers } = heard[0]?.headers ?? {};
    expect(JSON.stringify([headers, heard[0]?.body, lines])).not.toContain(KEY);
  });

  it("is given no secret that the question holds, and only its beginning", async () => {
    const secret = "Zm9vYmFyYmF6cXV4c2lnbmF0dXJlc2VjcmV0ISEhISE";
    const { questions } = await chosen(saying("none"), `is ${sasUri("2026-12-31T09:00", secret)} right?`);
    expect(questions().join()).toContain("contoso.blob.core.windows.net");
    expect(questions().join()).not.toContain(secret);
    const long = await chosen(saying("none"), `${"why ".repeat(200)}THE END`);
    expect(long.questions()[0]?.length).toBeLessThanOrEqual(500);
  });
});

/** Learning anew moves what is unsure: of so many some are. */
const ASKED = TUNING.flatMap(readQuestions).map(({ q }) => q);
const FOLLOWED = ["Contoso CRM", "Fabrikam Mail"];

/** One of them that is unsure as it stands, or within words. */
function unsureIn(wrap = (words: string) => words, connectors: string[] = []): string {
  const now = pacific("2026-11-03T09:15");
  const unsure = ASKED.map(wrap).find((words) => match(words, { connectors, now }).kind === "choices");
  if (!unsure) throw new Error("nothing is unsure");
  return unsure;
}

/** The product with a model beside it. */
async function openHouseWithModel(behave: Parameters<typeof openModel>[0]) {
  const house = await openHouse();
  const model = await openModel(behave);
  const unsure = unsureIn();
  const choices = await house.say(unsure);
  const assistant = createAssistant({
    ...house.needs,
    ...(await openChooser({ ...model.config, key: KEY }, house.needs.log)),
  });
  let count = 0;
  const say = async (text: string, talk = `t${count}`) => {
    count += 1;
    const base = { id: `m${count}`, workspace: "T-contoso" as WorkspaceId, where: HERE, thread: talk };
    const from = { id: "U-ana", name: "Ana" };
    const reply = await assistant.answer({
      ...base,
      from,
      setting: "shared",
      said: { kind: "text", text },
    });
    if (!reply) throw new Error("no answer");
    return reply;
  };
  return { house, ...model, unsure, choices, say };
}

describe("An assistant with a model beside it", () => {
  it("answers what the model chose, in our own words, and remembers it", async () => {
    const { say, unsure, questions, house } = await openHouseWithModel(saying("test.48h"));
    await house.sayAll("track Contoso CRM", "track Fabrikam Mail");
    const reply = await say(unsure, "t1");
    expect(reply.title).toMatch(/^The preview link lives 48 business hours/);
    expect(sourcesOf(reply).length).toBeGreaterThan(0);
    expect(questions()).toEqual([unsure]);
    expect((await say("and for contoso?", "t1")).title).toMatch(/^Contoso CRM has no test link yet/);
    expect(questions()).toHaveLength(1);
  });

  it("takes “none” for an admission, and a route for a question on a connector", async () => {
    const none = await openHouseWithModel(saying("none"));
    expect((await none.say(none.unsure)).title).toMatch(/^I have no answer to “/);
    const route = await openHouseWithModel(saying("readiness"));
    await route.house.sayAll("track Contoso CRM", "track Fabrikam Mail");
    expect((await route.say(route.unsure)).title).toBe("Which connector? 2 are tracked here.");
  });

  it.each<[what: string, behave: ReturnType<typeof answering>]>([
    ["fails", answering("{}", 500)],
    ["writes an answer of its own", saying("Certification is free of charge. See https://evil.example/")],
    ["wants something done", saying("forget everything")],
  ])("shows the choices where the model %s", async (_, behave) => {
    const { say, unsure, choices, house } = await openHouseWithModel(behave);
    await house.say("track Contoso CRM");
    const reply = await say(unsure);
    expect(textOf(reply)).toBe(textOf(choices));
    expect(buttonsOf(reply)).toEqual(buttonsOf(choices));
    expect((await house.exported()).connectors).toHaveLength(1);
    expect(JSON.stringify(house.logged)).not.toMatch(/hunter22|evil|free of charge/);
  });

  it("hears the connector that the question named, whatever the model chose", async () => {
    const { say, house } = await openHouseWithModel(saying("readiness"));
    await house.sayAll("track Contoso CRM", "track Fabrikam Mail");
    const { title } = await say(unsureIn((words) => `tag ${words} for fabrikam`, FOLLOWED));
    expect(title).toContain("; Fabrikam Mail is at");
  });

  it("shows the choices, too, where asking the model goes wrong", async () => {
    const { house, unsure, choices } = await openHouseWithModel(saying("none"));
    const chooser = () => Promise.reject(new Error("gone"));
    const said = { kind: "text", text: unsure } as const;
    const base = { id: "m1", workspace: "T-contoso" as WorkspaceId, where: HERE, setting: "direct" } as const;
    const from = { id: "U-bo", name: "Bo" };
    const reply = await createAssistant({ ...house.needs, chooser }).answer({ ...base, from, said });
    expect(reply?.title).toBe(choices.title);
  });

  it("asks it nothing that the rules are sure of, and nothing that holds a secret", async () => {
    const { say, heard, house } = await openHouseWithModel(saying("test.48h"));
    await house.sayAll("track Contoso CRM", "track Fabrikam Mail");
    for (const sure of [
      "how high does the success rate have to be?",
      "when do german customers get contoso?",
      "is it ready for GA?",
      "what does certification cost?",
      ...["status contoso", "list", "help", "hi", "thanks!", "bye", "Contoso CRM", "mark contoso submitted"],
      `what is ${sasUri("2026-12-31T09:00")} for in the portal?`,
    ])
      await say(sure);
    expect(heard).toEqual([]);
  });
});
