/** Who is spoken to. */
const CALLED = "(?:there|all|team|everyone|everybody|folks|guys|bot|again|@?(?:connector )?shepherd)";
const GREETING = new RegExp(
  `^(?:hi+|hello|hey+|hiya|howdy|moin|dear|good (?:morning|afternoon|evening|day))(?:\\s+${CALLED})*\\s*(?:[,.!:–-]+\\s*|\\s+|$)`,
  "i",
);
const CALL = new RegExp(`^(?:@(?:connector )?shepherd|${CALLED}\\s*,)[\\s,:]*`, "i");
const ONLY_CALLED = new RegExp(`^${CALLED}\\W*$`, "i");
const PLEASE =
  /^(?:please|pls|plz|kindly|ok(?:ay)?,?|so,?|(?:just )?(?:a )?quick (?:question|one)\s*[:,–-]|question\s*:|sorry,?)\s+/i;
const HELP_ME = /^(?:(?:can|could) you )?help me (?:with|understand|to understand)\s+/i;
const THANKS_FIRST =
  /^(?:thanks?(?: you)?|thx|ty|cheers)(?:\s+(?:a lot|so much|very much|again))?\s*[,.!]+\s*/i;
const LAST =
  /[\s,.!–-]+(?:please|pls|plz|thanks?(?: you)?(?: (?:a lot|so much|very much|in advance))?|thx|tia|cheers)\s*[.!)?]*$/i;

const THANKS =
  /^(?:(?:many |ok |great |perfect |cool )?(?:thanks?|thank you|thx|ty|cheers|danke|merci|gracias|obrigad[oa])\b|much appreciated|appreciate it|great,? that helps|that helped|perfect|awesome|brilliant|you(?:'| a)re (?:great|the best))/i;
const BYE = /^(?:bye|goodbye|see you|see ya|cu|ciao|good night|have a (?:nice|good|great))(?![\p{L}\p{M}])/iu;
const MOST_WORDS = 7;

/** A question without greetings, our name, "please" and "thanks" around it; empty where nothing else was said. */
export function withoutCourtesy(text: string): string {
  let rest = text.trim();
  for (const pattern of [THANKS_FIRST, GREETING, CALL, PLEASE, PLEASE, HELP_ME, LAST])
    rest = rest.replace(pattern, "").trim();
  return ONLY_CALLED.test(rest) ? "" : rest;
}

/** What a message says that is nothing but kind. */
export function courtesyIn(text: string): "thanks" | "bye" | undefined {
  const said = text.trim();
  if (said.includes("?") || said.split(/\s+/).length > MOST_WORDS) return undefined;
  return THANKS.test(said) ? "thanks" : BYE.test(said) ? "bye" : undefined;
}
