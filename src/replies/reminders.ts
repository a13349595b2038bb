import { DateTime } from "luxon";
import type { Connector } from "../lifecycle/connector.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import { hoursOf, quietBecause } from "../scheduling/hours.ts";
import { isPending, type Planned, willBeSaid } from "../scheduling/plan.ts";
import { REMINDER_UNITS } from "../scheduling/reminder-offsets.ts";
import type { Reminder } from "../scheduling/reminders.ts";
import { REMINDER_TOPICS } from "../settings.ts";
import { about, buttons, plural, reply, sentence, text, undoButton } from "./parts.ts";
import { labelOf, matterText, untilText } from "./reminder.ts";
import { snoozedUntil } from "./silence.ts";
import { moment, shortDay, type View } from "./times.ts";

const SHOWN = 10;

/** What will be sent when, what was sent, what is silenced. */
export function remindersReply(connector: Connector, plan: readonly Planned[], view: View): Reply {
  const { silence } = connector;
  const until = snoozedUntil(connector, view);
  const ahead = plan.filter(willBeSaid).toSorted((a, b) => momentOf(a).toMillis() - momentOf(b).toMillis());
  const silent = plan.filter((planned) => planned.state.kind !== "told" && !willBeSaid(planned));
  const next = ahead[0];
  const headline = silence.mutedAt
    ? sentence`Reminders for ${connector.name} are muted; ${plural(silent.length, "reminder")} will not be sent.`
    : next
      ? sentence`Next reminder for ${connector.name}: ${untilText(momentOf(next), view)}.`
      : sentence`No reminder is planned for ${connector.name}.`;
  return reply(
    headline,
    list("Ahead", ahead, (planned) => [
      moment(momentOf(planned), view),
      ` · ${labelOf(planned.reminder.telling)}`,
      ...(planned.state.kind === "snoozed" ? [" (snoozed)"] : movedText(connector, planned.reminder, view)),
    ]),
    sentList(connector, view),
    until && text("Quiet until ", moment(until, view), "."),
    list("Silenced", silent, ({ reminder, state }) => [
      moment(reminder.dueAt, view),
      ` · ${labelOf(reminder.telling)} (${isPending(state) ? "put off until it is past" : state.kind})`,
    ]),
    connector.setting === "shared"
      ? text(`They come to the channel in which it is registered and name ${connector.owner.name}.`)
      : text("They come to the chat in which it is registered."),
    ahead.some(({ reminder }) => reminder.topic === "waves")
      ? text("The days of the waves follow from the page's daily order.")
      : undefined,
    buttons(
      about(connector, "status", "Status"),
      silence.mutedAt
        ? about(connector, "reminders", "Unmute", { do: "unmute" }, "unmute")
        : about(connector, "reminders", "Mute", { do: "mute" }, "mute"),
      silence.mutedAt
        ? undefined
        : about(connector, "reminders", "Snooze 1 day", { do: "snooze", for: "1d" }, "snooze 1d"),
    ),
  );
}

/** Why a reminder does not come when its offset says: "Mon 03:00 is in Ana's quiet hours". */
function movedText(connector: Connector, { nominalAt, dueAt }: Reminder, view: View): string[] {
  const hours = hoursOf(connector, view.settings);
  if (!hours || dueAt.equals(nominalAt)) return [];
  const at = nominalAt.setZone(hours.zone).setLocale("en-US");
  const where = hours.zone.name === view.zone ? "" : ` in ${hours.zone.name}`;
  return quietBecause(at, hours) === "day"
    ? [` (${shortDay(at.toISODate() ?? "")}${where} is no working day)`]
    : [` (${at.toFormat("ccc HH:mm")}${where} is in ${whose(connector.owner)} quiet hours)`];
}

/** In a chat with nobody else, people are called "you". */
function whose({ name }: Connector["owner"]): string {
  return name === "you" ? "your" : `${name}'s`;
}

export function remindersHereReply(connector: Connector, since: "already" | "from now on"): Reply {
  const { setting, silence, owner, name } = connector;
  const here = setting === "shared" ? `this channel ${since} and name ${owner.name}` : `this chat ${since}`;
  return reply(
    `Reminders for ${name} come to ${here}${silence.mutedAt ? ", but they are muted just now: nothing is sent." : "."}`,
    silence.mutedAt
      ? text("To hear of it again, type ", { bold: `reminders ${name} unmute` }, ".")
      : undefined,
    buttons(
      silence.mutedAt ? about(connector, "reminders", "Unmute", { do: "unmute" }, "unmute") : undefined,
      about(connector, "reminders", "Reminders"),
      about(connector, "status", "Status"),
    ),
  );
}

/** What was sent, the latest first; what it was about is over, so its id has to tell. */
function sentList(connector: Connector, view: View): Block | undefined {
  const sent = Object.entries(connector.told)
    .filter(([, { how }]) => how === "sent")
    .toSorted(([, a], [, b]) => Date.parse(b.at) - Date.parse(a.at));
  if (sent.length === 0) return undefined;
  const items = sent
    .slice(0, SHOWN)
    .map(([id, { at }]): Spans => [moment(DateTime.fromISO(at), view), ` · ${labelOfId(id)}`]);
  if (sent.length > SHOWN) items.push([`… and ${sent.length - SHOWN} more`]);
  return { kind: "list", heading: "Sent", items };
}

/** "report:24@…" as "report, 24 hours after submission". */
export function labelOfId(id: string): string {
  const [, topic = "", offset = "", wave] = /^([a-z-]+):(\d+)@(?:(\d)\/)?/.exec(id) ?? [];
  if (wave) return `wave ${wave} of 6`;
  const known = REMINDER_TOPICS.find((one) => one === topic);
  return known ? `${known}, ${offset} ${REMINDER_UNITS[known].unit}` : id;
}

function momentOf({ reminder, state }: Planned): DateTime {
  return state.kind === "ahead" || state.kind === "snoozed" ? state.at : reminder.dueAt;
}

function list(heading: string, all: readonly Planned[], item: (planned: Planned) => Spans) {
  if (all.length === 0) return undefined;
  const items = all.slice(0, SHOWN).map(item);
  if (all.length > SHOWN) items.push([`… and ${all.length - SHOWN} more`]);
  return { kind: "list" as const, heading, items };
}

export function mutedReply(connector: Connector): Reply {
  return reply(
    `Reminders for ${connector.name} are muted: nothing is sent until you unmute.`,
    buttons(about(connector, "reminders", "Unmute", { do: "unmute" }, "unmute")),
  );
}

export function unmutedReply(connector: Connector, next: DateTime | undefined, view: View): Reply {
  return reply(
    next
      ? sentence`Reminders for ${connector.name} are on again; the next comes ${untilText(next, view)}.`
      : `Reminders for ${connector.name} are on again; none is planned.`,
    text("What fell due meanwhile is not sent any more."),
    buttons(about(connector, "reminders", "Reminders")),
  );
}

/** @param missed what will be useless by then, and so will not be sent */
export function snoozedReply(
  connector: Connector,
  until: DateTime,
  missed: readonly Planned[],
  view: View,
): Reply {
  return reply(
    sentence`Reminders for ${connector.name} are quiet until ${untilText(until, view)}${connector.silence.mutedAt ? "; they are muted as well, and stay so after that" : ""}.`,
    connector.silence.mutedAt
      ? text("To hear of it again, type ", { bold: `reminders ${connector.name} unmute` }, ".")
      : undefined,
    missed.length > 0
      ? {
          kind: "list",
          heading: "Not sent at all, because it will be past by then",
          items: missed.map(({ reminder }) => [labelOf(reminder.telling)]),
        }
      : undefined,
    buttons(
      about(connector, "reminders", "Unsnooze", { do: "unmute" }, "unmute"),
      about(connector, "reminders", "Reminders"),
    ),
  );
}

/** One reminder that will come again. */
export function againReply(connector: Connector, { telling }: Reminder, at: DateTime, view: View): Reply {
  return reply(
    sentence`${connector.name}: the reminder about ${matterText(telling)} comes again ${untilText(at, view)}.`,
    buttons(about(connector, "status", "Status"), undoButton(connector)),
  );
}

/** A snooze of what somebody wants to hear no more of. */
export function acknowledgedMeanwhileReply(connector: Connector, { telling }: Reminder): Reply {
  return reply(
    `${connector.name}: somebody said “Got it” about ${matterText(telling)} meanwhile; nothing was snoozed.`,
    buttons(about(connector, "reminders", "Reminders"), about(connector, "status", "Status")),
  );
}

export function tooLateToSnoozeReply(connector: Connector, uselessAt: DateTime, view: View): Reply {
  return reply(
    sentence`Not snoozed: it would come after ${untilText(uselessAt, view)}, when it is of no use to ${connector.name} any more.`,
    buttons(
      about(connector, "reminders", "Snooze 1 h", { do: "snooze", for: "1h" }, "snooze 1h"),
      about(connector, "status", "Status"),
    ),
  );
}

export function acknowledgedReply(connector: Connector, { telling }: Reminder, left: number): Reply {
  return reply(
    `Noted for ${connector.name}: no more reminders about ${matterText(telling)}${left > 0 ? `; ${plural(left, "other is", "others are")} still planned` : ""}.`,
    buttons(
      about(connector, "status", "Status"),
      about(connector, "reminders", "Reminders"),
      undoButton(connector),
    ),
  );
}

export function nothingToAcknowledgeReply(connector: Connector): Reply {
  return reply(
    `No reminder of ${connector.name} waits to be acknowledged.`,
    buttons(about(connector, "reminders", "Reminders"), about(connector, "status", "Status")),
  );
}

/** The button belongs to a reminder of something that is over. */
export function pastReminderReply(connector: Connector): Reply {
  return reply(
    `That reminder of ${connector.name} is about something that is over; nothing was changed.`,
    buttons(about(connector, "status", "Status"), about(connector, "reminders", "Reminders")),
  );
}

export function howLongReply(connector: Connector, given: string): Reply {
  return reply(
    given
      ? `“${given}” is no length of time I understand; nothing was snoozed.`
      : `For how long should ${connector.name} be quiet? Nothing was snoozed yet.`,
    text("Type ", { bold: `reminders ${connector.name} snooze 4h` }, ", or 3d, or until monday."),
    buttons(
      about(connector, "reminders", "4 hours", { do: "snooze", for: "4h" }, "snooze 4h"),
      about(connector, "reminders", "1 day", { do: "snooze", for: "1d" }, "snooze 1d"),
    ),
  );
}
