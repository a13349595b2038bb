import { find } from "./dom.ts";
import { stayAtEnd } from "./scrolling.ts";
import { GONE } from "./wire.ts";

const LOST = "The playground was started again or over; what was shown is gone.";
const ANNOUNCED_MS = 8000;

export interface Notices {
  /** Something is asked for: what was told about the last is told no more. */
  begin(): void;
  /** Why the last thing asked for was not done; undefined: it was. */
  refused(why: string | undefined): void;
  /** Why nothing is heard; undefined: it is. */
  unheard(why: string | undefined): void;
  /** What was shown is gone, and not because this page asked for it. */
  lost(): void;
  /** For who does not see it. */
  announce(sentence: string): void;
}

/** What the page itself has to say, besides the conversation. */
export function openNotices(): Notices {
  const problem = find("problem", HTMLElement);
  const notice = find("notice", HTMLElement);
  const status = find("status", HTMLElement);
  let why: string | undefined;
  let whyUnheard: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function showProblem(): void {
    show(problem, whyUnheard ?? why ?? "");
  }

  function announce(sentence: string): void {
    clearTimeout(timer);
    status.textContent = sentence;
    timer = setTimeout(() => status.replaceChildren(), ANNOUNCED_MS);
  }

  function refused(sentence: string | undefined): void {
    why = sentence;
    showProblem();
  }

  return {
    begin: () => {
      announce("");
      show(notice, "");
      refused(undefined);
    },
    refused,
    unheard: (sentence) => {
      whyUnheard = sentence;
      if (!sentence && why === GONE) why = undefined;
      showProblem();
    },
    lost: () => show(notice, LOST),
    announce,
  };
}

function show(box: HTMLElement, sentence: string): void {
  stayAtEnd(() => {
    box.hidden = sentence === "";
    // Set anew, it would be read out anew.
    if (box.textContent !== sentence) box.textContent = sentence;
  });
}
