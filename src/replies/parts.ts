import { CRITERIA } from "../criteria/catalogue.ts";
import type { Person } from "../incoming.ts";
import type { Connector, Milestone } from "../lifecycle/connector.ts";
import type { StageId } from "../lifecycle/stages.ts";
import type { Step } from "../lifecycle/step-table.ts";
import type { Block, Button, Citation, Reply, Span, Spans } from "../reply.ts";
import { spansText } from "./plain.ts";
import { clip } from "./printable.ts";

/** A reply for everyone where it was asked. `undefined` blocks are left out. */
export function reply(headline: string | Spans, ...blocks: (Block | undefined)[]): Reply {
  const spans = typeof headline === "string" ? [headline] : headline;
  return {
    headline: spans,
    title: spansText(spans),
    blocks: blocks.filter((block) => block !== undefined),
    audience: "everyone",
  };
}

/** A reply for the person who asked alone. */
export function privately(headline: string | Spans, ...blocks: (Block | undefined)[]): Reply {
  return { ...reply(headline, ...blocks), audience: "asker" };
}

/** Others see the message too, and nobody typed anything: it says who pressed. */
export function withAuthor(reply: Reply, { name }: Person): Reply {
  return withMore(reply, text(`By ${name}.`));
}

/** The same reply with more before its buttons. */
export function withMore(reply: Reply, ...more: (Block | undefined)[]): Reply {
  const at = reply.blocks.findIndex(({ kind }) => kind === "buttons");
  const present = more.filter((block) => block !== undefined);
  return { ...reply, blocks: reply.blocks.toSpliced(at < 0 ? reply.blocks.length : at, 0, ...present) };
}

/** A connector's name as far as a phone's button has room for it. */
export function nameLabel({ name }: Pick<Connector, "name">): string {
  return clip(name, 22);
}

/** A sentence with spans in it: sentence`${name} expires ${moment(at, view)}.` */
export function sentence(words: TemplateStringsArray, ...between: (Span | Spans | number)[]): Spans {
  const spans = words.flatMap((word, index): Spans => {
    const next = between[index] ?? "";
    return [word, ...(Array.isArray(next) ? next : [typeof next === "number" ? `${next}` : next])];
  });
  return joined(spans);
}

/** Neighbouring plain texts as one. */
function joined(spans: Spans): Spans {
  const all: Spans = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (typeof span === "string" && typeof last === "string") all[all.length - 1] = last + span;
    else if (span !== "") all.push(span);
  }
  return all;
}

export function text(...spans: Spans): Block {
  return { kind: "text", spans };
}

/** Facts, one line each; those without a value are left out. */
export function facts(...rows: ([label: string, value: Spans | Span] | undefined)[]): Block {
  const present = rows.filter((row) => row !== undefined);
  return {
    kind: "facts",
    facts: present.map(([label, value]) => ({ label, value: Array.isArray(value) ? value : [value] })),
  };
}

/** A clause on what Microsoft's pages leave open and how it is read here. */
export function settled(...spans: Spans): Block {
  return { kind: "note", sort: "settled", spans };
}

/** What publishers or later pages report: never the answer. */
export function reported(...spans: Spans): Block {
  return { kind: "note", sort: "reported", spans };
}

export function warning(...spans: Spans): Block {
  return { kind: "note", sort: "warning", spans };
}

/** Sources, each section once. */
export function sources(...citations: Citation[]): Block {
  const seen = new Map(citations.map((citation) => [`${citation.href}#${citation.section}`, citation]));
  return { kind: "sources", sources: [...seen.values()] };
}

/** Next moves, the likeliest first; none when nothing is left. */
export function buttons(...all: (Button | undefined)[]): Block | undefined {
  const present = all.filter((button) => button !== undefined);
  return present.length === 0 ? undefined : { kind: "buttons", buttons: present };
}

/** A button that says a command about a connector. `rest` is what follows the name when it is typed. */
export function about(
  connector: Pick<Connector, "id" | "name">,
  action: string,
  label: string,
  fields: Record<string, string> = {},
  rest = "",
): Button {
  const says = rest ? `${action} ${connector.name} ${rest}` : `${action} ${connector.name}`;
  return { label, action, fields: { connector: connector.id, ...fields }, says };
}

/** Takes back the last change of a connector, and no other: pressed twice it does nothing more. */
export function undoButton(connector: Connector, label = "Undo"): Button | undefined {
  const last = connector.changes.at(-1);
  return last && about(connector, "undo", label, { change: String(last.number) });
}

/** Marks a milestone from the stage the button was made at: pressed at another one it explains itself. */
export function markButton(
  connector: Pick<Connector, "id" | "name">,
  from: StageId,
  milestone: Milestone,
  label: string,
): Button {
  return about(connector, "mark", label, { milestone, from }, milestone);
}

/** A button that says a command about no connector. */
export function say(
  label: string,
  says: string,
  action: string,
  fields: Record<string, string> = {},
): Button {
  return { label, action, fields, says };
}

/** What to do and where; its words may name the place already. */
export function stepText({ title, where }: Step): string {
  return title.includes(where) ? title : `${title} (${where})`;
}

/** "a, b and c". */
export function listText(items: readonly string[], last = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** The same of items with spans in them. */
export function listSpans(items: readonly Spans[]): Spans {
  return joined(
    items.flatMap((item, index) => {
      if (index === 0) return item;
      return [index === items.length - 1 ? " and " : ", ", ...item];
    }),
  );
}

/** What is wrong, each thing once; what is missing in one sentence. */
export function problemsText(problems: readonly string[]): string {
  const missing = problems.flatMap((problem) => /^(The .+) (?:is|are) missing\.$/.exec(problem)?.[1] ?? []);
  if (missing.length < 2) return [...new Set(problems)].join(" ");
  const [first = "", ...more] = missing;
  return `${listText([first, ...more.map((one) => `t${one.slice(1)}`)])} are missing.`;
}

/** How a setting was, as it can be typed back; undefined: it is the same. */
export function beforeText(before: string, now: string): Block | undefined {
  return before === now ? undefined : text("Before: ", { bold: before }, ".");
}

/** The beginning of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "95.74 %"; with more digits where two would hide on which side of a bar it lies ("80.0004 %"). */
export function percentText(value: number): string {
  const short = Number(value.toFixed(4)) === value ? value : Number(value.toFixed(2));
  const isAtBar = short !== value && CRITERIA.some(({ threshold }) => threshold === short);
  return `${isAtBar ? Number(value.toFixed(6)) : short} %`;
}
