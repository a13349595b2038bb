import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyReply } from "../every-reply.ts";
import { hasBrowser, launch } from "../playground/browser.ts";
import { LINKS } from "../sample-reply.ts";
import { openDrawing } from "./draw.ts";
import { cardOf } from "./in-teams.ts";
import { asked, goLive, type Live } from "./live.ts";
import { buttonsOf, inputsOf } from "./world/cards.ts";
import type { Person } from "./world/person.ts";
import type { Conversation } from "./world/places.ts";

const PHONE = 320;
const DESKTOP = 680;
const NEW_YORK = { zone: "America/New_York", locale: "en-US" };
const LONGEST: string[] = JSON.parse(
  readFileSync(new URL("../../fixtures/connector-names.json", import.meta.url), "utf8"),
).toSorted((a: string, b: string) => b.length - a.length);

/** A card, and what was said or pressed to get it. */
interface Seen {
  line: string;
  card: unknown;
}

describe.skipIf(!hasBrowser())("Every card, drawn by Microsoft's renderer in a real browser,", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  /** Drawn once for each width, in the first test that asks. */
  const looked = new Map<number, Promise<Looked>>();
  function everyCard(width: number): Promise<Looked> {
    const known = looked.get(width) ?? lookAt(browser, width);
    looked.set(width, known);
    return known;
  }

  it("parses without a word of complaint, has six actions at most, and is small", async () => {
    const { seen, said } = await everyCard(DESKTOP);
    expect(said).toEqual([]);
    for (const { line, card } of seen) {
      expect([line, buttonsOf(card).length <= 6]).toEqual([line, true]);
      expect([line, Buffer.byteLength(JSON.stringify(card)) < 25_000]).toEqual([line, true]);
    }
  });

  it("fits a desktop: nothing sticks out, is cut, breaks within a word or is out of a keyboard's reach", async () => {
    const { faults, hintsCut } = await everyCard(DESKTOP);
    expect([...faults, ...hintsCut]).toEqual([]);
  });

  it("fits a phone, but for words in tables of four columns", async () => {
    const { faults } = await everyCard(PHONE);
    expect(faults.filter((fault) => !fault.includes("breaks within a word"))).toEqual([]);
  });

  it("breaks no word on a phone, not even in a table of four columns", async () => {
    expect((await everyCard(PHONE)).faults).toEqual([]);
  });

  it("says whole on a phone what an empty input asks for", async () => {
    expect((await everyCard(PHONE)).hintsCut).toEqual([]);
  });

  it("has a list that a phone can show, however long the names", async () => {
    const live = await goLive();
    const ada = live.world.tenant("contoso").person("Ada Lovelace");
    for (const name of LONGEST.slice(0, 4)) await asked(live, ada, undefined, `track ${name}`);
    const { card } = await asked(live, ada, undefined, "list");
    const drawing = await openDrawing(browser, { width: PHONE });
    await drawing.draw([card], NEW_YORK);
    const faults = await drawing.faults();
    await drawing.page.close();
    expect(faults).toEqual([[]]);
  });

  it("calls every input by its label, also to someone who can't see it", async () => {
    const { seen, names } = await everyCard(PHONE);
    expect(names.flat().length).toBeGreaterThan(50);
    for (const [at, { line, card }] of seen.entries()) {
      expect([line, names[at]]).toEqual([line, inputsOf(card).map(({ label }) => label)]);
    }
  });

  it("has no barrier that axe finds", async () => {
    const { seen } = await everyCard(PHONE);
    const { page, draw } = await openDrawing(browser, { width: PHONE });
    await draw(cardsOf(firstOfEachKind(seen)), NEW_YORK);
    expect(await barriersIn(page)).toEqual([]);
    await page.close();
  });

  it("has buttons that are all come by with the Tab key, in their order", async () => {
    const { seen } = await everyCard(PHONE);
    const { page, draw } = await openDrawing(browser, { width: PHONE });
    await draw(cardsOf(seen.slice(-12)), NEW_YORK);
    const expected: string[] = await page.locator("button").allTextContents();
    expect(expected.length).toBeGreaterThan(20);
    expect(await pressableByTab(page, expected.length)).toEqual(expected);
    await page.close();
  });
});

/** What was found of every card; a fault is told after what was said to get the card. */
type Looked = Awaited<ReturnType<typeof lookAt>>;

async function lookAt(browser: Browser, width: number) {
  const seen = [...(await allReplies()), ...(await allSaid())];
  const { page, draw, faults, hintsCut, inputNames } = await openDrawing(browser, { width });
  const said = told(seen, await draw(cardsOf(seen), NEW_YORK));
  const found = {
    seen,
    said,
    faults: told(seen, await faults()),
    hintsCut: await hintsCut(),
    names: await inputNames(),
  };
  await page.close();
  return found;
}

function cardsOf(seen: readonly Seen[]): unknown[] {
  return seen.map(({ card }) => card);
}

/** The cards of all that the product answers, each once. */
async function allReplies(): Promise<Seen[]> {
  const cards = (await everyReply()).map(({ line, reply }) => ({ line, card: cardOf(reply, LINKS) }));
  return [...new Map(cards.map((one) => [JSON.stringify(one.card), one])).values()];
}

let talk: Seen[] | undefined;

/** The cards of a conversation, held in the first test that asks. */
async function allSaid(): Promise<Seen[]> {
  talk ??= await talkOf(await goLive());
  return talk;
}

/** What was found, after what was said to get the card. */
function told(seen: readonly Seen[], found: readonly string[][]): string[] {
  return seen.flatMap(({ line }, at) => (found[at] ?? []).map((one) => `${line}: ${one}`));
}

/** One of each that hold the same kinds of elements and inputs. */
function firstOfEachKind(seen: readonly Seen[]): Seen[] {
  const kindsIn = (card: unknown) => new Set(JSON.stringify(card).match(/"type":"[^"]*"/g));
  return [...new Map(seen.map((one) => [[...kindsIn(one.card)].toSorted().join(), one])).values()];
}

/** Of a whole page there is none here, and colours are Teams' own. */
async function barriersIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
  const only = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
  const options = JSON.stringify({ rules, runOnly: only, resultTypes: ["violations"] });
  const { violations }: axe.AxeResults = await page.evaluate(`axe.run(document, ${options})`);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.length} such as ${nodes[0]?.html.slice(0, 160)}`);
}

/** The buttons in the order in which the Tab key comes to them. */
async function pressableByTab(page: Page, most: number): Promise<string[]> {
  const reached: string[] = [];
  for (let steps = 0; steps < 12 * most && reached.length < most; steps += 1) {
    await page.keyboard.press("Tab");
    const name: string | undefined = await page.evaluate(`(() => {
      const { tagName, textContent } = document.activeElement;
      return tagName === "BUTTON" ? textContent : undefined;
    })()`);
    if (name !== undefined) reached.push(name);
  }
  return reached;
}

/** A conversation in a chat, then in a channel, and what is said there unasked. */
async function talkOf(live: Live): Promise<Seen[]> {
  const contoso = live.world.tenant("contoso");
  const ada = contoso.person("Ada Lovelace", NEW_YORK);
  const channel = contoso.team("Partners").channel("Connectors");
  const seen: Seen[] = [];
  const say = async (line: string, where?: Conversation) => {
    const message = await asked(live, ada, where, line);
    seen.push({ line, card: message.card });
    return message;
  };
  const press = async (title: string, inputs = {}) => {
    await ada.presses(ada.last(), title, { inputs });
    seen.push({ line: `[${title}]`, card: ada.last().card });
  };
  for (const line of ["hi", "list", "track Contoso CRM"]) await say(line);
  await press("Submitted");
  await say("mark contoso");
  await press("Record it", { Milestone: "Report passed", When: "2026-12-01", Time: "10:00" });
  await say("evidence contoso");
  await press("Save the figures", { Availability: "lots" });
  for (const line of ["mark contoso report-passed", "status contoso", "next contoso", "forecast contoso"])
    await say(line);
  for (const line of [
    "settings",
    "settings remind",
    "export",
    "reminders contoso",
    "untrack contoso",
    "forget",
  ])
    await say(line);
  for (const line of ["hi", "track Fabrikam Orders", "list", "eta contoso germany if go-live tomorrow"])
    await say(line, channel);
  await say("reminders contoso here", channel);
  return [...seen, ...(await remindersIn(live, ada, channel))];
}

async function remindersIn(live: Live, ada: Person, channel: Conversation): Promise<Seen[]> {
  const before = ada.sees(channel).length;
  await live.remindAt("2026-11-06T13:00");
  const reminders = ada.sees(channel).slice(before);
  expect(reminders.length).toBeGreaterThan(0);
  return reminders.map(({ text, card }) => ({ line: text, card }));
}
