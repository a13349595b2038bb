import { readFileSync } from "node:fs";
import type { Block, Button, Input, Links, Reply, Spans } from "../../src/index.ts";
import { pacific } from "../support.ts";

export const NAMES: string[] = JSON.parse(
  readFileSync(new URL("../fixtures/connector-names.json", import.meta.url), "utf8"),
);

/** Names that want to be more than names. */
export const HOSTILE = [
  ...["<!channel>", "<!here|here>", "<@U012ABCDE>", "<#C012ABCDE|general>", "<!subteam^S012ABC|@ops>"],
  ...[
    "<https://evil.example|Microsoft>",
    "https://evil.example",
    "[a](https://evil.example)",
    "mailto:a@b.c",
  ],
  ...["*b*", "_i_", "~s~", "`c`", "```pre```", "> quote", "&lt;!here&gt;", "&amp;lt;", "<!date^0^{date}|x>"],
  ...["{{DATE(2026-11-03T17:15:00Z, SHORT)}}", "{date_short}", ":tada:", "@here", "#general", "%s {x}"],
  ...[
    "\u202eevil\u202c",
    "\u2066isolated",
    "عربي",
    "👩‍👩‍👧‍👦",
    "\u200b",
    "\u00ad",
    "e\u0301",
    "\ud83d",
    "\udc00x",
  ],
  ...["\u0000", "\u001b[31mred", "a\r\nb", "a\nb", "a\tb", "\u2028line", "", " ", "\"'\\", "__proto__"],
];

/** Links of a place that can show everything. */
export const LINKS: Links = {
  picture: () => "https://shepherd.example/pictures/1.png",
  file: ({ name }) => `https://shepherd.example/files/1/${encodeURIComponent(name.toWellFormed())}`,
};

export const NO_LINKS: Links = { picture: () => undefined, file: () => undefined };

/** A file that is offered. */
export const FILE: Extract<Block, { kind: "file" }> = {
  kind: "file",
  label: "Calendar file",
  file: {
    name: "contoso-crm.ics",
    calendar: "Contoso CRM",
    madeAt: pacific("2026-11-03T09:15"),
    events: [],
  },
};

export function replyOf(...blocks: Block[]): Reply {
  return { headline: ["The headline."], title: "The headline.", blocks, audience: "everyone" };
}

export function buttonOf(label: string, more: Partial<Button> = {}): Button {
  return { label, action: "status", fields: { connector: "c1" }, says: `status ${label}`, ...more };
}

export function formOf(...inputs: Input[]): Block {
  return {
    kind: "form",
    form: { label: "About it", action: "mark", fields: {}, submit: "Record it", inputs },
  };
}

/** A name in every place where one can stand. */
export function everywhere(name: string): Block[] {
  const spans: Spans = [name, { bold: name }, { person: name, id: "you" }];
  return [
    { kind: "text", spans },
    { kind: "facts", facts: [{ label: name, value: spans }] },
    { kind: "list", heading: name, items: [spans] },
    {
      kind: "progress",
      label: name,
      points: [
        { name, mark: "now" },
        { name, mark: "ahead" },
      ],
    },
    { kind: "table", columns: [name], rows: [{ cells: [spans] }] },
    { kind: "table", columns: [name], rows: [{ cells: [spans] }] },
    { kind: "criteria", items: [{ name, state: "met", spans, share: 1 }] },
    { kind: "copy", label: name, text: name },
    { kind: "note", sort: "settled", spans },
    { kind: "note", sort: "warning", spans },
    { kind: "buttons", buttons: [buttonOf(name, { action: name }), ...Array(7).fill(buttonOf(name))] },
    {
      kind: "form",
      form: {
        label: name,
        action: "status",
        fields: { connector: "c1" },
        submit: name,
        inputs: [
          { id: "a", label: name, sort: "text", value: name, hint: name, problem: name },
          { id: "b", label: name, sort: "choice", options: [{ value: "yes", label: name }], value: name },
          { id: "c", label: name, sort: "moment", value: name },
        ],
      },
    },
  ];
}
