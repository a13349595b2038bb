import { expect, test } from "vitest";
import { command, goLiveInBoth } from "./live.ts";
import { type Message, until } from "./world/json.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

const CRM = ["track Contoso CRM", "mark Contoso CRM submitted"];

function filesIn(message: Message | undefined): string[] {
  const files = Array.isArray(message?.files) ? message.files : [];
  return files.map(({ name }) => String(name));
}

test("a calendar asked for in a thread comes into that thread, as a file that calendars open", async () => {
  const { a, b } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await command(b, "cleo", ...CRM);
  const asked = await a.mention("ana", "launch", "calendar contoso");
  const [, answer, file] = await until("the file", async () => {
    const all = await a.thread("launch", asked.ts);
    return all.length === 3 && all;
  });
  expect(wordsOf(answer)).toContain("Contoso CRM: 1 date for your calendar");
  expect(filesIn(file)).toEqual(["contoso-crm.ics"]);
  const [stored, ...more] = await a.files();
  expect(more).toEqual([]);
  const text = stored?.bytes.toString() ?? "";
  expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(text).toContain("Contoso CRM");
  expect(text).toMatch(/DTEND:20261105T1715\d\dZ/);
  expect(await a.history("launch")).toHaveLength(1);
  expect(await b.files()).toEqual([]);
});

test("a calendar asked for by command comes into the chat with who asked, not into the channel", async () => {
  const { a } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  const answer = await command(a, "ben", "calendar contoso");
  expect(wordsOf(answer)).toContain("Contoso CRM: 1 date for your calendar");
  const [file] = await until("the file", async () => {
    const all = await a.directMessages("ben");
    return all.length > 0 && all;
  });
  expect(filesIn(file)).toEqual(["contoso-crm.ics"]);
  expect(await a.history("connectors")).toEqual([]);
  expect(await a.directMessages("ana")).toEqual([]);
});

test("the timeline comes below the answer in a thread, as a picture with words for who can't see it", async () => {
  const { a, world } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  const asked = await a.mention("ana", "launch", "eta contoso");
  const [, , picture] = await until("the picture", async () => {
    const all = await a.thread("launch", asked.ts);
    return all.length === 3 && all;
  });
  expect(filesIn(picture)).toEqual(["timeline.png"]);
  const [stored] = await a.files();
  expect(stored).toMatchObject({ mimetype: "image/png", title: expect.stringMatching(/\S/) });
  expect(stored?.bytes.toString()).toBe("a picture");
  const [upload] = world.front.callsTo("files.getUploadURLExternal");
  expect(upload?.body.alt_text).toContain("Wave 1 (Testing) Fri 6 Nov 2026");
});

test("an answer for one person has a button for its picture, which comes into the chat with them", async () => {
  const { a } = await goLiveInBoth();
  const eta = await command(a, "ana", ...CRM, "eta contoso");
  expect(labelsOf(eta)).toContain("Timeline as a picture");
  expect(await a.files()).toEqual([]);
  await a.click("ana", eta, "Timeline as a picture");
  const picture = await until("the picture", async () => (await a.directMessages("ana"))[0]);
  expect(filesIn(picture)).toEqual(["timeline.png"]);
  expect(await a.history("connectors")).toEqual([]);
});

test("everything that is kept of a workspace comes as JSON, to who asked alone", async () => {
  const { a, b } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  await command(b, "cleo", "track Wingtip Toys");
  const asked = await a.mention("ana", "launch", "export");
  await until("the file", async () => (await a.files())[0]);
  const file = await until("the message", async () => (await a.directMessages("ana"))[0]);
  expect(filesIn(file)).toEqual(["workspace-2026-11-03.json"]);
  const [stored] = await a.files();
  expect(JSON.parse(stored?.bytes.toString() ?? "").connectors).toMatchObject([{ name: "Contoso CRM" }]);
  expect(stored?.bytes.toString()).not.toContain("Wingtip");
  expect(await a.thread("launch", asked.ts)).toHaveLength(1);
  expect(wordsOf((await a.ephemerals("ana", "launch"))[0])).toContain("Everything kept for this workspace");
});

test("“Share here” of an answer with a file puts the file there too", async () => {
  const { a } = await goLiveInBoth();
  const calendar = await command(a, "ana", ...CRM, "calendar contoso");
  await until("the file in the chat", async () => (await a.directMessages("ana"))[0]);
  await a.click("ana", calendar, "Share here");
  const [answer, file] = await until("both", async () => {
    const all = await a.history("connectors");
    return all.length === 2 && all;
  });
  expect(wordsOf(answer)).toContain("Contoso CRM: 1 date for your calendar");
  expect(filesIn(file)).toEqual(["contoso-crm.ics"]);
});

test("a file that Slack does not take is told to who waits for it, and to the log", async () => {
  const { a, world, logged } = await goLiveInBoth();
  await command(a, "ana", ...CRM);
  world.front.next("files.getUploadURLExternal", { body: { ok: false, error: "file_uploads_disabled" } });
  const asked = await a.mention("ana", "launch", "calendar contoso");
  const [, , told] = await until("what happened", async () => {
    const all = await a.thread("launch", asked.ts);
    return all.length === 3 && all;
  });
  expect(wordsOf(told)).toContain("The file could not be sent");
  expect(logged.at(-1)).toMatchObject({
    level: "error",
    message: "a file could not be sent",
    facts: expect.stringContaining("file_uploads_disabled"),
  });
  expect(await a.files()).toEqual([]);
});
