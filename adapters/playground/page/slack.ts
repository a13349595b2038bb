import type {
  ContextBlock,
  ImageBlock,
  ImageElement,
  KnownBlock,
  SectionBlock,
  TableBlock,
} from "@slack/types";
import { type Child, make, makeLink, webAddress } from "./dom.ts";
import { type SlackMessage, slackButton, slackInput } from "./slack-inputs.ts";
import { richText, textObject, unsupported } from "./slack-text.ts";

type Cell = TableBlock["rows"][number][number];

/** The blocks of one message as Slack shows them. */
export function renderSlack(blocks: readonly KnownBlock[], message: SlackMessage): HTMLElement {
  const rendered = blocks.map((block, index) => renderBlock(block, block.block_id ?? `b${index}`, message));
  return make("div", { class: "slack-blocks" }, ...rendered);
}

function renderBlock(block: KnownBlock, blockId: string, message: SlackMessage): HTMLElement {
  switch (block.type) {
    case "rich_text":
      return richText(block, message.now);
    case "section":
      return section(block, blockId, message);
    case "header":
      return make("div", { class: "header", role: "heading", "aria-level": "3" }, block.text.text);
    case "context":
      return make("div", { class: "context" }, ...block.elements.map((one) => contextPart(one, message.now)));
    case "table":
      return table(block, message.now);
    case "image":
      return figure(block);
    case "actions": {
      const buttons = block.elements.map((one) =>
        one.type === "button" ? slackButton(one, blockId, message) : unsupported(one.type),
      );
      return make("div", { class: "actions" }, ...buttons);
    }
    case "input":
      return slackInput(block, blockId, message);
    case "divider":
      return make("hr", {});
    default:
      return unsupported(block.type);
  }
}

function section(block: SectionBlock, blockId: string, message: SlackMessage): HTMLElement {
  const words = [block.text, ...(block.fields ?? [])].flatMap((text) => (text ? [text] : []));
  const paragraphs = words.map((text) => make("p", {}, ...textObject(text, message.now)));
  const beside = block.accessory ? accessory(block.accessory, blockId, message) : undefined;
  return make("div", { class: "section" }, make("div", { class: "words" }, ...paragraphs), beside);
}

function accessory(
  beside: NonNullable<SectionBlock["accessory"]>,
  blockId: string,
  message: SlackMessage,
): HTMLElement {
  if (beside.type === "button") return slackButton(beside, blockId, message);
  return beside.type === "image" ? image(beside) : unsupported(beside.type);
}

/** A press shows it in its full size. */
function figure(block: ImageBlock): HTMLElement {
  const caption = block.title ? make("figcaption", {}, block.title.text) : undefined;
  const { image_url: address = "" } = block as { image_url?: string };
  return make("figure", {}, caption, makeLink(address, image(block)));
}

function contextPart(part: ContextBlock["elements"][number], now: Date): HTMLElement {
  return part.type === "image" ? image(part) : make("span", {}, ...textObject(part, now));
}

function image(part: Pick<ImageElement, "alt_text"> & { image_url?: string }): HTMLElement {
  const src = webAddress(part.image_url ?? "");
  return src ? make("img", { src, alt: part.alt_text }) : unsupported("image without a web address");
}

/** In em: a column is not pressed together until each of its lines is a word. */
const WIDEST = 7;
const PER_LETTER = 0.36;

/** Slack draws the first row as the heads of the columns. */
function table(block: TableBlock, now: Date): HTMLElement {
  const [heads = [], ...rows] = block.rows;

  function tableCell(cell: Cell, column: number, isHead: boolean): HTMLElement {
    const { align = "left", is_wrapped } = block.column_settings?.[column] ?? {};
    const content = make("div", {}, cellContent(cell, now));
    const text = content.textContent ?? "";
    content.style.minWidth = `${Math.min(WIDEST, text.length * PER_LETTER)}em`;
    const attributes = { class: `align-${align}${is_wrapped ? "" : " unwrapped"}` };
    // A head without words would be announced with each cell of its column.
    if (isHead && text.trim() !== "") return make("th", { ...attributes, scope: "col" }, content);
    return make("td", attributes, content);
  }

  const head = make("tr", {}, ...heads.map((cell, column) => tableCell(cell, column, true)));
  const body = rows.map((row) =>
    make("tr", {}, ...row.map((cell, column) => tableCell(cell, column, false))),
  );
  const attributes = { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table" };
  return make("div", attributes, make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}

function cellContent(cell: Cell, now: Date): Child {
  switch (cell.type) {
    case "rich_text":
      return richText(cell, now);
    case "raw_text":
      return cell.text;
    case "raw_number":
      return String(cell.value);
    default:
      return unsupported((cell satisfies never as { type: string }).type);
  }
}
