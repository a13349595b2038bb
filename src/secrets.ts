/** What kinds of secrets people paste into a chat about connectors. */
export type SecretKind =
  | "sas"
  | "slack-token"
  | "client-secret"
  | "account-key"
  | "jwt"
  | "private-key"
  | "github-token"
  | "password";

const MARKER = "[secret removed]";
/** In place of a signature, so that the link stays a link and still shows that it was signed. */
const REMOVED = "REMOVED";
/** Taking one secret out of a hostile text can lay another bare. */
const MOST_PASSES = 4;

/**
 * A character of base64, as it is or URL-encoded once or more. What ends a value when it is encoded is not one: `&`, a
 * space, a quote, `,`, `;`, `<`, `>`, `|` and a line's end.
 */
const BASE64 = `(?:[\\w+/=~-]|%(?!(?:25)*(?:2[0267c]|3[bce]|7c|0[ad])))`;
const EQUALS = `["']?\\s{0,2}(?:=|%(?:25)*3d)\\s{0,2}["']?`;
const COLON = `["']?\\s{0,2}:\\s{0,2}["']?`;
/** Not the end of "design", but the start of a parameter, even after an encoded `&` or `?`. */
const SIG = "(?:(?<![a-z\\d])|(?<=26|3f))sig";
const GUID = "[\\da-f]{8}-(?:[\\da-f]{4}-){3}[\\da-f]{12}(?![\\w-])";

interface Rule {
  kind: SecretKind;
  /** Every pattern is linear: what can repeat is one class, and what may fail after it is bounded. */
  pattern: RegExp;
  /** What stands for the match, given its first group too; the match itself where it is no secret. Without it: the marker. */
  replace?: (match: string, before: string) => string;
}

/** In this order: a rule sees what those before it have left. */
const RULES: readonly Rule[] = [
  {
    // Without its end, a key pasted in part, everything after it goes.
    kind: "private-key",
    pattern:
      /[-–—]{2,10}BEGIN [A-Z\d ]{0,30}PRIVATE KEY[\s\S]*?(?:[-–—]{2,10}END [A-Z\d ]{0,40}[-–—]{2,10}|$)/g,
  },
  {
    // A link decoded by hand has spaces where its base64 had `+`: then only the length of 44 tells where it ends.
    kind: "sas",
    pattern: new RegExp(
      `(${SIG}${EQUALS})(?!${REMOVED}(?!${BASE64}))([a-z\\d+/ ]{43}=(?!${BASE64})|${BASE64}{7,})`,
      "gi",
    ),
    replace: (_, before) => before + REMOVED,
  },
  {
    kind: "sas",
    pattern: new RegExp(`(${SIG}${COLON})(${BASE64}{32,})`, "gi"),
    replace: (_, before) => before + REMOVED,
  },
  {
    kind: "account-key",
    pattern: new RegExp(`((?:account|access)[_ -]?key(?:${EQUALS}|${COLON}))(${BASE64}{20,})`, "gi"),
    replace: (_, before) => before + MARKER,
  },
  { kind: "github-token", pattern: /(?<![a-z\d])(?:gh[pousr]|github_pat)_[\w-]{16,}(?:\.[\w-]{8,}){0,2}/gi },
  { kind: "slack-token", pattern: /(?:xox[a-z](?:\.xox[a-z])?|(?<![a-z\d])xapp-\d{1,2})-[\w%+/=.-]{8,}/gi },
  { kind: "jwt", pattern: /[\w.=-]{20,}/g, replace: replaceToken },
  { kind: "client-secret", pattern: /(?:[\w~.-]|%7[Ee]){3}\dQ(?:~|%7[Ee])(?:[\w~.-]|%7[Ee]){31,}/g },
  {
    // Any long value with a digit and a letter that is called a secret; a secret's id is a GUID and none.
    kind: "client-secret",
    pattern: new RegExp(
      `((?:secret|app_?password)(?:[_ -]?(?:value|key|text))?[\\s"'\`*_]{0,4}(?:=>?|:=?|\\bis\\b|%3d)[\\s"'\`*_]{0,4})(?!https?:|\\[secret removed|${GUID})(?=[^\\s"'&,;<>|]{0,63}\\d)(?=[^\\s"'&,;<>|]{0,63}[a-z])([^\\s"'\`&,;<>|]{16,})`,
      "gi",
    ),
    replace: (_, before) => before + MARKER,
  },
  {
    kind: "password",
    pattern: /(\bBearer\s{1,3})(?=[\w.~+/=-]{0,63}\d)[\w.~+/=-]{16,}/gi,
    replace: (_, before) => before + MARKER,
  },
  {
    kind: "password",
    pattern: /(\b(?:password|passwd|pwd|passphrase)\s{0,2}[:=]\s{0,2})(?=[^\s,;]{0,63}\d)[^\s,;]{6,}/gi,
    replace: (_, before) => before + MARKER,
  },
  {
    // In a link's query, and before its host.
    kind: "password",
    pattern: /([?&](?:access_?token|token|api[-_]?key|password|pwd)=)(?!REMOVED(?![^&\s#]))[^&\s#]{6,}/gi,
    replace: (_, before) => before + REMOVED,
  },
  {
    kind: "password",
    pattern: /(https?:\/\/[^\s/:@]{1,100}:)(?!REMOVED@)[^\s/@]{1,200}(?=@)/gi,
    replace: (_, before) => before + REMOVED,
  },
];

/**
 * Replaces every secret in a text, so that the text may be stored, logged and shown. A SAS link keeps its host, path,
 * expiry and every other parameter, with `sig=REMOVED`; other secrets become `[secret removed]`.
 *
 * Made for what people paste into chats, and for text of a chat's length: a secret that
 * is broken over lines is found only where its kind has a known length or end. Doing it again changes nothing and finds
 * nothing.
 *
 * @returns the text that is safe, and the kinds that were in it, each once
 */
export function withoutSecrets(text: string): { text: string; found: SecretKind[] } {
  const found = new Set<SecretKind>();
  let safe = text;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    const before = safe;
    safe = RULES.reduce((rest, rule) => applyRule(rest, rule, found), before);
    if (safe === before) break;
  }
  return { text: safe, found: [...found] };
}

function applyRule(text: string, { kind, pattern, replace }: Rule, found: Set<SecretKind>): string {
  return text.replace(pattern, (match: string, before: string) => {
    const replacement = replace ? replace(match, before) : MARKER;
    if (replacement !== match) found.add(kind);
    return replacement;
  });
}

/**
 * A JWT in a run of dotted words: from the first part that holds `eyJ` (base64 of `{"`), when the next does too or when
 * five parts make it an encrypted one. Whole runs are matched because the runs of a hostile text are long.
 */
function replaceToken(run: string): string {
  const parts = run.split(".");
  const first = parts.findIndex((part) => /eyJ[\w-]{7}/.test(part));
  if (first < 0 || !(/^eyJ[\w-]{7}/.test(parts[first + 1] ?? "") || parts.length - first >= 5)) return run;
  const start = parts.slice(0, first).reduce((length, part) => length + part.length + 1, 0);
  return run.slice(0, run.indexOf("eyJ", start)) + MARKER;
}
