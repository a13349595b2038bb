import { expect, test } from "vitest";
import type { WorkspaceId } from "../../../src/incoming.ts";
import { command, goLiveInBoth, mention } from "./live.ts";
import { isFields, type Part } from "./world/json.ts";
import { labelsOf, wordsOf } from "./world/slack-world.ts";

const FORM = "application/x-www-form-urlencoded";
const GONE = "The connector of that button is not tracked here any more; nothing was changed.";

/** In the answers to these stand all sorts of buttons. */
const WORDS = [
  ...["status", "next", "window", "forecast", "calendar", "ready", "request", "reminders", "evidence"],
  ...["eta", "mark", "untrack", "rename"],
];

/** Contoso follows one connector and Fabrikam another, each in a workspace of its own. */
async function goLiveWithOneEach() {
  // A channel for each word: only one message a second goes into one.
  const channels = [{ name: "connectors" }, ...WORDS.map((word) => ({ name: `about-${word}` }))];
  const live = await goLiveInBoth({ world: { workspaces: { b: { channels } } } });
  const { world, a, b, url, store, clock } = live;
  await command(a, "ana", "track Zebra", "mark Zebra submitted", "settings freeze add 24 Dec to 2 Jan");
  await command(b, "cleo", "track Fabrikam ERP", "mark Fabrikam ERP submitted");
  const [theirs] = await store.list(a.team as WorkspaceId);
  const [own] = await store.list(b.team as WorkspaceId);
  if (!theirs || !own) throw new Error("nothing is followed");
  const kept = async () => JSON.stringify(await store.list(a.team as WorkspaceId));
  const before = await kept();
  const since = world.front.calls.length;

  /** Delivers what comes of a press in Fabrikam, changed on its way; signed by Slack all the same. */
  async function forged(press: () => Promise<{ sent: object }>, change: (payload: string) => string) {
    await world.connect("http://127.0.0.1:1");
    const { sent } = await press();
    await world.connect(url);
    const payload = new URLSearchParams("body" in sent ? String(sent.body) : "").get("payload") ?? "";
    const changed = change(payload);
    expect(changed).not.toBe(payload);
    const { status } = await world.send(`${new URLSearchParams({ payload: changed })}`, {
      contentType: FORM,
    });
    expect(status).toBe(200);
  }

  /** The ids of Fabrikam's connector changed for Contoso's. */
  const swapped = (press: () => Promise<{ sent: object }>) =>
    forged(press, (payload) => payload.replaceAll(own.id, theirs.id));

  /** What is asked after it is answered: what was pressed is over. Time passes, so that nothing is too much. */
  async function over(): Promise<void> {
    await command(b, "dan", "list");
    clock.shift += 60_000;
  }

  /** Nothing of Contoso's was changed, or shown in Fabrikam; what was shown there. */
  async function nothingOfContoso(): Promise<string> {
    expect(await kept()).toBe(before);
    const calls = world.front.calls.slice(since);
    expect(calls.filter(({ team }) => team !== b.team).map(({ method }) => method)).toEqual([]);
    const leaks = calls.filter(({ body }) => JSON.stringify(body).includes("Zebra"));
    expect(leaks.map(({ method }) => method)).toEqual([]);
    return calls.map(({ body }) => wordsOf(isFields(body.view) ? body.view : body)).join("\n");
  }
  return { ...live, theirs, own, forged, swapped, over, nothingOfContoso };
}

/** The buttons that name a connector: label, and which of those with the same label. */
function naming(id: string, shown: Part): [label: string, nth: number][] {
  const elements = (shown.blocks ?? []).flatMap((block) =>
    block.type === "actions" ? (block.elements ?? []) : [],
  );
  const labels = labelsOf(shown);
  return labels.flatMap((label, index): [string, number][] => {
    const nth = labels.slice(0, index).filter((one) => one === label).length;
    return String(elements[index]?.value).includes(id) ? [[label, nth]] : [];
  });
}

test("in the buttons of messages, ids of another workspace are not found", async () => {
  const { b, own, swapped, over, nothingOfContoso } = await goLiveWithOneEach();
  let pressed = 0;
  for (const word of WORDS) {
    const posted = await mention(b, "dan", `about-${word}`, `${word} Fabrikam ERP`);
    for (const [label, nth] of naming(own.id, posted)) {
      await swapped(() => b.click("dan", posted, label, { nth }));
      pressed += 1;
    }
    await over();
  }
  const shown = await nothingOfContoso();
  expect(pressed).toBeGreaterThan(25);
  expect(shown.split(GONE).length - 1).toBeGreaterThan(pressed - 5);
});

test("in answers for one person, to be shared or drawn too, they are not found either", async () => {
  const { b, own, swapped, over, nothingOfContoso } = await goLiveWithOneEach();
  const pressed: string[] = [];
  for (const word of WORDS) {
    const line = `${word} Fabrikam ERP`;
    for (const [label, nth] of naming(own.id, await command(b, "cleo", line))) {
      const message = await command(b, "cleo", line);
      await swapped(() => b.click("cleo", message, label, { nth }));
      pressed.push(label);
    }
    await over();
  }
  await nothingOfContoso();
  expect(pressed).toEqual(expect.arrayContaining(["Share here", "Timeline as a picture", "Forecast"]));
  // Nothing was shown to all.
  expect((await b.history("connectors")).map(wordsOf)).toEqual([]);
  expect((await b.files()).filter(({ name, bytes }) => `${name} ${bytes}`.includes("ebra"))).toEqual([]);
});

test("in the Home they are not found either", async () => {
  const { b, own, until, swapped, over, nothingOfContoso } = await goLiveWithOneEach();
  await b.openHome("cleo");
  const buttons = naming(own.id, await until("the Home", () => b.home("cleo")));
  expect(buttons.length).toBeGreaterThan(1);
  for (const [label, nth] of buttons) {
    await swapped(() => b.click("cleo", "home", label, { nth }));
    await until(label, async () => wordsOf(await b.modal("cleo")).includes(GONE));
    await b.dismiss("cleo");
  }
  await over();
  await nothingOfContoso();
});

test("a form is not found with them: opened with them, or sent with them", async () => {
  const { b, until, swapped, over, nothingOfContoso, logged } = await goLiveWithOneEach();
  const figures = { Availability: "99.97" };
  const message = await mention(b, "cleo", "connectors", "evidence Fabrikam ERP");
  await swapped(() => b.click("cleo", message, "Figures of Fabrikam ERP …"));
  await until("the form", () => b.modal("cleo"));
  expect(wordsOf((await b.submit("cleo", figures)).view)).toContain(GONE);
  await b.dismiss("cleo");
  await b.click("cleo", message, "Figures of Fabrikam ERP …");
  await until("the form", () => b.modal("cleo"));
  await swapped(() => b.submit("cleo", figures));
  await over();
  await nothingOfContoso();
  expect(logged.filter(({ level }) => level === "error")).toEqual([]);
});

test("a workspace named in what a button or a window carries is not the one that is asked", async () => {
  const { a, b, theirs, until, forged, over, nothingOfContoso } = await goLiveWithOneEach();
  const [team, id] = [a.team, theirs.id];
  const more = `\\"workspace\\":\\"${team}\\",\\"team\\":\\"${team}\\",\\"tenant\\":\\"${team}\\",`;
  const message = await mention(b, "cleo", "connectors", "status Fabrikam ERP");
  await forged(
    () => b.click("cleo", message, "Forecast"),
    (payload) =>
      payload.replace(
        /"value":"\{\\"connector\\":\\"[^"]*\\"/g,
        `"value":"{${more}\\"connector\\":\\"${id}\\"`,
      ),
  );
  await until("it is not found", async () =>
    (await b.ephemerals("cleo")).some((one) => wordsOf(one).includes(GONE)),
  );
  await b.openHome("cleo");
  await until("the Home", () => b.home("cleo"));
  await b.click("cleo", "home", "Track a connector");
  await until("the form", () => b.modal("cleo"));
  await forged(
    () => b.submit("cleo", { "Name of the connector": "Third" }),
    (payload) => payload.replace('"private_metadata":"{', `"private_metadata":"{${more}`),
  );
  await over();
  await nothingOfContoso();
  expect(wordsOf(await command(b, "dan", "list"))).toContain("Third");
  expect(wordsOf(await command(a, "ben", "list"))).not.toContain("Third");
});
