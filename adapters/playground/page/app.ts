import { openClock } from "./clock.ts";
import { openComposer } from "./composer.ts";
import { openConversation } from "./conversation.ts";
import { find } from "./dom.ts";
import { openMenu } from "./menu.ts";
import { openNews } from "./news.ts";
import { openNotices } from "./notices.ts";
import { openPanes } from "./panes.ts";
import { isAtEnd, NARROW, onTurned, watchInView } from "./scrolling.ts";
import { openSending } from "./sending.ts";
import { openSlackWindow } from "./slack-window.ts";
import { momentText, READERS_ZONE } from "./times.ts";
import { type Asked, ask, type Entry, listen, type Platform, type Told } from "./wire.ts";

const welcome = find("welcome", HTMLElement);
const waiting = find("waiting", HTMLElement);

const clock = openClock();
const notices = openNotices();
const sending = openSending();
const conversation = openConversation((id) => panes.choose(id));
const composer = openComposer(say);
const news = openNews((id) => {
  toReveal = id;
  panes.choose(id);
  conversation.focus(id);
});
const inView = watchInView((id) => {
  if (NARROW.matches) news.seen(id);
});
const panes = openPanes({
  chosen: (id) => {
    conversation.mark(id);
    if (!NARROW.matches) news.seen(id);
  },
  drawn: () => {
    wasNarrow = NARROW.matches;
    if (toReveal !== undefined) conversation.reveal(toReveal);
    toReveal = undefined;
  },
  press,
  open,
});

let last: Promise<void> = Promise.resolve();
let underWay = 0;
let wasNarrow = NARROW.matches;
/** The answer to be seen once it is drawn. */
let toReveal: number | undefined;
/** What a push of the clock by this page has brought, until the clock is there. */
let pushed: "nothing yet" | "reminders" | undefined;
let isForgetting = false;

/** One after the other, so that answers come in the order in which was asked. `said` is what the conversation will show. */
function act(what: string, body: object, said?: string): Promise<Asked> {
  underWay += 1;
  waiting.hidden = false;
  notices.begin();
  // Who says something goes on at the end.
  if (said !== undefined) news.clear();
  const takeAway = said === undefined ? undefined : sending.add(said);
  showWelcome();
  const doing = last.then(() => ask(what, body));
  last = doing.then(({ problem }) => {
    underWay -= 1;
    waiting.hidden = underWay === 0;
    takeAway?.();
    showWelcome();
    notices.refused(problem);
  });
  return doing;
}

async function say(text: string): Promise<void> {
  const { problem } = await act("messages", { text, zone: READERS_ZONE }, text);
  if (problem) composer.giveBack(text);
}

function press(platform: Platform, payload: object, label: string): void {
  panes.readOnIn(platform);
  act(`presses/${platform}`, { payload, label, zone: READERS_ZONE }, label);
}

async function open(payload: object, label: string, told: Told): Promise<void> {
  const { window: view } = await act("presses/slack", { payload, label });
  if (view) openSlackWindow(view, told, (sent, submit) => press("slack", sent, submit));
}

async function push(by: string): Promise<void> {
  pushed = "nothing yet";
  if ((await act("clock", { push: by })).problem) pushed = undefined;
}

function loadExample(): void {
  act("example", { zone: READERS_ZONE }, "Load an example");
}

async function forget(): Promise<void> {
  isForgetting = true;
  if ((await act("reset", {})).problem) isForgetting = false;
  else notices.announce("Everything is forgotten; the clock is back.");
}

function showWelcome(): void {
  welcome.hidden = !conversation.isEmpty() || !sending.isEmpty();
}

function addEntries(entries: readonly Entry[], isLive: boolean): void {
  const isFirst = conversation.isEmpty();
  const wasAtEnd = isAtEnd();
  const asked = isLive && entries.some(({ kind }) => kind === "answer");
  const placed = [];
  for (const entry of entries) {
    if (entry.kind === "said") {
      sending.heard();
      conversation.addSaid(entry);
    } else {
      const { told, look } = conversation.addTold(entry);
      inView.add(entry.id, told);
      placed.push({ told: entry, place: look });
    }
  }
  showWelcome();
  if (isLive && placed.length === 0) conversation.reveal();
  const isChosen = panes.add(placed, asked);
  const ids = placed.map(({ told }) => told.id);
  const [first] = ids;
  const newest = placed.at(-1);
  if (first === undefined || !newest) return;
  composer.suggest(newest.told);
  if (asked || isFirst) {
    toReveal = newest.told.id;
    news.clear();
  } else if (!NARROW.matches) {
    if (isChosen) toReveal = newest.told.id;
    else news.add(ids);
  } else if (pushed === "nothing yet" || (wasAtEnd && isChosen)) {
    // Reminders can be long: they are read from the first on.
    toReveal ??= first;
    if (pushed) pushed = "reminders";
  } else if (pushed === undefined) news.add(ids);
}

listen({
  told: addEntries,
  clock: (state) => {
    clock.set(state);
    if (pushed) notices.announce(`It is now ${momentText(clock.now(), READERS_ZONE)}.`);
    pushed = undefined;
  },
  cleared: () => {
    if (!isForgetting && !conversation.isEmpty()) notices.lost();
    isForgetting = false;
    conversation.clear();
    composer.suggest(undefined);
    panes.clear();
    inView.clear();
    news.clear();
  },
  gone: (why) => notices.unheard(why),
  back: () => notices.unheard(undefined),
});

onTurned(() => {
  const id = wasNarrow ? inView.first(panes.current()) : panes.current();
  if (id === undefined) return;
  toReveal = id;
  panes.choose(id);
});

openMenu();
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
    loadExample();
  });
}
find("example", HTMLButtonElement).addEventListener("click", loadExample);

const sure = find("sure", HTMLDialogElement);
find("reset", HTMLButtonElement).addEventListener("click", () => sure.showModal());
find("keep", HTMLButtonElement).addEventListener("click", () => sure.close());
find("forget", HTMLButtonElement).addEventListener("click", () => {
  sure.close();
  forget();
});
