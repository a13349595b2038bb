import { once } from "node:events";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { POSTGRES } from "../postgres.ts";
import { makeFolder } from "../store/folder.ts";
import { makeDatabase } from "../store/places.ts";
import { refused, SECRET, start } from "./program.ts";

async function say(
  url: string,
  text: string,
  now?: string,
): Promise<{ kind: string; at: string; text: string }[]> {
  const response = await fetch(`${url}/playground/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text, now }),
  });
  expect(response.status).toBe(200);
  const { replies } = (await response.json()) as { replies: { kind: string; at: string; text: string }[] };
  return replies;
}

describe("npm start", () => {
  it("opens the playground, says where and how it ends in one line, and nothing else", async () => {
    const program = start();
    const { line, url } = await program.opened();
    expect(line).toMatch(/^Open http:\/\/127\.0\.0\.1:\d+ in a browser\. Ctrl-C ends it; nothing is kept/);
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<!doctype html>")]);
    const [answer] = await say(url, "track Contoso CRM");
    expect(answer?.text).toMatch(/^Now following Contoso CRM/);
    expect([program.out(), program.err()]).toEqual([`${line}\n`, ""]);
  });

  it("answers as Slack and as Teams show it, with a picture and a calendar file that can be fetched", async () => {
    const { url } = await start(["--now", "2026-11-03T09:15-08:00"]).opened();
    await say(url, "track Contoso CRM");
    await say(url, "mark Contoso CRM go-live 2026-10-28 already");
    const pictured = JSON.stringify(await say(url, "eta Contoso CRM"));
    expect(JSON.parse(pictured)[0]).toMatchObject({
      slack: { text: expect.any(String), blocks: expect.any(Array) },
      teams: { text: expect.any(String), card: { type: "AdaptiveCard", version: "1.5" } },
    });
    const [picture = ""] = /http:[^"]+\/pictures\/\w+\.png/.exec(pictured) ?? [];
    const drawn = Buffer.from(await (await fetch(picture)).arrayBuffer());
    expect(drawn.subarray(1, 4).toString()).toBe("PNG");
    const dated = JSON.stringify(await say(url, "calendar Contoso CRM"));
    const [file = ""] = /http:[^"]+\.ics/.exec(dated) ?? [];
    expect(await (await fetch(file)).text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
  });

  it("tells a reminder at its own moment although the clock runs: 24 hours are 24 hours", async () => {
    const { url } = await start(["--now", "2026-11-03T09:15-08:00"]).opened();
    await say(url, "track Contoso CRM");
    await say(url, "mark Contoso CRM report-passed already");
    const [reminder, answer] = await say(url, "hi", "2026-11-04T12:00-08:00");
    expect(reminder).toMatchObject({
      kind: "reminder",
      text: expect.stringContaining("in 24 h of business time"),
    });
    expect(Date.parse(answer?.at ?? "")).toBe(Date.parse("2026-11-04T12:00-08:00"));
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends on %s with streams open, and with code 0", async (signal) => {
    const program = start();
    const { url } = await program.opened();
    const stream = await fetch(`${url}/playground/events`);
    program.child.kill(signal);
    expect(await program.ended).toEqual({ code: 0, signal: null });
    await expect(stream.text()).resolves.toContain("event: clock");
    expect(program.err()).toBe("");
  });

  it("keeps its connectors and its clock in a file when it is given one", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const first = start(["--data", data, "--now", "2031-05-05T09:15-07:00"]);
    const { line, url } = await first.opened();
    expect(line).toContain(`kept in ${data}`);
    await say(url, "track Contoso CRM");
    first.child.kill("SIGTERM");
    await first.ended;
    const second = await start(["--data", data]).opened();
    const [answer] = await say(second.url, "status Contoso CRM");
    expect(answer?.text).toMatch(/^Contoso CRM is/);
    expect(answer?.at).toMatch(/^2031-05-0[56]T/);
  });

  it("takes no notice of DATABASE_URL: a playground is no place for what is kept elsewhere", async () => {
    const data = join(makeFolder(), "shepherd.db");
    const { line } = await start([], { DATABASE_URL: `sqlite:${data}` }).opened();
    expect(line).toMatch(/nothing is kept \(.*; the playground does not use DATABASE_URL\)\.$/);
    expect(existsSync(data)).toBe(false);
  });

  it("that finds its port taken says so in one sentence, names another and ends with 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { err, code } = await refused([], { PORT: `${port}` });
    expect(err).toMatch(new RegExp(`^Port ${port} is taken.*PORT=\\d+ npm start\\.\\n$`));
    expect(code).toBe(1);
  });

  it.each(["0.0.0.0", "::", "192.0.2.1"])("refuses to listen on %s", async (HOST) => {
    const { err, code } = await refused([], { HOST });
    expect(err).toMatch(
      /^No platform is configured: .*SLACK_BOT_TOKEN.*MicrosoftAppId.* HOST .+ can be reached from the network.+PLAYGROUND=1.+\.\n$/,
    );
    expect(code).toBe(1);
  });

  it.each(["MicrosoftAppId", "MicrosoftAppPassword"])(
    "is not the playground beside %s alone, which it does not show",
    async (name) => {
      const { err, code } = await refused([], { [name]: SECRET });
      expect(err).toMatch(/^MicrosoftApp\w+: (?:missing for Teams with|must be)/);
      expect(code).toBe(2);
    },
  );

  it("starts all the same when it is asked to, with a loud warning where others can reach it", async () => {
    const beside = start([], { SLACK_BOT_TOKEN: SECRET, PLAYGROUND: "1" });
    await beside.opened();
    expect(beside.err()).toBe("");
    const open = start([], { HOST: "0.0.0.0", PLAYGROUND: "1" });
    const { url } = await open.opened();
    expect(open.err()).toMatch(/^CAREFUL: .+ speak as anyone\.\n$/);
    expect(await say(url, "hi")).toHaveLength(1);
  });

  it.each([
    ["PORT that is none", [], { PORT: "http" }],
    ["PORT out of range", [], { PORT: "65536" }],
    ["HOST that is nowhere", [], { HOST: "no-such-host.invalid" }],
    ["a moment that is none", ["--now", "yesterday-ish"], {}],
    ["a moment far away", ["--now", "2077-01-01T00:00Z"], {}],
    ["a flag of the terminal's", ["--json"], {}],
    ["a program that is none", ["dance"], {}],
  ])("given a %s says so and does not start", async (_, words, environment) => {
    const { err, code } = await refused(words, environment);
    expect(err.trim()).not.toBe("");
    expect(code).toBeGreaterThan(0);
  });

  it("logs what happened and never what was said", async () => {
    const program = start([], { LOG_LEVEL: "info" });
    const { url } = await program.opened();
    await say(url, "track Contoso Confidential");
    program.child.kill("SIGTERM");
    await program.ended;
    expect(program.err()).toContain("the playground is open");
    expect(program.err()).not.toContain("Confidential");
  });
});

describe("npm start, on a PostgreSQL with a password", () => {
  it.skipIf(!POSTGRES)("names the store at its start, and never the password", async () => {
    const url = new URL(await makeDatabase());
    url.password = SECRET;
    const kept = start(["--data", url.href]);
    const { line } = await kept.opened();
    expect(line).toContain(`the connectors are kept in ${url.hostname}:${url.port || 5432}${url.pathname}.`);
    const environment = { DATABASE_URL: `"${url.href}"`, TEAMS_ALLOW_ANONYMOUS: "1", LOG_LEVEL: "info" };
    const serving = start([], environment);
    await serving.opened();
    expect(serving.err()).toMatch(new RegExp(`"store":"[^"]+${url.pathname}","msg":"the store is open"`));
    for (const program of [kept, serving]) {
      program.child.kill("SIGTERM");
      expect(await program.ended).toEqual({ code: 0, signal: null });
      expect(program.out() + program.err()).not.toContain(SECRET);
    }
  });
});

describe("npm run migrate", () => {
  it.skipIf(!POSTGRES)(
    "moves a file to where DATABASE_URL says, whose password stands on no command line",
    async () => {
      const file = join(makeFolder(), "shepherd.db");
      const filling = start(["chat", "--data", file]);
      filling.child.stdin.end("track Contoso CRM\n");
      await filling.ended;
      const program = start(["migrate", "--from", file], { DATABASE_URL: await makeDatabase() });
      expect(await program.ended).toEqual({ code: 0, signal: null });
      expect(program.out()).toMatch(
        /connector: 1 row compared\n[\s\S]*Everything is in .+ as it was in the file\./,
      );
    },
  );

  it("asks where to, before it looks at anything", async () => {
    const { err, code } = await refused(["migrate"], {});
    expect(err).toMatch(/^npm run migrate has no place to move to: name it by DATABASE_URL, or by --to\.\n/);
    expect(code).toBe(2);
  });

  it("moves into no other file", async () => {
    const { err, code } = await refused(["migrate"], { DATABASE_URL: "sqlite:other.db" });
    expect(err).toMatch(/^A file is moved into PostgreSQL only: .*\.\n$/);
    expect(code).toBe(1);
  });
});
