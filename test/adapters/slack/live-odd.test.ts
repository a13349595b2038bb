import { expect, test } from "vitest";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { command, goLiveInBoth, mention } from "./live.ts";
import type { Fields } from "./world/json.ts";
import { overridden } from "./world/payloads.ts";
import { wordsOf } from "./world/slack-world.ts";

const FORM = "application/x-www-form-urlencoded";
const LONG = 200_000;

/** Parts of deliveries that no one but a clumsy or hostile program would send, in the place of what was there. */
const ODD_EVENTS: Fields[] = [
  ...[{ authorizations: null }, { authorizations: [] }, { authorizations: [null] }, { event_time: 1e308 }],
  ...[{ context_team_id: "../../x" }, { context_team_id: "T1'; DROP" }, { context_team_id: "CONSTRUCTOR" }],
  ...[
    { context_team_id: "T".repeat(5000) },
    { event_id: null },
    { event_id: "x".repeat(LONG) },
    { event: null },
  ],
  ...[{ event: [] }, { event: "x" }],
  ...[
    { user: "U/../x" },
    { user: "__proto__" },
    { user: null },
    { channel: "D/x" },
    { channel: null },
    { ts: "" },
  ].map(inEvent),
  ...[{ thread_ts: {} }, { text: null }, { text: ["x"] }, { subtype: "bot_message" }, { bot_id: "B1" }].map(
    inEvent,
  ),
];
const ODD_PRESSES: Fields[] = [
  ...[[], null, {}, [{}], [null]].map((actions) => ({ actions })),
  ...["other_app", "", "#1", "__proto__#1", "constructor#1", "toString#1"].map((id) => press(id, "{}")),
  ...[
    "",
    "null",
    "[]",
    "{",
    '{"__proto__":"x"}',
    '{"connector":"__proto__"}',
    '{"connector":{}}',
    "1e999",
  ].map((value) => press("untrack#1", value)),
  ...["-1", "0", "1e309", "NaN", "__proto__", "9".repeat(30)].map((page) =>
    press("portfolio#1", JSON.stringify({ page })),
  ),
  ...["null", "{}", '{"action":"__proto__","fields":{}}', '{"action":"settings","fields":{}}'].flatMap(
    (value) => ["share!0", "picture!0", "open!1"].map((id) => press(id, value)),
  ),
  press("say#1", JSON.stringify({ text: "x".repeat(LONG) })),
  ...[
    { team: null },
    { user: null },
    { user: { id: "__proto__" } },
    { channel: null },
    { container: null },
    { view: {} },
  ].map((part) => ({ ...press("list#1", "{}"), ...part })),
  { container: { type: "message" } },
  { trigger_id: null },
  { response_url: "nowhere" },
];
const ODD_FORMS: Fields[] = [
  ...[
    "junk",
    "null",
    "",
    "[]",
    '{"form":5}',
    '{"form":"##"}',
    '{"form":"track#{"}',
    '{"form":"track#{\\"form\\":1e400}"}',
    null,
  ].map((private_metadata) => ({ view: { private_metadata } })),
  ...[
    { view: null },
    { view: { id: null } },
    { user: null },
    { trigger_id: null },
    { view: { callback_id: "other" } },
  ],
  ...["__proto__", "T0UNKNOWN", "../x"].map((id) => ({ view: { app_installed_team_id: id } })),
  ...[null, [], "x", { values: null }, { values: [] }, { values: { "name@1": null } }].map((state) => ({
    view: { state },
  })),
  ...[
    { value: {} },
    { value: "\u0000" },
    { selected_date_time: 1e300 },
    { selected_option: [] },
    { value: " " },
  ].map((filled) => ({
    view: { state: { values: { "name@1": { "name@1": filled } } } },
  })),
];

function inEvent(event: Fields): Fields {
  return { event };
}

function press(action_id: string, value: string): Fields {
  return { actions: [{ type: "button", action_id, value }] };
}

async function goLiveOddly() {
  const live = await goLiveInBoth();
  const { world, a, clock, until, store, logged } = live;
  const posted = await mention(a, "ana", "connectors", "track Zebra");
  const clicked = await a.click("ana", posted, "Next step");
  await clicked.answers();
  await a.openHome("ana");
  await until("the Home", () => a.home("ana"));
  await a.click("ana", "home", "Track a connector");
  await until("the form", () => a.modal("ana"));
  const sent = await a.submit("ana", { "Name of the connector": " " });
  // Answered to one alone, and so not at one a second only.
  const said = await a.mention("ana", "connectors", "help", { overrides: { is_ext_shared_channel: true } });
  const asked = await a.command("ana", "connectors", "help");
  const kept = async () => JSON.stringify(await store.list(a.team as WorkspaceId));
  const [before, since] = [await kept(), logged.length];
  let count = 0;

  /** Each odd part in a delivery that is as it should be otherwise; a few at once, and never too many. */
  async function deliver(base: Fields, parts: Fields[]): Promise<number[]> {
    const statuses: number[] = [];
    for (let at = 0; at < parts.length; at += 10) {
      const some = parts.slice(at, at + 10).map((part) => {
        count += 1;
        const fresh = "event" in base ? { event_id: `Odd${count}` } : { trigger_id: `odd.${count}` };
        const payload = JSON.stringify(overridden({ ...base, ...fresh }, part));
        return "event" in base
          ? world.send(payload)
          : world.send(`${new URLSearchParams({ payload })}`, { contentType: FORM });
      });
      statuses.push(...(await Promise.all(some)).map(({ status }) => status));
      clock.shift += 60_000;
    }
    return statuses;
  }
  /** Nothing was changed, nothing of ours broke, and the next is answered. */
  async function unharmed(statuses: number[]): Promise<void> {
    // Refused by Bolt, not understood by it, or taken: never without an answer.
    expect(statuses.filter((status) => ![200, 404, 500].includes(status))).toEqual([]);
    expect(wordsOf(await command(a, "ben", "help"))).toContain("Say a command");
    expect(await kept()).toBe(before);
    const faults = logged
      .slice(since)
      .filter(({ message, facts }) => /fault of ours|"error":/.test(message + facts));
    expect(faults).toEqual([]);
  }
  return {
    ...live,
    clicked: clicked.payload,
    sent: sent.payload,
    said: said.payload,
    asked: asked.payload,
    deliver,
    unharmed,
  };
}

test("events that are not as Slack sends them harm nothing", async () => {
  const { said, deliver, unharmed } = await goLiveOddly();
  await unharmed(await deliver(said, ODD_EVENTS));
});

test("presses that are not as Slack sends them harm nothing", async () => {
  const { clicked, deliver, unharmed } = await goLiveOddly();
  await unharmed(await deliver(clicked, ODD_PRESSES));
});

test("forms that are not as Slack sends them harm nothing", async () => {
  const { sent, deliver, unharmed } = await goLiveOddly();
  await unharmed(await deliver(sent, ODD_FORMS));
});

test("a long text keeps nobody waiting, whatever it is made of", async () => {
  const { a, world, said, asked, deliver, unharmed } = await goLiveOddly();
  const pieces = [
    ...[
      "<@U1|",
      "<http:",
      "<mailto:",
      "<#C1|",
      "<!x|",
      "<",
      "<@U",
      "&amp;",
      "&lt;",
      " ",
      "\n",
      "x",
      "list ",
      "e\u0301",
    ],
    ...[
      "eyJ",
      "eyJhbGciOi.",
      "sig=",
      "-----BEGIN ",
      "AccountKey=",
      "xoxb-",
      "ghp_",
      "https://",
      "password: ",
      "%25",
      '"',
    ],
  ];
  const texts = pieces.map((piece) => piece.repeat(Math.ceil(LONG / 4 / piece.length)));
  for (const text of texts) {
    const began = performance.now();
    const statuses = await deliver(said, [inEvent({ text })]);
    const fields = { ...asked, text, trigger_id: `long.${text.slice(0, 20)}` } as Record<string, string>;
    const { status } = await world.send(`${new URLSearchParams(fields)}`, { contentType: FORM });
    expect((await a.command("ben", "connectors", "help")).status).toBe(200);
    expect([text.slice(0, 20), ...statuses, status]).toEqual([text.slice(0, 20), 200, 200]);
    expect([text.slice(0, 20), performance.now() - began < 3000]).toEqual([text.slice(0, 20), true]);
  }
  await unharmed([]);
});
