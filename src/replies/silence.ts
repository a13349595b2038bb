import { DateTime } from "luxon";
import type { Connector } from "../lifecycle/connector.ts";
import type { Spans } from "../reply.ts";
import { sentence } from "./parts.ts";
import { moment, type View } from "./times.ts";

type Silenced = Pick<Connector, "silence">;

/** Until when all reminders of a connector are put off; undefined: they are not. */
export function snoozedUntil({ silence }: Silenced, view: View): DateTime | undefined {
  const until = silence.snoozedUntil && DateTime.fromISO(silence.snoozedUntil);
  return until && until > view.now ? until : undefined;
}

/** " (muted)" behind a name; nothing where its reminders come. */
export function silenceMark(connector: Silenced, view: View): string {
  if (connector.silence.mutedAt) return " (muted)";
  return snoozedUntil(connector, view) ? " (snoozed)" : "";
}

/** "muted", or until when; undefined: its reminders come. */
export function silenceText(connector: Silenced, view: View): Spans | undefined {
  if (connector.silence.mutedAt) return ["muted"];
  const until = snoozedUntil(connector, view);
  return until && sentence`snoozed until ${moment(until, view)}`;
}
