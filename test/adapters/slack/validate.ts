/**
 * What Slack would refuse in a message, or read as something nobody meant. Written from Slack's documentation of blocks,
 * elements and text objects, and knows nothing of the renderer.
 */
type Json = Record<string, unknown>;

interface Checker {
  /** Notes a problem of the place that is looked at. */
  say(problem: string): void;
  ids: Set<string>;
}

const CONTROLS = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const DATE_TOKENS = [
  ...["date_num", "date_slash", "date_long", "date_long_full", "date_long_pretty", "date", "date_pretty"],
  ...["date_short", "date_short_pretty", "time", "time_secs", "ago", "day_divider_pretty"],
];

/** @returns a sentence for each problem; none for a message Slack takes and shows as it was meant */
export function problemsOf(message: { text: string; blocks: unknown }): string[] {
  const found: string[] = [];
  const { text, blocks } = JSON.parse(JSON.stringify(message)) as { text: string; blocks: Json[] };
  const ids = new Set<string>();
  if (text.trim() === "") found.push("text: empty");
  if (Buffer.byteLength(text) > 4000) found.push("text: more than 4,000 bytes");
  if (/[<>]|&(?!(?:amp|lt|gt);)/.test(text)) found.push("text: holds a sign that Slack reads");
  if (CONTROLS.test(text) || !text.isWellFormed()) found.push("text: holds a control character");
  if (blocks.length < 1 || blocks.length > 50) found.push(`blocks: ${blocks.length}`);
  if (blocks.filter(({ type }) => type === "table").length > 1) found.push("blocks: only_one_table_allowed");
  const length = shownIn(blocks);
  if (length > 10_000) found.push(`blocks: ${length} characters, msg_blocks_too_long`);
  for (const [index, block] of blocks.entries()) {
    checkBlock(block, {
      ids,
      say: (problem) => found.push(`blocks[${index}] ${String(block.type)}: ${problem}`),
    });
  }
  return found;
}

/** The same for a window. */
export function problemsOfWindow(view: object): string[] {
  const found: string[] = [];
  const { blocks, ...around } = JSON.parse(JSON.stringify(view)) as Json & { blocks: Json[] };
  const ids = new Set<string>();
  const window: Checker = { ids, say: (problem) => found.push(`window: ${problem}`) };
  only(around, ["callback_id", "title", "submit", "close", "private_metadata"], window);
  if (around.type !== "modal") window.say(`is a ${around.type}`);
  checkString(around.callback_id, "callback_id", 255, window);
  for (const name of ["title", "submit", "close"])
    if (name === "title" || around[name] !== undefined) checkPlain(around[name], 24, window);
  checkString(around.private_metadata, "private_metadata", 3000, window, true);
  const all = list(blocks, "blocks", 1, 100, window);
  if (all.some(({ type }) => type === "input") && !around.submit)
    window.say("has inputs and nothing to send them");
  for (const [index, block] of all.entries()) {
    const say = (problem: string) => found.push(`blocks[${index}] ${String(block.type)}: ${problem}`);
    if (!["rich_text", "context", "image", "actions", "input"].includes(String(block.type)))
      say("is not for a window");
    checkBlock(block, { ids, say });
  }
  return found;
}

function checkBlock(block: Json, checker: Checker): void {
  const check = BLOCKS[String(block.type)];
  if (block.block_id !== undefined) checkId(block.block_id, `block ${block.block_id}`, checker);
  if (check) check(block, checker);
  else checker.say("is of an unknown type");
}

const BLOCKS: Record<string, (block: Json, checker: Checker) => void> = {
  rich_text(block, checker) {
    only(block, ["elements"], checker);
    const elements = list(block.elements, "elements", 1, Number.POSITIVE_INFINITY, checker);
    for (const element of elements) checkRichPart(element, checker);
  },
  context(block, checker) {
    only(block, ["elements"], checker);
    for (const element of list(block.elements, "elements", 1, 10, checker)) checkText(element, 3000, checker);
  },
  table(block, checker) {
    only(block, ["rows", "column_settings"], checker);
    const rows = list(block.rows, "rows", 1, 100, checker);
    const widths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : -1)));
    if (widths.size !== 1) checker.say("has rows of different lengths");
    for (const cell of rows.flat() as Json[]) {
      if (cell.type !== "rich_text") checker.say(`has a cell of type ${cell.type}`);
      BLOCKS.rich_text?.(cell, checker);
      if (shownIn(cell) === 0) checker.say("has a cell without a character");
    }
    for (const row of rows) list(row, "cells", 1, 20, checker);
    for (const setting of list(block.column_settings, "column_settings", 0, 20, checker))
      only(setting, ["align", "is_wrapped"], checker);
    if (shownIn(rows) > 10_000) checker.say("has more than 10,000 characters in its cells");
  },
  image(block, checker) {
    only(block, ["image_url", "alt_text", "title"], checker);
    checkUrl(block.image_url, ["http:", "https:"], checker);
    checkString(block.alt_text, "alt_text", 2000, checker);
  },
  actions(block, checker) {
    only(block, ["elements"], checker);
    const elements = list(block.elements, "elements", 1, 25, checker);
    for (const element of elements) checkButton(element, checker);
  },
  input(block, checker) {
    only(block, ["label", "element", "hint", "optional"], checker);
    checkPlain(block.label, 2000, checker);
    if (block.hint !== undefined) checkPlain(block.hint, 2000, checker);
    if (!["boolean", "undefined"].includes(typeof block.optional)) checker.say("has an odd optional");
    checkInput(block.element as Json, checker);
  },
};

function checkRichPart(part: Json, checker: Checker): void {
  switch (part.type) {
    case "rich_text_section":
    case "rich_text_quote":
      only(part, ["elements"], checker);
      for (const leaf of list(part.elements, "elements", 1, Number.POSITIVE_INFINITY, checker))
        checkLeaf(leaf, checker);
      return;
    case "rich_text_list":
      only(part, ["elements", "style"], checker);
      if (part.style !== "bullet" && part.style !== "ordered") checker.say("has a list without a style");
      for (const item of list(part.elements, "items", 1, Number.POSITIVE_INFINITY, checker)) {
        if (item.type !== "rich_text_section") checker.say("has a list item that is no section");
        checkRichPart(item, checker);
      }
      return;
    case "rich_text_preformatted":
      only(part, ["elements"], checker);
      for (const leaf of list(part.elements, "elements", 1, Number.POSITIVE_INFINITY, checker)) {
        if (leaf.type !== "text") checker.say("has something else than text in preformatted text");
        checkLeaf(leaf, checker);
      }
      return;
    default:
      checker.say(`has an unknown part ${part.type}`);
  }
}

/** No broadcast, channel, group or emoji: nothing of ours means one. */
function checkLeaf(leaf: Json, checker: Checker): void {
  if (leaf.style !== undefined) only(leaf.style as Json, ["bold", "italic", "strike", "code"], checker);
  switch (leaf.type) {
    case "text":
      only(leaf, ["text", "style"], checker);
      checkString(leaf.text, "text", 12_000, checker, true);
      return;
    case "link":
      only(leaf, ["url", "text", "style"], checker);
      if (leaf.text !== undefined) checkString(leaf.text, "link text", 3000, checker);
      checkUrl(leaf.url, ["http:", "https:", "mailto:"], checker);
      return;
    case "user":
      only(leaf, ["user_id", "style"], checker);
      if (!/^[UW][A-Z0-9]{5,}$/.test(String(leaf.user_id))) checker.say(`mentions ${leaf.user_id}`);
      return;
    case "date": {
      only(leaf, ["timestamp", "format", "fallback", "style"], checker);
      if (!Number.isInteger(leaf.timestamp)) checker.say("has a timestamp that is no integer");
      const tokens = [...String(leaf.format).matchAll(/\{(.*?)\}/g)].map(([, token]) => token ?? "");
      if (tokens.length === 0 || !tokens.every((token) => DATE_TOKENS.includes(token)))
        checker.say(`has the date format ${leaf.format}`);
      checkString(leaf.fallback, "fallback", 300, checker);
      return;
    }
    default:
      checker.say(`has the element ${leaf.type}`);
  }
}

function checkText(text: Json, most: number, checker: Checker): void {
  if (text.type === "plain_text") {
    checkPlain(text, most, checker);
    return;
  }
  if (text.type !== "mrkdwn") checker.say(`has a text of type ${text.type}`);
  only(text, ["text", "verbatim"], checker);
  checkString(text.text, "mrkdwn", most, checker);
  const words = String(text.text);
  const rest = words.replace(/<(https?:\/\/[^<>|\s]+)\|([^<>|]+)>/g, "$2");
  if (/[<>]/.test(rest)) checker.say(`has markup that is no link: ${words}`);
  if (/&(?!(?:amp|lt|gt);)/.test(words)) checker.say("has a bare &");
  if (/[*_~`]/.test(rest)) checker.say(`has a sign that formats: ${words}`);
}

function checkPlain(text: unknown, most: number, checker: Checker): void {
  const { type, ...rest } = (text ?? {}) as Json;
  if (type !== "plain_text") checker.say(`has a ${type} where plain_text is wanted`);
  only(rest, ["text", "emoji"], checker);
  if (rest.emoji !== false) checker.say("would turn :words: into pictures");
  checkString(rest.text, "plain_text", most, checker);
}

function checkButton(button: Json, checker: Checker): void {
  if (button.type !== "button") checker.say(`has an element of type ${button.type}`);
  only(button, ["text", "action_id", "value", "url", "style"], checker);
  checkPlain(button.text, 75, checker);
  checkId(button.action_id, `action ${button.action_id}`, checker);
  if (button.value !== undefined) checkString(button.value, "value", 2000, checker);
  if (button.url !== undefined) checkUrl(button.url, ["http:", "https:"], checker);
  if (![undefined, "primary", "danger"].includes(button.style as undefined))
    checker.say(`has the style ${button.style}`);
}

function checkInput(element: Json, checker: Checker): void {
  checkId(element.action_id, `action ${element.action_id}`, checker);
  const { initial_value: initial, initial_date_time: at } = element;
  switch (element.type) {
    case "plain_text_input":
      only(element, ["action_id", "initial_value", "multiline"], checker);
      if (initial !== undefined) checkString(initial, "initial_value", 3000, checker, true);
      return;
    case "datetimepicker":
      only(element, ["action_id", "initial_date_time"], checker);
      if (at !== undefined && !/^\d{10}$/.test(String(at))) checker.say(`begins at ${at}`);
      return;
    case "static_select": {
      only(element, ["action_id", "options", "initial_option"], checker);
      const options = list(element.options, "options", 1, 100, checker);
      for (const option of options) {
        only(option, ["text", "value"], checker);
        checkPlain(option.text, 75, checker);
        checkString(option.value, "option value", 75, checker);
      }
      const chosen = JSON.stringify(element.initial_option);
      if (chosen && !options.some((option) => JSON.stringify(option) === chosen))
        checker.say("begins with an option it does not have");
      return;
    }
    default:
      checker.say(`has an input of type ${element.type}`);
  }
}

/** Present, not blank (unless it stands among other text), not too long, and nothing in it that steers a screen. */
function checkString(text: unknown, what: string, most: number, checker: Checker, mayBeBlank = false): void {
  if (typeof text !== "string" || text === "") {
    checker.say(`has an empty ${what}`);
    return;
  }
  if (!mayBeBlank && text.trim() === "") checker.say(`has a blank ${what}`);
  if (text.length > most) checker.say(`has a ${what} of ${text.length} characters`);
  if (CONTROLS.test(text) || !text.isWellFormed()) checker.say(`has a control character in ${what}`);
}

function checkUrl(url: unknown, protocols: string[], checker: Checker): void {
  const isUrl = typeof url === "string" && url.length <= 3000 && URL.canParse(url);
  if (!isUrl || !protocols.includes(new URL(url).protocol)) checker.say(`has the address ${url}`);
}

/** An element of an input may share its block's id: only those of one sort must differ. */
function checkId(id: unknown, key: string, checker: Checker): void {
  checkString(id, "id", 255, checker);
  if (checker.ids.has(key)) checker.say(`repeats the id ${id}`);
  checker.ids.add(key);
}

function only(part: Json, keys: string[], checker: Checker): void {
  const odd = Object.keys(part).filter((key) => !["type", "block_id", ...keys].includes(key));
  if (odd.length > 0) checker.say(`has the unknown ${odd.join(", ")}`);
}

function list(value: unknown, what: string, least: number, most: number, checker: Checker): Json[] {
  if (!Array.isArray(value)) {
    checker.say(`has no ${what}`);
    return [];
  }
  if (value.length < least || value.length > most) checker.say(`has ${value.length} ${what}`);
  return value;
}

function shownIn(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  return Object.entries(part).reduce((sum, [key, value]) => {
    const isShown = ["text", "alt_text", "url", "fallback"].includes(key) && typeof value === "string";
    return sum + (isShown ? value.length : shownIn(value));
  }, 0);
}
