import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Mention, typedText } from "../../../adapters/teams/typed.ts";
import { partsIn } from "../slack/traces.ts";
import { asked, goLiveInTwo } from "./live.ts";
import { type Fields, isFields } from "./world/json.ts";

const BOT = "28:bot";
const OWN: Mention = { id: BOT, text: "<at>Connector Shepherd</at>" };
const BOB: Mention = { id: "29:bob", text: "<at>Bob &lt;R&amp;D&gt;</at>" };

describe("Of what was typed", () => {
  it.each<[string, string, string, Mention[]]>([
    ["is left without mentions as it is", "status contoso", "status contoso", []],
    ["a mention of us goes", "<at>Connector Shepherd</at>&nbsp;help", "help", [OWN]],
    [
      "every mention of us goes",
      "<at>Connector Shepherd</at> list <at>Connector Shepherd</at>",
      "list",
      [OWN, OWN],
    ],
    ["a mention of us in the middle leaves a blank", "list<at>Connector Shepherd</at>2", "list 2", [OWN]],
    ["a mention with attributes goes too", '<at id="0">Connector Shepherd</at> help', "help", [OWN]],
    ["a mention in capitals goes too", "<AT>Connector Shepherd</AT> help", "help", [OWN]],
    ["nothing but a mention is nothing", " <at>Connector Shepherd</at>&nbsp; ", "", [OWN]],
    ["of others the name stays", "done <at>Bob &lt;R&amp;D&gt;</at> x", "done Bob <R&D> x", [OWN, BOB]],
    ["what only looks like a mention stays", "<at>Somebody</at> list", "<at>Somebody</at> list", [OWN]],
    [
      "what was typed as a tag stays",
      "&lt;at&gt;Connector Shepherd&lt;/at&gt; x",
      "<at>Connector Shepherd</at> x",
      [OWN],
    ],
    ["entities are decoded once", "track R&amp;amp;D &lt;x&gt; &#233;&#x1F600;", "track R&amp;D <x> é😀", []],
    ["blanks of every kind are one, and lines stay", "a&nbsp;\u00a0\t\u2003b\r\nc", "a b \nc", []],
    [
      "an address keeps its parameters",
      "https://x.example/?a=1&amp;copy=2&amp;lt=3",
      "https://x.example/?a=1&copy=2&lt=3",
      [],
    ],
    [
      "an address whose signs were not escaped keeps them",
      "https://x.example/?a=1&copy=2&sect=3",
      "https://x.example/?a=1&copy=2&sect=3",
      [],
    ],
  ])("%s", (_, said, read, mentions) => {
    expect(typedText(said, mentions, BOT)).toBe(read);
  });

  it("nothing is taken longer than its length allows", () => {
    const pieces = [
      "<at>",
      "</at>",
      "<at ",
      "<at >x",
      "&",
      "&amp",
      "&#",
      "<",
      "\u00a0",
      "<at>Connector Shepherd</at>",
    ];
    for (const piece of pieces) {
      const said = piece.repeat(250_000 / piece.length);
      expect(typedText(said, [OWN, BOB], BOT).length).toBeLessThanOrEqual(said.length);
    }
  });

  it("whatever it is, a text comes out, and no mention of us", () => {
    const piece = fc.constantFrom(
      ..."<at> </at> <at>Connector&nbsp; Shepherd</at> &amp; &lt; &#0; &#xD800; & ; < \n".split(" "),
      OWN.text,
      BOB.text,
    );
    const texts = fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 9 })), { maxLength: 20 });
    fc.assert(
      fc.property(texts, fc.array(fc.constantFrom(OWN, BOB), { maxLength: 3 }), (parts, mentions) => {
        const read = typedText(parts.join(""), [...mentions, OWN], BOT);
        expect(read).toBe(read.trim());
        expect(typedText(`${OWN.text} list ${OWN.text}`, [...mentions, OWN], BOT)).toBe("list");
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it("a mention whose text is no tag, or empty, changes nothing", () => {
    for (const text of ["", "at", "<at></at>", ".*", "list"])
      expect(typedText("list contoso", [{ id: BOT, text }], BOT)).toBe("list contoso");
  });
});

/** Texts that want to be more than text, as people are called and as they call things. */
const HOSTILE = [
  ...[
    "<at>everyone</at>",
    "</at><at>Cleo</at>",
    "<at id='29:1'>x",
    "&lt;at&gt;y&lt;/at&gt;",
    "<b>bold</b><br>",
  ],
  ...[
    "<img src=https://evil.example/x onerror=alert(1)>",
    "[Microsoft](https://evil.example)",
    "![](https://evil.example)",
  ],
  ...[
    "{{DATE(1999-01-01T00:00:00Z, COMPACT)}}",
    "{{TIME(1999-01-01T00:00:00Z)}}",
    "{evil} %s",
    "https://evil.example/x",
  ],
  ...[
    "[evil]: https://evil.example",
    "<https://evil.example>",
    "**b** _i_ ~~s~~ `c`",
    "# Title",
    "\u202eevil\u202c",
    '"}]}',
  ],
];
const PLAIN_NAMES = ["title", "label", "placeholder", "fallbackText", "altText", "summary", "errorMessage"];
const OUR_TIME = /^\{\{DATE\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ), SHORT\)\}\} \{\{TIME\(\1\)\}\}/;

/** What in a message is more than text, and not ours. */
function livelyIn(sent: unknown): string[] {
  return partsIn(sent).flatMap((part) => {
    const { type, text, url } = part;
    const plain = PLAIN_NAMES.flatMap((name) => (typeof part[name] === "string" ? [part[name]] : []));
    const found = plain.filter((one) => /\]\(|\]:|<[\w/!?]|\{\{/.test(one));
    if (url !== undefined && !/^https:\/\/(?:learn\.microsoft\.com|shepherd\.example\.com)\//.test(`${url}`))
      found.push(`${url}`);
    if (type === "TextBlock") found.push(`TextBlock ${text}`);
    if (type === "TextRun" && /\{\{(?:DATE|TIME)/.test(`${text}`) && !OUR_TIME.test(`${text}`))
      found.push(`${text}`);
    return found;
  });
}

test("what people write is text in every card, and a reminder mentions its owner only", async () => {
  const live = await goLiveInTwo();
  const { world, a, remindAt } = live;
  const people = HOSTILE.map((name) => a.tenant.person(name));
  await Promise.all(
    people.map(async (person, index) => {
      const name = `${HOSTILE[(index + 5) % HOSTILE.length]} ${index}`;
      await asked(
        live,
        person,
        undefined,
        `track ${name}`,
        `status ${name}`,
        `evidence ${name} availability=${name}`,
      );
      await asked(
        live,
        person,
        undefined,
        `help ${name}`,
        name,
        `mark ${name} submitted ${name}`,
        `rename ${name}`,
      );
      await asked(live, person, undefined, `calendar ${name}`, `settings freeze add 24 Dec to 2 Jan ${name}`);
      await asked(live, person, undefined, `mark ${name} submitted yesterday 9am`);
    }),
  );
  const owners = people.slice(0, 5);
  const group = a.tenant.groupChat(owners, "Hostile");
  for (const [index, owner] of owners.entries())
    await asked(
      live,
      owner,
      group,
      `track G${index} ${owner.name}`,
      `mark G${index} submitted yesterday 9am`,
    );
  await asked(live, a.someone, undefined, "list", "settings", "export");
  const before = world.calls.length;
  expect((await remindAt("2026-11-20T09:15")).sent).toBeGreaterThan(10);
  const bodies = world.calls.map(({ body }) => body);
  expect([...new Set(bodies.flatMap(livelyIn))]).toEqual([]);
  const mentions = world.calls.slice(before).flatMap(({ body }) => mentionedBy(body as Fields));
  expect(mentions.length).toBe(owners.length);
  expect(mentions.flatMap(({ ids }) => ids).toSorted()).toEqual(owners.map(({ id }) => id).toSorted());
  for (const { text } of mentions) expect(text).toMatch(/^<at>[^<>]*<\/at>$/);
  expect(world.calls.slice(0, before).flatMap(({ body }) => mentionedBy(body as Fields))).toEqual([]);
  expect(live.logged.filter(({ level }) => level === "error")).toEqual([]);
});

/** What a message says beside its card, and whom it names. */
function mentionedBy({ text, entities }: Fields): { text: string; ids: string[] }[] {
  if (text === undefined && entities === undefined) return [];
  const ids = partsIn(entities).flatMap(({ mentioned }) => (isFields(mentioned) ? [`${mentioned.id}`] : []));
  return [{ text: `${text}`, ids }];
}
