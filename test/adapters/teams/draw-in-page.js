// Runs in the page that draw.ts opens, after Microsoft's own renderer: draws cards as Teams does, and looks for what a reader would miss.

globalThis.drawing = { draw, faults, hintsCut, inputNames };

const COLOURS = Object.fromEntries(
  ["default", "accent", "good", "attention"].map((name) => [
    name,
    { default: `var(--${name})`, subtle: `var(--${name === "default" ? "subtle" : name})` },
  ]),
);
const STYLES = ["default", "emphasis", "warning"];
const FONT = {
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
};

/** Sizes and spaces as in the host config of Teams that Microsoft has published; there a medium text is no larger than others. */
const HOST = new AdaptiveCards.HostConfig({
  fontTypes: {
    default: { ...FONT, fontFamily: "Inter, 'DejaVu Sans'" },
    monospace: { ...FONT, fontFamily: "'DejaVu Sans Mono'" },
  },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--line)" },
  containerStyles: Object.fromEntries(
    STYLES.map((name) => [name, { backgroundColor: `var(--${name}-back)`, foregroundColors: COLOURS }]),
  ),
  inputs: {
    label: { requiredInputs: { weight: "Bolder" }, optionalInputs: { weight: "Bolder" } },
    errorMessage: { color: "Attention", size: "Small" },
  },
  actions: { maxActions: 6, buttonSpacing: 0, actionsOrientation: "Horizontal", actionAlignment: "Left" },
});

/** Each card in a frame of its own, under its number; what the parser said of each. */
function draw(cards) {
  document.body.replaceChildren();
  return cards.map((card, index) => {
    const context = new AdaptiveCards.SerializationContext(AdaptiveCards.Versions.v1_5);
    const parsed = new AdaptiveCards.AdaptiveCard();
    parsed.hostConfig = HOST;
    parsed.parse(card, context);
    const frame = document.createElement("section");
    frame.className = "card";
    frame.id = `card-${index}`;
    const drawn = parsed.render();
    drawn.removeAttribute("tabindex");
    frame.append(drawn);
    document.body.append(frame);
    const said = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
    return [...said, ...parsed.validateProperties().validationEvents].map(({ message }) => message);
  });
}

/** What is wrong with each card as it is drawn: what sticks out, is cut, or breaks within a word. */
function faults() {
  return [...document.querySelectorAll("section.card")].map((frame) => {
    const edge = frame.getBoundingClientRect();
    const all = [...frame.querySelectorAll("*")];
    return [
      ...(frame.scrollWidth > frame.clientWidth ? ["is wider than its frame"] : []),
      ...all.filter((one) => sticksOut(one, edge)).map((one) => `sticks out: ${wordsOf(one)}`),
      ...all.filter(isCut).map((one) => `is cut: ${wordsOf(one)}`),
      ...brokenWords(frame).map((word) => `breaks within a word: ${word}`),
      ...all.filter(isOutOfReach).map((one) => `can't be reached: ${wordsOf(one)}`),
    ];
  });
}

function sticksOut(one, edge) {
  const { left, right, width } = one.getBoundingClientRect();
  return width > 0 && (left < edge.left - 0.5 || right > edge.right + 0.5);
}

function isCut(one) {
  if (one.clientWidth === 0 || one.matches("input, select, option")) return false;
  const { overflowX, overflowY } = getComputedStyle(one);
  const isWide = overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return isWide || (overflowY !== "visible" && one.scrollHeight > one.clientHeight + 1);
}

function isOutOfReach(one) {
  return one.matches("button, input, select, textarea, a") && (one.tabIndex < 0 || one.disabled);
}

/** What an input asks for while it is empty, where that is longer than the input. */
function hintsCut() {
  const ruler = document.createElement("canvas").getContext("2d");
  return [...document.querySelectorAll("input[placeholder]")].flatMap((one) => {
    const { font, paddingLeft, paddingRight } = getComputedStyle(one);
    ruler.font = font;
    const room = one.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    return ruler.measureText(one.placeholder).width > room ? [one.placeholder] : [];
  });
}

/** What a screen reader calls the inputs of each card: the words of the elements that label it, not what stands in it. */
function inputNames() {
  const nameOf = (one) =>
    (one.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => (id === "" ? "" : (document.getElementById(id)?.textContent ?? "")))
      .join(" ")
      .replace("*", "")
      .trim();
  return [...document.querySelectorAll("section.card")].map((frame) =>
    [...frame.querySelectorAll("input, select, textarea")].map(nameOf),
  );
}

/** Words, without those of addresses and of what is there to be copied, that begin on one line and end on another. */
function brokenWords(frame) {
  const texts = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  const broken = [];
  const address = /\S*[@/]\S{16,}/g;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (getComputedStyle(node.parentElement).fontFamily.includes("Mono")) continue;
    const words = node.data.replaceAll(address, (text) => " ".repeat(text.length));
    for (const { 0: word, index } of words.matchAll(/[\p{L}\p{N}.,]{2,}/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 1) broken.push(word);
    }
  }
  return broken;
}

function wordsOf({ tagName, className, textContent, placeholder }) {
  return `${tagName.toLowerCase()}.${className} ${(textContent || placeholder || "").slice(0, 60)}`;
}
