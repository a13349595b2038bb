import { readDays, readDigest, readQuiet } from "./settings-hours.ts";

/** What can be said instead of words that are no command: it is taken for it, or only offered. */
export interface Instead {
  does: "says" | "offers";
  text: string;
}

/** What is meant by words that are no command, where they are about this program rather than about Microsoft's pages. */
export function saidInstead(text: string, isAsked: boolean): Instead | undefined {
  const setting = isAsked ? undefined : settingIn(text);
  if (setting) return { does: "says", text: setting };
  const silencing = isAsked ? undefined : silencingIn(text);
  if (silencing) return { does: "offers", text: silencing };
  const rows = [...OURS, ...(HOW_TO.test(text) ? HELPS : []), AT_LAST];
  const said = rows.find(([pattern]) => pattern.test(text))?.[1];
  return said ? { does: "says", text: said } : undefined;
}

const SETTING =
  /^(?:(?:change|make|put) )?(?:(?:the|our|my) )?(quiet|digest|days)\b(?: hours?)?(?: to)? (.+)$/i;

/** "quiet hours 22-7": a setting without that word, where the rest can be read as one. */
function settingIn(text: string): string | undefined {
  const bare = text.replace(/\bwork(?:ing)? ?days\b/i, "days").replace(/\bweekly digest\b/i, "digest");
  const [, what = "", rest = ""] = SETTING.exec(bare) ?? [];
  const read = { quiet: readQuiet, days: readDays, digest: readDigest }[what.toLowerCase()];
  const isRead = read && ["quiet", "days", "digest", "no-digest"].includes(read(rest).kind);
  return isRead ? `settings ${what} ${rest}` : undefined;
}

const THEM = "(?:(?:all|the|any|my|our) )*(?:reminders?|notifications?|alerts?)";
const ABOUT = "(?: (?:(?:for|of|about|on|from) )?(.+?))?[.!]*$";
const STOP = "(?:stop|turn off|switch off|disable|cancel|end|silence|pause|no more)(?: sending)?(?: me)?";
const START = "(?:start|turn on|switch on|enable|resume)(?: sending)?(?: me)?";
const SILENCING: readonly [RegExp, string][] = [
  [new RegExp(`^(?:${STOP} ${THEM}|(?:turn |switch )?${THEM} off)${ABOUT}`, "i"), "mute"],
  [new RegExp(`^(?:${START} ${THEM}|(?:turn |switch )?${THEM} on)${ABOUT}`, "i"), "unmute"],
];

/** "stop the reminders for contoso". */
function silencingIn(text: string): string | undefined {
  for (const [pattern, does] of SILENCING) {
    const [isSaid, name] = pattern.exec(text) ?? [];
    if (isSaid !== undefined) return ["reminders", name, does].filter(Boolean).join(" ");
  }
  return undefined;
}

const DAYS_SAID = "(?:week-?ends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)";

/** The first row that fits. */
const OURS: readonly [RegExp, string][] = [
  [/\bquiet hours?\b/i, "settings quiet"],
  [/\bremind\w*\b.*\b(?:nights?|evenings?|mornings?)\b/i, "settings quiet"],
  [/\bremind\w*\b.*\bweekends?\b/i, "settings days"],
  [
    new RegExp(
      `^(?=.*(?:\\b(?:no|not|never|stop|why)\\b|n['’]?t\\b)).*\\bremind\\w*\\b.*\\b${DAYS_SAID}\\b`,
      "i",
    ),
    "settings days",
  ],
  [/\bweekly (?:digest|summary|overview)\b|\b(?:an?|any|no|our|the) digests?\b/i, "settings digest"],
  [/^why\b.*\bno reminders?\b|\bno reminders? (?:came|arrived)\b|\bgot no reminders?\b/i, "reminders failed"],
  [/(?:\bnot|n['’]?t|\bnever)(?: I| we)? (?:get|got|receive)(?: \w+)? reminders?\b/i, "reminders failed"],
  [/n['’]?t (?:the|my|our|any|a) reminders? (?:come|arrive)\b/i, "reminders failed"],
  [
    /\breminders?\b.*(?:\bfail(?:ed|s)?|\bmissing|\bmissed|\blost|\bdelivered|(?:\bnot|n['’]?t|\bnever) (?:c[oa]me|arrived?))\b/i,
    "reminders failed",
  ],
  [/\b(?:failed|missed|missing|lost|undelivered) reminders?\b/i, "reminders failed"],
  [/^what (?:does this (?:channel|chat) (?:follow|hear)|comes here)\b/i, "following"],
  [/^(?:what|which(?: connectors?)?) (?:am i|are we|do i|do we) follow(?:ing)?(?: here)?\W*$/i, "following"],
  [/^(?:what|which|is|are)\b.*\b(?:muted|snoozed|silenced)\b/i, "list"],
  [/^who (?:follows(?! up\b)|is following|hears (?:of|about))\b/i, "help reminders"],
  [/^(?:when|how (?:long|often|early|many))\b.*\breminders?\b/i, "settings remind"],
];
/** Microsoft's pages tell nothing of reminders. */
const AT_LAST: readonly [RegExp, string] = [
  /\breminders?\b|\bstop reminding\b|(?:\bnot|n['’]?t) remind\b/i,
  "help reminders",
];

/** Where it is asked how something is done, the help for a command tells. */
const HOW_TO =
  /^(?:how (?:do|can|to)|can (?:i|we|(?:this|another) (?:channel|chat))|where (?:do|can) (?:i|we))\b/i;
const HELPS: readonly [RegExp, string][] = [
  [/^(?=.*\bremind).*\b(?:another|other|two|both|several|more) (?:channel|chat)s?\b/i, "help follow"],
  [/\bwork(?:ing)? ?days\b/i, "settings days"],
  [/\b(?:mute|snooze|unmute|remind(?:er)?s?)\b/i, "help reminders"],
  [/\b(?:freezes?|time ?zone)\b/i, "help settings"],
  [/\bexport\b/i, "help export"],
  [/\bunfollow\b|\bstop following\b.*\b(?:here|channel|chat)\b/i, "help unfollow"],
  [/^(?=.*\bfollow\b).*\b(?:here|channels?|chats?)\b/i, "help follow"],
  [/\b(?:track|follow) (?:a|my|our|another|one) connector\b/i, "help track"],
  [/\bstop following\b/i, "help untrack"],
];
