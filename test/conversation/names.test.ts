import { distance } from "fastest-levenshtein";
import { describe, expect, it } from "vitest";
import { foldName } from "../../src/lifecycle/connector.ts";
import names from "../fixtures/connector-names.json" with { type: "json" };
import { buttonsOf, type House, NAME, openHouse, openHouseWith, textOf } from "../support.ts";

async function openHouseOfAll(): Promise<House> {
  const house = await openHouse();
  for (const name of names) await house.say(`track ${name}`);
  return house;
}

/** The names for which a reply does not begin with them. */
async function lostAmong(house: House, lineFor: (name: string) => string): Promise<string[]> {
  const lost: string[] = [];
  for (const name of names) {
    const { title } = await house.say(lineFor(name));
    if (!title.includes(name)) lost.push(`${lineFor(name)} → ${title}`);
  }
  return lost;
}

describe("The 985 published names, all in one workspace", () => {
  it("are tracked as they are written, once each", async () => {
    const house = await openHouseOfAll();
    const kept = (await house.exported()).connectors.map(({ name }) => name);
    expect(kept.toSorted()).toEqual(names.map((name) => name.normalize("NFC")).toSorted());
    expect(await lostAmong(house, (name) => `track ${name}`)).toEqual([]);
    expect((await house.exported()).connectors).toHaveLength(names.length);
  });

  it("are found by name with every shape of command", async () => {
    const house = await openHouseOfAll();
    expect(await lostAmong(house, (name) => `status ${name}`)).toEqual([]);
    expect(await lostAmong(house, (name) => `status ${name} history`)).toEqual([]);
    expect(await lostAmong(house, (name) => `eta ${name} Germany`)).toEqual([]);
    expect(await lostAmong(house, (name) => `eta ${name} if go-live friday`)).toEqual([]);
    expect(await lostAmong(house, (name) => `next ${name}`)).toEqual([]);
    expect(await lostAmong(house, (name) => `mark ${name} submitted`)).toEqual([]);
    expect(await lostAmong(house, (name) => `evidence ${name} slo=99.6`)).toEqual([]);
    const { connectors } = await house.exported();
    const untouched = connectors.filter(({ moves, evidence }) => moves.length !== 1 || evidence.slo !== 99.6);
    expect(untouched.map(({ name }) => name)).toEqual([]);
  });

  it("are renamed to and back", async () => {
    const house = await openHouseOfAll();
    const before = new Map((await house.exported()).connectors.map(({ id, name }) => [id, name]));
    for (const name of names) await house.say(`rename ${name} to ${name} (new)`);
    for (const { id, name } of (await house.exported()).connectors)
      expect(name).toBe(`${before.get(id)} (new)`);
    for (const name of names) await house.say(`rename ${name} (new) to ${name}`);
    for (const { id, name } of (await house.exported()).connectors) expect(name).toBe(before.get(id));
  });

  it("are found by a beginning that is theirs alone", async () => {
    const house = await openHouseOfAll();
    const folded = names.map(foldName);
    const lost: string[] = [];
    for (const name of names) {
      const own = foldName(name);
      const beginnings = [...own].map((_, index, all) => all.slice(0, index + 1).join(""));
      const beginning = beginnings.find(
        (one) => one === one.trim() && folded.filter((other) => other.startsWith(one)).length === 1,
      );
      if (!beginning || beginning === own) continue;
      const { title } = await house.say(`status ${beginning}`);
      if (!title.startsWith(name)) lost.push(`${beginning} → ${title}`);
    }
    expect(lost).toEqual([]);
  });

  it("are found with a letter wrong, missing, doubled or two exchanged, or are offered where two are alike", async () => {
    const house = await openHouseOfAll();
    const folded = names.map(foldName);
    const lost: string[] = [];
    for (const [index, name] of names.entries()) {
      const own = foldName(name);
      if (own.length < 6) continue;
      const at = 1 + (index % (own.length - 4));
      const [before, here, next, after] = [own.slice(0, at), own[at], own[at + 1], own.slice(at + 2)];
      const typos = [
        `${before}q${next}${after}`,
        `${before}${next}${after}`,
        `${before}${here}${here}${next}${after}`,
        `${before}${next}${here}${after}`,
      ];
      const typo = typos[index % typos.length] ?? "";
      if (folded.includes(typo) || typo !== typo.trim() || typo.includes("  ")) continue;
      const alike = folded.filter((other) => other.startsWith(typo) || distance(other, typo) <= 1);
      const reply = await house.say(`status ${typo}`);
      const isFound = reply.title.startsWith(name);
      const isOffered = buttonsOf(reply).some(({ label }) => label === name);
      if (!(alike.length > 1 ? isFound || isOffered : isFound))
        lost.push(`${name}: ${typo} → ${reply.title}`);
    }
    expect(lost).toEqual([]);
  });

  it.each(["HubSpot", "jira", "Recorded", "cloudmersive", "iManage", "IN-D"])(
    "ask which is meant by “%s”, with buttons that say the same about each",
    async (beginning) => {
      const house = await openHouseOfAll();
      const reply = await house.say(`evidence ${beginning} slo=99.6`);
      const buttons = buttonsOf(reply);
      expect(buttons.length).toBeGreaterThan(1);
      expect((await house.exported()).connectors.every(({ evidence }) => evidence.slo === undefined)).toBe(
        true,
      );
      await house.press(buttons[1]);
      const changed = (await house.exported()).connectors.filter(({ evidence }) => evidence.slo === 99.6);
      expect(changed.map(({ name }) => name)).toEqual([buttons[1]?.label]);
    },
  );

  it("are listed page by page, each once", async () => {
    const house = await openHouseOfAll();
    const seen: string[] = [];
    for (let page = 1; page <= Math.ceil(names.length / 10); page += 1) {
      const table = (await house.say(`list ${page}`)).blocks.find(({ kind }) => kind === "table");
      if (table?.kind === "table") seen.push(...table.rows.map(({ cells }) => JSON.stringify(cells[0])));
    }
    expect(new Set(seen).size).toBe(names.length);
    expect(seen).toHaveLength(names.length);
  });
});

/** Names that could be taken for something else. */
const ODD = [
  ...["status", "list", "help", "undo", "mark", "hi", "all", "account", "Start", "What's next"],
  ...["to", "if", "history", "confirm", "yes", "mute", "submitted", "Germany", "UK", "already", "in", "GCC"],
  ...["1", "42", "2026", "99.5", "2026-11-03", "friday"],
  ...["A to B", "A to B to C", "if go-live friday", "Contoso if", "Today in History", "slo=99", "x=y z=1"],
  ...[
    "<script>alert(1)</script>",
    "*bold*",
    "_under_",
    "`code`",
    "~~gone~~",
    "{{name}}",
    "<!channel>",
    "<@U1>",
  ],
  ...[
    "100 %",
    "a, b, c",
    "50 % off, now",
    "O'Neil",
    "O’Neil & Co",
    "a/b\\c",
    "$1 $& $'",
    "\\n",
    "null",
    "undefined",
  ],
  ...["constructor", "__proto__", "toString", "hasOwnProperty"],
  ...[
    "موصل البيانات",
    "מחבר",
    "コネクタ",
    "Ünïcödé",
    "Cafe\u0301",
    "ภาษาไทย",
    "🚀 Rocket",
    "👩‍👩‍👧‍👦",
    "x".repeat(100),
  ],
  ...["🚀".repeat(60), "..", "-", "?", "/wait 3d", "(x)", "[x](y)", "a | b"],
];

describe("A name that could be taken for something else", () => {
  it.each(ODD)("“%s” is tracked, found, marked and renamed, alone", async (name) => {
    const house = await openHouseWith(name);
    await tryWith(house, name);
  });

  it("is found among all the others of its kind", async () => {
    const house = await openHouse();
    for (const name of ODD) await house.say(`track ${name}`);
    expect((await house.exported()).connectors).toHaveLength(ODD.length);
    for (const name of ODD) await tryWith(house, name);
  });

  it("shows as it was typed, and never as markup", async () => {
    const house = await openHouseWith("<script>*x*</script> <!channel>");
    const reply = await house.say("status <script>");
    expect(textOf(reply)).toContain("<script>*x*</script> <!channel>");
  });

  it.each([
    ["CONTOSO crm", "case"],
    ["“Contoso CRM”", "quotes"],
    ["  Contoso \t  CRM ", "blanks"],
    ["Ｃｏｎｔｏｓｏ CRM", "width"],
    ["Contoso\u00a0CRM", "a hard blank"],
    ["Contoso CR", "its beginning"],
    ["Contso CRM", "a letter missing"],
    ["Contosso CRM", "a letter too many"],
    ["Cnotoso CRM", "two letters exchanged"],
  ])("“%s” is Contoso CRM (%s)", async (typed) => {
    const house = await openHouseWith(NAME, ["track Fabrikam Mail"]);
    expect((await house.say(`status ${typed}`)).title).toContain(NAME);
  });

  it("alone, without a command, leads to its status", async () => {
    const house = await openHouseWith(NAME, ["track Fabrikam Mail"]);
    expect((await house.say("contoso crm")).title).toBe((await house.say(`status ${NAME}`)).title);
  });

  it("in quotes after rename is the name without them, as after track", async () => {
    const house = await openHouseWith(NAME, [`rename ${NAME} to "Contoso Sales"`]);
    expect((await house.say("status Contoso Sales")).title).toContain("Contoso Sales");
    expect((await house.say('status "Contoso Sales"')).title).not.toMatch(/^No connector/);
  });
});

async function tryWith(house: House, name: string): Promise<void> {
  const kept = name.normalize("NFC");
  expect((await house.say(`status ${name}`)).title).toContain(kept);
  expect((await house.say(`eta ${name} Germany`)).title).toContain(kept);
  await house.sayAll(`mark ${name} submitted`, `evidence ${name} slo=99.6`);
  expect(await house.connector(name)).toMatchObject({ name: kept, evidence: { slo: 99.6 } });
  expect((await house.connector(name)).moves).toHaveLength(1);
  await house.say(`rename ${name} to Quite another name`);
  expect(await house.connector("Quite another name")).toMatchObject({ evidence: { slo: 99.6 } });
  await house.say(`rename Quite another name to ${name}`);
  expect((await house.connector(name)).name).toBe(kept);
  expect(house.logged).toEqual([]);
}
