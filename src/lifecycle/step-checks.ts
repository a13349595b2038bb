import { DateTime } from "luxon";
import type { Asks } from "./step-table.ts";

/** What a check found. `kept` may be stored and shown; `warning` is told beside it. */
export type Checked =
  | { kept: string; expiresAt?: DateTime; warning?: StepWarning }
  | { problem: StepProblem; given?: string };

export type StepProblem =
  | "empty"
  | "not-https"
  | "no-signature"
  | "no-expiry"
  | "sas-expired"
  | "sas-expires-soon"
  | "oauth-yes-or-no"
  | "too-many-categories"
  | "bad-hidekey"
  | "too-long";
export type StepWarning = "sas-under-15-days" | "name-without-connector";

const MAX_LENGTH = 500;
const SAS_LEAST_DAYS = 4;
/** Publishers' reports: a link with less than 15 days left has been turned down. */
const SAS_ADVISED_DAYS = 15;
const MAX_CATEGORIES = 3;
const NOT_USED = /^(?:no|none|n\/a|skip|not used|-)$/i;

/**
 * Checks what a person gives for a step. Rules: certification page; SAS days: settled (docs/decisions.md).
 *
 * @param given the text, with secrets already taken out (src/secrets.ts): only the mark of a signature is left
 */
export function checkStep(asks: Asks, given: string, connectorName: string, now: DateTime): Checked {
  const text = given.trim();
  if (text === "") return { problem: "empty" };
  if (text.length > MAX_LENGTH && asks !== "sas-uri") return { problem: "too-long" };
  switch (asks) {
    case "offer-name":
      return text.toLowerCase().includes(connectorName.toLowerCase())
        ? { kept: text }
        : { kept: text, warning: "name-without-connector" };
    case "sas-uri":
      return checkSasUri(text, now);
    case "oauth":
      if (/^(?:yes|y|true)$/i.test(text)) return { kept: "contains OAuth settings" };
      if (/^(?:no|n|none|false)$/i.test(text)) return { kept: "no OAuth settings" };
      return { problem: "oauth-yes-or-no" };
    case "categories": {
      const given = text.split(/[,;]/).flatMap((part) => part.trim() || []);
      const categories = [...new Map(given.map((one) => [one.toLowerCase(), one])).values()];
      if (categories.length === 0) return { problem: "empty" };
      if (categories.length > MAX_CATEGORIES)
        return { problem: "too-many-categories", given: String(categories.length) };
      return { kept: categories.join(", ") };
    }
    case "eula":
      if (/^(?:the )?standard(?: contract)?$/i.test(text)) return { kept: "Standard Contract" };
      return checkUrl(text);
    case "https-url":
      return checkUrl(text);
    case "hidekey":
      if (NOT_USED.test(text)) return { kept: "not used" };
      return /^[a-z0-9]+$/.test(text)
        ? { kept: "chosen (its value is not kept here)" }
        : { problem: "bad-hidekey", given: text };
    case "audience":
      return { kept: NOT_USED.test(text) ? "not used" : text };
  }
}

function checkUrl(text: string): Checked {
  const url = parseHttps(text);
  return url ? { kept: url.href } : { problem: "not-https", given: text };
}

function checkSasUri(text: string, now: DateTime): Checked {
  const url = parseHttps(text);
  if (!url) return { problem: "not-https" };
  if (!url.searchParams.has("sig")) return { problem: "no-signature" };
  const expiresAt = DateTime.fromISO(url.searchParams.get("se") ?? "", { zone: "utc" });
  if (!expiresAt.isValid) return { problem: "no-expiry" };
  const daysLeft = expiresAt.diff(now, "days").days;
  const given = expiresAt.toISO();
  if (daysLeft <= 0) return { problem: "sas-expired", given };
  if (daysLeft < SAS_LEAST_DAYS) return { problem: "sas-expires-soon", given };
  // Host and path only: the other parameters are of no use here, and one of them is the secret.
  const kept = `https://${url.host}${url.pathname}`;
  return daysLeft < SAS_ADVISED_DAYS
    ? { kept, expiresAt, warning: "sas-under-15-days" }
    : { kept, expiresAt };
}

function parseHttps(text: string): URL | undefined {
  const url = URL.parse(text);
  const isPlain =
    url?.protocol === "https:" && url.username === "" && url.password === "" && url.host.includes(".");
  return isPlain ? url : undefined;
}
