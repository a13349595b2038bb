import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder } from "../../store/folder.ts";
import { sasUri } from "../../support.ts";
import { command, goLiveInBoth } from "./live.ts";
import { until } from "./world/json.ts";
import { wordsOf } from "./world/slack-world.ts";

const SIGNATURE = "Qm9+dGhl%2FlnbmF0dXJlIGlzIGEgc2VjcmV0ISE%3D";
const SAS = sasUri("2026-11-20T12:00", SIGNATURE);
const TOKEN = ["xoxb", "123456789012", "1234567890123", "AbCdEfGhIjKlMnOpQrStUvWx"].join("-");

async function goLiveOnFile() {
  const folder = makeFolder();
  const live = await goLiveInBoth({ data: join(folder, "shepherd.db") });
  /** Nothing that is kept, logged or sent holds it. */
  function expectNowhere(secret: string): void {
    for (const name of ["shepherd.db", "shepherd.db-wal"]) {
      expect(readFileSync(join(folder, name)).includes(secret)).toBe(false);
    }
    expect(JSON.stringify(live.logged)).not.toContain(secret);
    const sent = live.world.front.calls.map(({ method, body }) => ({ method, body }));
    expect(JSON.stringify(sent)).not.toContain(secret);
  }
  return { ...live, expectNowhere };
}

test("a token pasted into a channel is answered to who pasted it alone, and kept nowhere", async () => {
  const { a, until, expectNowhere } = await goLiveOnFile();
  await command(a, "ana", "track Contoso CRM");
  const asked = await a.mention("ana", "launch", `status contoso ${TOKEN}`);
  const told = await until("the warning", async () => (await a.ephemerals("ana", "launch"))[0]);
  expect(wordsOf(told)).toMatch(/token|secret/i);
  expect(told.thread_ts).toBe(asked.ts);
  expect(await a.thread("launch", asked.ts)).toHaveLength(1);
  expect(await a.ephemerals("ben")).toEqual([]);
  expectNowhere(TOKEN);
  expectNowhere(TOKEN.slice(-12));
});

test("a SAS URI pasted with the step that asks for it is taken without its signature, and who gave it is warned alone", async () => {
  const { a, expectNowhere, followed } = await goLiveOnFile();
  await command(a, "ana", "track Contoso CRM", "done Contoso CRM account");
  await a.mention("ana", "launch", `done contoso sas-uri <${SAS.replaceAll("&", "&amp;")}>`);
  const said = await until("the answer", async () => (await a.ephemerals("ana", "launch"))[0]);
  expect(wordsOf(said)).toContain("the signature of a SAS URI is a secret; it was not kept");
  expect(JSON.stringify(await followed(a))).toContain("contoso.blob.core.windows.net");
  expectNowhere("Qm9+dGhl");
  expectNowhere("lnbmF0dXJl");
});

test("a SAS URI pasted with anything else is answered in private and does nothing", async () => {
  const { a, expectNowhere } = await goLiveOnFile();
  await a.mention("ana", "launch", `track <${SAS.replaceAll("&", "&amp;")}|my package>`);
  const told = await until("the warning", async () => (await a.ephemerals("ana", "launch"))[0]);
  expect(wordsOf(told)).toMatch(/SAS/);
  expect(wordsOf(await command(a, "ana", "list"))).toContain("No connector is tracked");
  await a.direct("ana", `here is ${SAS}`);
  expect(wordsOf(await until("an answer", async () => (await a.directMessages("ana"))[1]))).toMatch(/SAS/);
  expectNowhere("Qm9+dGhl");
  expectNowhere("lnbmF0dXJl");
});

test("a secret typed into a field of a form is not taken", async () => {
  const { a, expectNowhere, followed } = await goLiveOnFile();
  await a.openHome("ana");
  await until("the Home", () => a.home("ana"));
  await a.click("ana", "home", "Track a connector");
  await until("the window", () => a.modal("ana"));
  const sent = await a.submit("ana", { "Name of the connector": `CRM ${TOKEN}` });
  expect(sent.trouble).toBeUndefined();
  expect(wordsOf(sent.view)).toMatch(/token|secret/i);
  expect(await followed(a)).toEqual([]);
  expectNowhere(TOKEN.slice(-12));
});
