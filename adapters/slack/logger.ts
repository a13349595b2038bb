import type { webApi } from "@slack/bolt";
import { type Log, withoutSecrets } from "../../src/index.ts";

type BoltLogger = NonNullable<webApi.WebClientOptions["logger"]>;

/** A body that can't be read is quoted after this, and people have written it. */
const QUOTING = /((?:Malformed request body|Failed to parse the request body)):[\s\S]*/;

/** What Slack's libraries report goes to our log: warnings and errors, without anything secret. */
export function boltLogger(log: Log): BoltLogger {
  const told = (messages: unknown[]) => ({
    said: withoutSecrets(messages.map((one) => (one instanceof Error ? one.message : String(one))).join(" "))
      .text.replace(QUOTING, "$1")
      .slice(0, 500),
  });
  return {
    debug() {},
    info() {},
    warn: (...messages: unknown[]) => log.warn("Slack's library warns", told(messages)),
    error: (...messages: unknown[]) => log.error("Slack's library reports", told(messages)),
    setLevel() {},
    getLevel: () => "warn" as ReturnType<BoltLogger["getLevel"]>,
    setName() {},
  };
}
