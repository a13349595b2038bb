import type { ImageBlock, KnownBlock, TableBlock } from "@slack/types";
import { make, makeLink, webAddress } from "./dom.ts";
import { type SlackMessage, slackButton, slackInput } from "./slack-inputs.ts";
import { richText, smallPrint, unsupported } from "./slack-text.ts";

type Cell = TableBlock["rows"][number][number];

/** The blocks of one message as Slack shows them: those that adapters/slack sends. */
export function renderSlack(blocks: readonly KnownBlock[], message: SlackMessage): HTMLElement {
  const rendered = blocks.map((block, index) => renderBlock(block, block.block_id ?? `b${index}`, message));
  return make("div", { class: "slack-blocks" }, ...rendered);
}

function renderBlock(block: KnownBlock, blockId: string, message: SlackMessage): HTMLElement {
  switch (block.type) {
    case "rich_text":
      return richText(block);
    case "context":
      return make("div", { class: "context" }, ...block.elements.map(smallPrint));
    case "table":
      return table(block);
    case "image":
      return picture(block);
    case "actions": {
      const buttons = block.elements.map((one) =>
        one.type === "button" ? slackButton(one, blockId, message) : unsupported(one.type),
      );
      return make("div", { class: "actions" }, ...buttons);
    }
    case "input":
      return slackInput(block, blockId, message);
    default:
      return unsupported(block.type);
  }
}

/** A press shows it in its full size. */
function picture(block: ImageBlock): HTMLElement {
  const { image_url: address = "", alt_text: alt } = block as { image_url?: string; alt_text: string };
  const src = webAddress(address);
  if (!src) return unsupported("image without a web address");
  return make("figure", {}, makeLink(src, make("img", { src, alt }), { "aria-label": "Open the picture" }));
}

/** In em: a column is not pressed together until each of its lines is a word. */
const WIDEST = 5.5;
const PER_LETTER = 0.36;
/** A longer word may be broken. */
const LONGEST_WORD = 20;

/** Slack draws the first row as the heads of the columns. */
function table({ rows: [heads = [], ...rows] }: TableBlock): HTMLElement {
  const cells = heads.map((cell) => tableCell(cell, true));
  const head = make("tr", {}, ...cells);
  const body = rows.map((row) => make("tr", {}, ...row.map((cell) => tableCell(cell, false))));
  const names = cells.map(({ textContent }) => textContent).filter((name) => name?.trim());
  const label = `Table: ${names.join(", ")}`;
  const attributes = { class: "table-frame", tabindex: "0", role: "group", "aria-label": label };
  return make("div", attributes, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}

function tableCell(cell: Cell, isHead: boolean): HTMLElement {
  const content = make("div", {}, cell.type === "rich_text" ? richText(cell) : unsupported(cell.type));
  const text = content.textContent ?? "";
  content.style.minWidth = `${Math.min(WIDEST, text.length * PER_LETTER)}em`;
  content.classList.toggle(
    "endless",
    text.split(/\s/).some((word) => word.length > LONGEST_WORD),
  );
  // A head without words would be announced with each cell of its column.
  return isHead && text.trim() !== "" ? make("th", { scope: "col" }, content) : make("td", {}, content);
}
