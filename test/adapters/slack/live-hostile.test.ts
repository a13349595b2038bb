import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { makeFolder } from "../../store/folder.ts";
import { SECRETS } from "../pasted.ts";
import { command, goLiveInBoth, mention } from "./live.ts";
import { partsIn } from "./traces.ts";
import { wordsOf } from "./world/slack-world.ts";

/** Texts that want to be more than text, as people type them. */
const HOSTILE = [
  ...["<!channel>", "<!here|here>", "<@U000000001>", "<#C000000001|general>", "<!subteam^S012ABC|@ops>"],
  ...["<https://evil.example|Microsoft>", "https://evil.example/x", "[a](https://evil.example)"],
  ...[
    "*b* _i_ ~s~ `c` ```d```",
    "&lt;!channel&gt;",
    "&amp;lt;!here",
    "<!date^0^{date}^https://evil.example|x>",
  ],
  ...[
    "\u202eevil\u202c txt",
    "\u2066isolated",
    "👩‍👩‍👧‍👦 \u{1F600}\u{1F4A9}",
    ":tada: :skull:",
    "@here @channel",
    "#general",
  ],
  ...[
    "'; DROP TABLE connector; --",
    "__proto__",
    "constructor",
    "{{x}} {x} %s",
    '"}]}',
    "<mailto:a@evil.example|b>",
  ],
];

/** As Slack sends what was typed. */
const typed = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Everything in what was sent to Slack that is more than text. */
function livelyIn(sent: unknown): string[] {
  return partsIn(sent).flatMap((part) => {
    const { type, text, url, user_id } = part;
    if (
      ["broadcast", "usergroup", "channel", "emoji", "color", "team"].includes(`${type}`) &&
      !("elements" in part)
    )
      return [JSON.stringify(part)];
    if (type === "user") return [`user ${user_id}`];
    if (type === "link" || url !== undefined) return [`link ${url}`];
    if (type === "mrkdwn") return [`mrkdwn ${text}`];
    return type === undefined && typeof text === "string" && /[<>]/.test(text) ? [`text ${text}`] : [];
  });
}

test("what people write is text in every answer, whatever it looks like", async () => {
  const people = HOSTILE.slice(0, 12).map((name, index) => ({
    name: `p${index}`,
    more: { profile: { display_name: name, real_name: name } },
  }));
  const live = await goLiveInBoth({ world: { workspaces: { a: { people: [{ name: "ana" }, ...people] } } } });
  const { world, a, clock, until, remindAt } = live;
  for (const [index, text] of HOSTILE.entries()) {
    const who = `p${index % people.length}`;
    const name = `${typed(text)} ${index}`;
    for (const line of [
      `track ${name}`,
      `status ${name}`,
      `evidence ${name} availability=${typed(text)}`,
      `mark ${name} submitted ${typed(text)}`,
      // Of a few only: the reminders that follow go out at one a second.
      index % 8 === 0 ? `mark ${name} submitted` : `eta ${name} ${typed(text)}`,
      `rename ${name} to ${name} again`,
      `settings freeze add 2${index % 8} Dec to 2${(index % 8) + 1} Dec ${typed(text)}`,
      typed(text),
      `help ${typed(text)}`,
    ])
      await command(a, who, line);
    clock.shift += 60_000;
  }
  await command(a, "p1", "settings", "list", `track ${"x".repeat(4000)}`, `track ${"🦄".repeat(2000)}`);
  await a.openHome("ana");
  const home = await until("the Home", () => a.home("ana"));
  await mention(a, "p0", "connectors", "list");
  await a.direct("p3", typed(HOSTILE.join(" ")));
  await until("an answer", async () => (await a.directMessages("p3")).length === 2);
  await command(a, "p4", `export`);
  const { sent } = await remindAt("2026-11-05T09:20");
  expect(sent).toBeGreaterThan(0);
  const listed = wordsOf(home) + wordsOf(await command(a, "ana", "list"));
  expect(listed).toContain("<!channel> 0 again");
  const lively = new Set(world.front.calls.flatMap(({ body }) => livelyIn(body)));
  // Microsoft's pages, and the owner of a connector whose reminder it is.
  const meant = new Set(people.map(({ name }) => `user ${a.user(name)}`));
  const pages = /^(?:link |mrkdwn [^<]*<)https:\/\/learn\.microsoft\.com\/[^<]*$/;
  const own = [...lively].filter((one) => !pages.test(one) && !meant.has(one));
  expect(own).toEqual([]);
  expect(live.logged.filter(({ level }) => level === "error")).toEqual([]);
});

test.each(Object.entries(SECRETS))(
  "%s is kept nowhere, wherever it is pasted, and the one who did is told alone",
  async (what, [text, secret]) => {
    const folder = makeFolder();
    const live = await goLiveInBoth({ data: join(folder, "shepherd.db") });
    const { world, a, until } = live;
    const told = `That message held what looks like ${what}; it was neither kept nor acted on. Rotate it.`;
    const acks: unknown[] = [];

    for (const line of [`track ${text}`, text, `settings freeze add 24 Dec to 2 Jan ${typed(text)}`]) {
      const asked = await a.command("ana", "connectors", line);
      acks.push(asked.ackBody);
      const [answer] = await asked.answers();
      expect(wordsOf(answer)).toContain(told);
      expect(answer?.response_type).toBe("ephemeral");
    }
    const before = (await a.ephemerals("ben")).length;
    await a.mention("ben", "connectors", `track <${text}>`);
    const whispered = await until("a whisper", async () => (await a.ephemerals("ben"))[before]);
    expect(wordsOf(whispered)).toContain(told);
    await a.direct("ana", `rename Contoso CRM to ${typed(text)}`);
    const direct = await until("an answer", async () => (await a.directMessages("ana"))[1]);
    expect(wordsOf(direct)).toContain(told);

    await a.openHome("ana");
    await until("the Home", () => a.home("ana"));
    await a.click("ana", "home", "Track a connector");
    await until("the form", () => a.modal("ana"));
    const sent = await a.submit("ana", { "Name of the connector": text });
    acks.push(sent.ackBody);
    expect(wordsOf(sent.view)).toContain(told);
    const greeting = await mention(a, "ana", "launch", "hi");
    await a.click("ana", greeting, "Follow it", { values: { "Name of the connector": text } });
    const pressed = await until("a whisper", async () => (await a.ephemerals("ana", "launch"))[0]);
    expect(wordsOf(pressed)).toContain(told);

    // What the bot wrote for all to read: the greeting alone, in its thread.
    expect((await a.history("connectors")).filter(({ user }) => user === a.bot.userId)).toEqual([]);
    const kept = readdirSync(folder).map((file) => readFileSync(join(folder, file), "latin1"));
    const all = { logged: live.logged, calls: world.front.calls.map(({ body }) => body), acks, kept };
    const leaks = Object.entries(all).filter(([, one]) => JSON.stringify(one).includes(secret));
    expect(leaks.map(([where]) => where)).toEqual([]);
    expect(await live.store.list(a.team as WorkspaceId)).toEqual([]);
  },
);
