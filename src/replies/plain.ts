import type { Block, Citation, Mark, Reply, Spans } from "../reply.ts";
import { oneLine } from "./printable.ts";
import { momentText } from "./times.ts";

const SIGN: Record<Mark, string> = { done: "✓", now: "▸", ahead: "·" };
const STATE = { met: "✓ met", unmet: "✗ unmet", unknown: "? unknown" };
const NOTE = { settled: "Our reading: ", reported: "Reported: ", warning: "Careful: " };

/** A reply as plain text: the terminal's renderer, and the fallback wherever blocks can't be shown. */
export function plainText(reply: Reply): string {
  const body = reply.blocks.map(blockText).filter((part) => part !== "");
  return [spansText(reply.headline), ...body].join("\n\n");
}

/** Spans as one line of plain text. */
export function spansText(spans: Spans): string {
  return spans
    .map((span) => {
      if (typeof span === "string") return oneLine(span);
      if ("bold" in span) return oneLine(span.bold);
      if ("link" in span) return oneLine(span.link === span.href ? span.href : `${span.link} (${span.href})`);
      if ("person" in span) return oneLine(span.person);
      if ("time" in span) return momentText(span.time, span.pacific);
      return span satisfies never;
    })
    .join("");
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "text":
      return spansText(block.spans);
    case "facts":
      return facts(block.facts);
    case "list": {
      const items = block.items.map((item) => `  - ${spansText(item)}`);
      return [...(block.heading ? [oneLine(block.heading)] : []), ...items].join("\n");
    }
    case "progress": {
      const points = block.points.map(({ name, mark }) =>
        mark === "now" ? `[${name}]` : mark === "done" ? `${name} ✓` : name,
      );
      return oneLine(`${block.label}: ${points.join(" > ")}`);
    }
    case "table":
      return table(block.columns, block.rows);
    case "criteria":
      return criteria(block.items);
    case "copy":
      return `${oneLine(block.label)}\n${block.text
        .split("\n")
        .map((line) => `  | ${oneLine(line)}`)
        .join("\n")}`;
    case "note":
      return `${NOTE[block.sort]}${spansText(block.spans)}`;
    case "sources":
      return sources(block.sources);
    case "buttons":
      return block.buttons.map(({ label }, index) => `[${index + 1}] ${oneLine(label)}`).join("   ");
    case "file":
      return oneLine(`${block.label}: ${block.file.name}`);
    // What a picture shows and a form asks for stands in words beside it.
    case "picture":
    case "form":
      return "";
    default:
      return block satisfies never;
  }
}

function sources(cited: readonly Citation[]): string {
  const documents = Map.groupBy(cited, ({ href }) => href);
  return [...documents]
    .map(([href, sections]) => {
      const headings = sections.map(({ section }) => `“${section}”`).join(", ");
      return oneLine(`Source: ${sections[0]?.document}, ${headings} ${href}`);
    })
    .join("\n");
}

function facts(rows: { label: string; value: Spans }[]): string {
  const width = Math.max(...rows.map(({ label }) => label.length));
  return rows.map(({ label, value }) => `  ${oneLine(label).padEnd(width)}  ${spansText(value)}`).join("\n");
}

function criteria(items: Extract<Block, { kind: "criteria" }>["items"]): string {
  const width = Math.max(...items.map(({ name }) => name.length));
  const states = Math.max(...items.map(({ state }) => STATE[state].length));
  return items
    .map(
      ({ name, state, spans }) =>
        `  ${STATE[state].padEnd(states)}  ${oneLine(name).padEnd(width)}  ${spansText(spans)}`,
    )
    .join("\n");
}

function table(columns: string[], rows: { mark?: Mark; cells: Spans[] }[]): string {
  const lines = [columns.map(oneLine), ...rows.map(({ cells }) => cells.map(spansText))];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => lengthOf(line[column] ?? ""))));
  return lines
    .map((line, index) => {
      const mark = rows[index - 1]?.mark;
      const cells = line.map(
        (cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - lengthOf(cell))),
      );
      return `  ${mark ? SIGN[mark] : " "} ${cells.join("  ")}`.trimEnd();
    })
    .join("\n");
}

/** Letters as a terminal counts them: an accent written as a mark of its own takes no place. */
function lengthOf(text: string): number {
  // Most cells hold nothing but plain letters, each of which is one unit.
  return /^[ -~]*$/.test(text) ? text.length : [...text.normalize("NFC")].length;
}
