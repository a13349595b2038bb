import { openClock } from "./clock.ts";
import { openComposer } from "./composer.ts";
import { openConversation } from "./conversation.ts";
import { find } from "./dom.ts";
import { openPanes } from "./panes.ts";
import { momentText, READERS_ZONE } from "./times.ts";
import { ask, type Entry, GONE, listen } from "./wire.ts";

/** As the server takes it. */
const MAX_LABEL = 200;

const scroller = find("scroll", HTMLElement);
const welcome = find("welcome", HTMLElement);
const waiting = find("waiting", HTMLElement);
const problem = find("problem", HTMLElement);
const status = find("status", HTMLElement);

const clock = openClock();
const conversation = openConversation((id) => panes.choose(id));
const composer = openComposer(say);
const panes = openPanes({
  now: clock.now,
  chosen: conversation.mark,
  drawn: () => {
    if (mustReveal) conversation.reveal();
    mustReveal = false;
  },
  press: (platform, payload, label) => {
    panes.readOnIn(platform);
    act(`presses/${platform}`, { payload, label: label.slice(0, MAX_LABEL) });
  },
});

let last: Promise<void> = Promise.resolve();
let underWay = 0;
let mustReveal = false;
let mustTellTime = false;

/** One after the other, so that answers come in the order in which was asked. */
function act(what: string, body: object): Promise<string | undefined> {
  underWay += 1;
  waiting.hidden = false;
  if (problem.textContent !== GONE) showProblem(undefined);
  const doing = last.then(() => ask(what, body));
  last = doing.then((sentence) => {
    underWay -= 1;
    waiting.hidden = underWay === 0;
    showProblem(sentence);
  });
  return doing;
}

async function say(text: string): Promise<void> {
  const sentence = await act("messages", { text });
  if (sentence) composer.giveBack(text);
}

async function push(by: string): Promise<void> {
  mustTellTime = true;
  if (await act("clock", { push: by })) mustTellTime = false;
}

function showProblem(sentence: string | undefined): void {
  problem.hidden = sentence === undefined;
  problem.textContent = sentence ?? "";
}

function showWelcome(): void {
  welcome.hidden = !conversation.isEmpty();
}

function addEntry(entry: Entry): void {
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  const place = conversation.add(entry);
  showWelcome();
  if (entry.kind !== "said") {
    composer.suggest(entry);
    panes.add(entry, place);
  } else conversation.reveal();
  if (wasAtEnd || entry.kind !== "reminder") mustReveal = true;
}

listen({
  entry: addEntry,
  clock: (state) => {
    clock.set(state);
    if (mustTellTime) status.textContent = `It is now ${momentText(clock.now(), READERS_ZONE)}.`;
    mustTellTime = false;
    // What was said before comes right after.
    setTimeout(showWelcome, 50);
  },
  cleared: () => {
    conversation.clear();
    composer.suggest(undefined);
    panes.clear();
    showWelcome();
  },
  gone: () => showProblem(GONE),
  back: () => {
    if (problem.textContent === GONE) showProblem(undefined);
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
    act("example", {});
  });
}
find("example", HTMLButtonElement).addEventListener("click", () => act("example", {}));

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
