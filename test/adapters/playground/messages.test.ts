import { describe, expect, it } from "vitest";
import { FACES } from "../../../adapters/faces.ts";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { buttonFor } from "../../support.ts";
import { openPlayground, PLAIN_FACES, slowed } from "./playground.ts";

/** What is needed of a message as Slack has it. */
interface SlackLook {
  blocks?: { elements?: { action_id?: string }[] }[];
}

const WORKSPACE = "playground" as WorkspaceId;

describe("A script that posts to /playground/messages", () => {
  it("is answered as text, as data, and as each platform would show it", async () => {
    const { say } = await openPlayground();
    const [answer, ...more] = await say("track Contoso CRM");
    expect(more).toEqual([]);
    expect(answer).toMatchObject({
      kind: "answer",
      at: "2026-11-03T09:15:00-08:00",
      conversation: "main",
      text: expect.stringMatching(/^Now following Contoso CRM/),
      reply: { title: expect.stringContaining("Contoso CRM"), audience: "everyone" },
      slack: { text: expect.stringContaining("slack: ") },
      teams: { text: expect.stringContaining("teams: ") },
    });
  });

  it("may press a button of an answer, which shows as what is written on it", async () => {
    const { say, post, listen } = await openPlayground();
    await say("track Contoso CRM");
    const [marked] = await say("mark Contoso CRM submitted");
    const button = marked && buttonFor(marked.reply, "mark", { milestone: "report-passed" });
    const { status, body } = await post("messages", {
      press: { action: button?.action, fields: button?.fields },
    });
    expect(status).toBe(200);
    expect(body.replies[0]?.text).toContain("It is in testing");
    const events = await (await listen()).until(({ data }) => data.kind === "said", 3);
    expect(events.at(-1)?.data.text).toBe("Report passed");
  });

  it("may press what no answer offered: then the action itself is shown", async () => {
    const { post, listen } = await openPlayground();
    const { status, body } = await post("messages", { press: { action: "frobnicate", fields: {} } });
    expect(status).toBe(200);
    expect(body.replies).toHaveLength(1);
    const [said] = await (await listen()).until(({ data }) => data.kind === "said");
    expect(said?.data.text).toBe("frobnicate");
  });

  it("speaks as the person it names, and as you when it names none", async () => {
    const { say, store } = await openPlayground();
    await say("track Contoso CRM", { person: "Ana" });
    await say("track Contoso Sales");
    const owners = (await store.list(WORKSPACE)).map(({ name, owner }) => [name, owner]);
    expect(Object.fromEntries(owners)).toEqual({
      "Contoso CRM": { id: "Ana", name: "Ana" },
      "Contoso Sales": { id: "you", name: "you" },
    });
  });

  it("speaks in a channel where the conversation's name begins with #, and directly elsewhere", async () => {
    const { say, store } = await openPlayground();
    await say("track Contoso CRM", { conversation: "#connectors" });
    await say("track Contoso Sales", { conversation: "Ana" });
    const settings = (await store.list(WORKSPACE)).map(({ name, setting, where }) => [name, setting, where]);
    expect(settings.toSorted()).toEqual([
      ["Contoso CRM", "shared", "playground:#connectors"],
      ["Contoso Sales", "direct", "playground:Ana"],
    ]);
  });

  it("gets the reminders that came due on the way to `now` before the answer, each at its own time", async () => {
    const { say } = await openPlayground();
    await say("track Contoso CRM");
    await say("mark Contoso CRM report-passed already");
    const replies = await say("status", { now: "2026-11-05T08:00:00-08:00" });
    expect(replies.map(({ kind, at }) => [kind, at])).toEqual([
      ["reminder", "2026-11-04T09:15:00-08:00"],
      ["reminder", "2026-11-05T01:15:00-08:00"],
      ["reminder", "2026-11-05T07:15:00-08:00"],
      ["answer", "2026-11-05T08:00:00-08:00"],
    ]);
  });

  it("may go back in time, and nothing is sent on the way", async () => {
    const { say } = await openPlayground();
    await say("track Contoso CRM");
    const replies = await say("mark Contoso CRM submitted", { now: "2026-10-01T10:00:00+02:00" });
    expect(replies.map(({ kind, at }) => [kind, at])).toEqual([["answer", "2026-10-01T01:00:00-07:00"]]);
    expect(replies[0]?.text).toContain("Thu 1 Oct 2026, 01:00");
  });

  it("keeps conversations apart, but all speak of the same connectors", async () => {
    const { say, listen, post } = await openPlayground();
    await say("track Contoso CRM", { conversation: "#a" });
    await say("mark Contoso CRM submitted", { conversation: "#a" });
    const [seen] = await say("status Contoso CRM", { conversation: "b" });
    expect(seen?.text).toContain("Contoso CRM is in review");
    const replies = await say("hi", { conversation: "b", now: "2026-11-04T12:00-08:00" });
    expect(replies.map(({ kind }) => kind)).toEqual(["answer"]);
    const pushed = await post("clock", { push: "1d" });
    expect(pushed.body.replies.map(({ conversation, kind }) => [conversation, kind])).toEqual([
      ["#a", "reminder"],
    ]);
    const [a, b] = [await listen("#a"), await listen("b")];
    await a.until(({ data }) => data.kind === "reminder", 2);
    await b.until(({ data }) => data.kind === "answer", 2);
    expect(b.events.filter(({ event }) => event === "entry").map(({ data }) => data.id)).toEqual([
      1, 2, 3, 4,
    ]);
    expect(JSON.stringify(b.events)).not.toContain("reminder");
  });

  it("is answered one after the other, however many ask at once", async () => {
    const { say } = await openPlayground({ throughStore: slowed });
    const names = Array.from({ length: 40 }, (_, number) => `Connector ${number}`);
    const answers = await Promise.all(names.map((name) => say(`track ${name}`)));
    expect(answers.map(([answer]) => answer?.to && answer.id - answer.to)).toEqual(names.map(() => 1));
    const [list] = await say("list");
    expect(list?.text).toMatch(/^40 connectors/);
  });

  it("is refused a hundred and first conversation, and those that exist go on", async () => {
    const { say, post } = await openPlayground();
    for (let number = 0; number < 100; number += 1) await say("hi", { conversation: `c${number}` });
    const { status, body } = await post("messages", { text: "hi", conversation: "one more" });
    expect([status, body.problem]).toEqual([422, expect.stringContaining("too many conversations")]);
    expect(await say("hi", { conversation: "c7" })).toHaveLength(1);
  });

  it("never has a secret shown back, nor a very long text in full", async () => {
    const { say, listen } = await openPlayground();
    const token = ["xoxb", "2345678901", "abcdefghijklmnop"].join("-");
    const answers = [await say(`my token is ${token}`), await say("long ".repeat(8000))];
    const events = await (await listen()).until(({ data }) => data.kind === "answer", 2);
    expect(JSON.stringify([answers, events])).not.toContain("abcdefghijklmnop");
    const said = (await (await listen()).until(({ data }) => data.kind === "said", 2)).map(
      ({ data }) => data.text,
    );
    expect(said[0]).toBe("my token is [secret removed]");
    expect(said[1]?.length).toBeLessThan(4100);
    expect(said[1]).toMatch(/… and 36000 more characters$/);
  });
});

describe("A press in a pane", () => {
  it.each(["slack", "teams"])(
    "of %s is read as that platform reads it, and shows as its label",
    async (platform) => {
      const { say, post, listen } = await openPlayground();
      await say("track Contoso CRM");
      const pressed = { action: "say", fields: { text: "mark Contoso CRM submitted" } };
      const { status, body } = await post(`presses/${platform}`, {
        payload: { pressed },
        label: "Submitted",
      });
      expect(status).toBe(200);
      expect(body.replies[0]?.text).toContain("It is in review");
      const said = await (await listen()).until(({ data }) => data.kind === "said", 2);
      expect(said.map(({ data }) => data.text)).toEqual(["track Contoso CRM", "Submitted"]);
    },
  );

  it.each([["slack"], ["teams"]])("that %s can't read gets 422 and does nothing", async (platform) => {
    const { post, entries } = await openPlayground();
    for (const payload of [undefined, null, 7, "x", [], {}, { pressed: { action: 1 } }]) {
      const { status, body } = await post(`presses/${platform}`, { payload, label: "Submitted" });
      expect([status, body.problem]).toEqual([
        422,
        expect.stringMatching(/^The payload .+ on (slack|teams)\.$/),
      ]);
    }
    expect(await entries()).toEqual([]);
  });

  it("that opens a window there is answered with it, and says nothing until the window is sent", async () => {
    const { say, post, entries } = await openPlayground({ faces: FACES });
    await say("track Contoso CRM");
    const [asked] = await say("mark Contoso CRM");
    const { blocks = [] } = (asked?.slack ?? {}) as SlackLook;
    const elements = blocks.flatMap((block) => block.elements ?? []);
    const button = elements.find(({ action_id }) => action_id?.startsWith("open!"));
    const payload = { type: "block_actions", actions: [button] };
    const { status, body } = await post("presses/slack", { payload, label: "Record a milestone" });
    const { window, ...rest } = body;
    expect([status, rest.replies]).toEqual([200, []]);
    expect(window).toMatchObject({
      type: "modal",
      title: { text: "Connector Shepherd" },
      submit: { text: "Record it" },
    });
    expect(await entries()).toHaveLength(4);

    const milestone = { "milestone@1": { selected_option: { value: "submitted" } } };
    const state = {
      values: { "milestone@1": milestone, "when@1": { "when@1": { selected_date_time: null } } },
    };
    const view = { ...window, state };
    const sent = await post("presses/slack", {
      payload: { type: "view_submission", view },
      label: "Record it",
    });
    expect(sent.body.replies[0]?.text).toContain("It is in review");
    expect((await entries()).map(({ data }) => data.text).at(-2)).toBe("Record it");
  });

  it.each([
    [{ type: "view_closed", view: { private_metadata: '{"form":"help#{}"}' } }],
    [{ type: "view_submission" }],
    [{ type: "view_submission", view: { private_metadata: 7 } }],
    [{ type: "view_submission", view: { private_metadata: "no json" } }],
    [{ type: "view_submission", view: { private_metadata: "{}" } }],
    [{ type: "view_submission", view: { private_metadata: '{"form":"help"}' } }],
    [{ type: "block_actions", actions: [{ action_id: "open!1", value: "{}" }] }],
    [{ type: "block_actions", actions: [{ action_id: "share!0", value: '{"action":"help","fields":{}}' }] }],
  ])("that is no window of ours gets 422 and does nothing: %j", async (payload) => {
    const { post, entries } = await openPlayground({ faces: FACES });
    const { status, body } = await post("presses/slack", { payload, label: "x" });
    expect([status, body.problem]).toEqual([422, expect.stringMatching(/^The payload .+ on slack\.$/)]);
    expect(await entries()).toEqual([]);
  });

  it("that would break the renderer is a fault of ours: 500, logged without what was said", async () => {
    const render = () => {
      throw new Error("secret words");
    };
    const { post, logged } = await openPlayground({
      faces: { ...PLAIN_FACES, teams: { ...PLAIN_FACES.teams, render } },
    });
    const { status, body } = await post("messages", { text: "hi" });
    expect([status, body.problem]).toEqual([500, expect.stringMatching(/\.$/)]);
    expect(logged.join()).toContain("a request failed");
    expect(logged.join()).not.toContain("secret words");
  });
});

describe("What is fetched by its address", () => {
  it("is under the address by which the reader called, the same content under the same", async () => {
    const { say, call, url } = await openPlayground();
    await say("track Contoso CRM");
    await say("mark Contoso CRM go-live 2026-10-28 already");
    const asked = { body: { text: "eta Contoso CRM" } };
    const pictureOf = (answer: Awaited<ReturnType<typeof call>>) =>
      answer.body.replies[0]?.slack.addresses[0] ?? "";
    const address = pictureOf(await call("POST", "/playground/messages", asked));
    expect(address).toMatch(new RegExp(`^${url}/playground/pictures/[0-9a-f]{32}\\.png$`));
    const host = url.replace("http://127.0.0.1", "localhost");
    const other = pictureOf(await call("POST", "/playground/messages", { ...asked, headers: { host } }));
    expect(other).toBe(address.replace("127.0.0.1", "localhost"));
    const drawn = await call("GET", new URL(address).pathname);
    expect([drawn.status, drawn.headers["content-type"]]).toEqual([200, "image/png"]);
  });

  it("is a calendar file under its own name", async () => {
    const { say, call } = await openPlayground();
    await say("track Contoso CRM");
    await say("mark Contoso CRM go-live 2026-10-28 already");
    const [answer] = await say("calendar Contoso CRM");
    const path = new URL(answer?.teams.addresses.find((one) => one.endsWith(".ics")) ?? "").pathname;
    const file = await call("GET", path);
    expect(file.status).toBe(200);
    expect(file.headers["content-type"]).toBe("text/calendar; charset=utf-8");
    expect(file.headers["content-disposition"]).toMatch(/^attachment; filename=.+\.ics/);
    expect(file.text).toMatch(/^BEGIN:VCALENDAR\r\n.*X-WR-CALNAME:Contoso CRM/s);
    expect((await call("GET", path.replace(/[^/]+$/, "other.ics"))).status).toBe(404);
  });

  it.each([
    "pictures/x.png",
    "pictures/x",
    `pictures/${"0".repeat(32)}.png`,
    "files/x/y.ics",
    "files/x/%ff.ics",
  ])("and is not kept gets a sentence: %s", async (path) => {
    const { call } = await openPlayground();
    const { status, body } = await call("GET", `/playground/${path}`);
    expect([status < 500, body.problem]).toEqual([true, expect.stringMatching(/\.$/)]);
  });
});
