import { openClock } from "./clock.ts";
import { openComposer } from "./composer.ts";
import { openConversation } from "./conversation.ts";
import { find } from "./dom.ts";
import { openPanes } from "./panes.ts";
import { momentText, READERS_ZONE } from "./times.ts";
import { ask, type Entry, GONE, listen } from "./wire.ts";

const scroller = find("scroll", HTMLElement);
const welcome = find("welcome", HTMLElement);
const waiting = find("waiting", HTMLElement);
const problem = find("problem", HTMLElement);
const status = find("status", HTMLElement);

const clock = openClock();
const conversation = openConversation((id) => panes.choose(id));
const composer = openComposer(say);
const panes = openPanes({
  chosen: conversation.mark,
  drawn: () => {
    if (mustReveal) conversation.reveal();
    mustReveal = false;
  },
  press: (platform, payload, label) => {
    panes.readOnIn(platform);
    act(`presses/${platform}`, { payload, label, zone: READERS_ZONE });
  },
});

let last: Promise<void> = Promise.resolve();
let underWay = 0;
let mustReveal = false;
let mustTellTime = false;
/** Why the last thing asked for was not done. */
let refused: string | undefined;
/** Why nothing is heard. */
let unheard: string | undefined;

/** One after the other, so that answers come in the order in which was asked. */
function act(what: string, body: object): Promise<string | undefined> {
  underWay += 1;
  waiting.hidden = false;
  refused = undefined;
  showProblem();
  const doing = last.then(() => ask(what, body));
  last = doing.then((sentence) => {
    underWay -= 1;
    waiting.hidden = underWay === 0;
    refused = sentence;
    showProblem();
  });
  return doing;
}

async function say(text: string): Promise<void> {
  const sentence = await act("messages", { text, zone: READERS_ZONE });
  if (sentence) composer.giveBack(text);
}

async function push(by: string): Promise<void> {
  mustTellTime = true;
  if (await act("clock", { push: by })) mustTellTime = false;
}

function showProblem(): void {
  const sentence = unheard ?? refused ?? "";
  problem.hidden = sentence === "";
  // Set anew, it would be read out anew.
  if (problem.textContent !== sentence) problem.textContent = sentence;
}

function addEntries(entries: readonly Entry[], isLive: boolean): void {
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const asked = isLive && entries.some(({ kind }) => kind === "answer");
  const placed = [];
  for (const entry of entries) {
    if (entry.kind === "said") conversation.addSaid(entry);
    else placed.push({ told: entry, place: conversation.addTold(entry) });
  }
  welcome.hidden = !conversation.isEmpty();
  if (isLive && placed.length === 0) conversation.reveal();
  mustReveal ||= asked || (wasAtEnd && placed.length > 0);
  panes.add(placed, asked);
  const last = placed.at(-1);
  if (last) composer.suggest(last.told);
}

listen({
  told: addEntries,
  clock: (state) => {
    clock.set(state);
    if (mustTellTime) status.textContent = `It is now ${momentText(clock.now(), READERS_ZONE)}.`;
    mustTellTime = false;
  },
  cleared: () => {
    conversation.clear();
    composer.suggest(undefined);
    panes.clear();
  },
  gone: (why) => {
    unheard = why;
    showProblem();
  },
  back: () => {
    unheard = undefined;
    if (refused === GONE) refused = undefined;
    showProblem();
  },
});

for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-push]")) {
  button.addEventListener("click", () => push(button.dataset.push ?? ""));
}
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-says]")) {
  button.addEventListener("click", () => {
    composer.focus();
    say(button.dataset.says ?? "");
  });
}
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-example]")) {
  button.addEventListener("click", () => {
    composer.focus();
    act("example", { zone: READERS_ZONE });
  });
}
find("example", HTMLButtonElement).addEventListener("click", () => act("example", { zone: READERS_ZONE }));

const menu = find("menu", HTMLButtonElement);
menu.addEventListener("click", () => {
  menu.ariaExpanded = String(menu.ariaExpanded !== "true");
});

const sure = find("sure", HTMLDialogElement);
find("reset", HTMLButtonElement).addEventListener("click", () => sure.showModal());
find("keep", HTMLButtonElement).addEventListener("click", () => sure.close());
find("forget", HTMLButtonElement).addEventListener("click", async () => {
  sure.close();
  if (!(await act("reset", {}))) status.textContent = "Everything is forgotten; the clock is back.";
});
