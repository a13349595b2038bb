import type { DateTime } from "luxon";
import type { Decision } from "../../decision.ts";
import { type Connector, isoOf } from "../../lifecycle/connector.ts";
import { refusedNote } from "../../replies/failed.ts";
import { elsewhereText, placeText } from "../../replies/following.ts";
import { withMore } from "../../replies/parts.ts";
import {
  acknowledgedMeanwhileReply,
  acknowledgedReply,
  againReply,
  howLongReply,
  mutedReply,
  nothingToAcknowledgeReply,
  pastReminderReply,
  remindersHereReply,
  remindersReply,
  snoozedReply,
  tooLateToSnoozeReply,
  unmutedReply,
} from "../../replies/reminders.ts";
import type { View } from "../../replies/times.ts";
import { isPending, type Planned, planOf, willBeSaid } from "../../scheduling/plan.ts";
import { readDuration, readWhen } from "../../scheduling/when.ts";
import type { Asked, DecideConnector } from "../asked.ts";
import { changed } from "../changed.ts";
import { followerAt, followersWithout } from "./following.ts";

export const decideReminders: DecideConnector = (asked, connector, view) => {
  const plan = planOf(connector, view.settings, view.now);
  const pressed = asked.fields.reminder;
  if (pressed && !plan.some(({ reminder }) => reminder.id === pressed))
    return { reply: pastReminderReply(connector) };
  switch (asked.fields.do) {
    case "mute": {
      const silence = { ...connector.silence, mutedAt: isoOf(view.now) };
      const next = changed(connector, { silence }, "reminders mute", asked.from, view.now);
      return { reply: mutedReply(next), next };
    }
    case "unmute":
      return unmute(asked, connector, view);
    case "snooze":
      return snooze(asked, connector, plan, view);
    case "acknowledge":
      return acknowledge(asked, connector, plan, view);
    case "here": {
      const { where, setting, from } = asked;
      if (where === connector.where) return { reply: remindersHereReply(connector, "already") };
      const follower = followerAt(connector, where);
      const followers = follower && followersWithout(connector, follower);
      const parts = { where, setting, ...(follower && { followers }) };
      const moved = changed(connector, parts, `reminders here in ${placeText(setting)}`, from, view.now);
      // What it was told as a follower it is not told again.
      const next = { ...moved, told: { ...follower?.told, ...connector.told } };
      return { reply: remindersHereReply(next, "from now on"), next };
    }
    default:
      return {
        reply: withMore(
          remindersReply(connector, plan, view),
          elsewhereText(connector),
          refusedNote(connector, view),
        ),
      };
  }
};

/** What fell due while nothing was said is ticked off as passed when the record is planned anew. */
function unmute(asked: Asked, connector: Connector, view: View): Decision {
  const { mutedAt: _muted, snoozedUntil: _until, ...rest } = connector.silence;
  const silence = { ...rest, snoozed: {} };
  const next = changed(connector, { silence }, "reminders unmute", asked.from, view.now);
  const first = ahead(planOf(next, view.settings, view.now)).find((at) => at > view.now);
  return { reply: unmutedReply(next, first, view), next };
}

function snooze(asked: Asked, connector: Connector, plan: readonly Planned[], view: View): Decision {
  const given = asked.fields.for ?? "";
  const until = readUntil(given, view);
  if (!until) return { reply: howLongReply(connector, given) };
  const one = plan.find(({ reminder }) => reminder.id === asked.fields.reminder);
  if (one) {
    // What was told stays told in the plan; that its matter was acknowledged stands in the record.
    if (connector.silence.acknowledged[one.reminder.matter]) {
      return { reply: acknowledgedMeanwhileReply(connector, one.reminder) };
    }
    if (one.reminder.uselessAt <= until) {
      return { reply: tooLateToSnoozeReply(connector, one.reminder.uselessAt, view) };
    }
    const snoozed = { ...connector.silence.snoozed, [one.reminder.id]: isoOf(until) };
    const silence = { ...connector.silence, snoozed };
    const next = changed(connector, { silence }, `reminders snooze ${given}`, asked.from, view.now);
    return { reply: againReply(next, one.reminder, until, view), next };
  }
  const silence = { ...connector.silence, snoozedUntil: isoOf(until) };
  const next = changed(connector, { silence }, `reminders snooze ${given}`, asked.from, view.now);
  const missed = planOf(next, view.settings, view.now).filter(
    (planned) => isPending(planned.state) && !willBeSaid(planned),
  );
  return { reply: snoozedReply(next, until, missed, view), next };
}

/** "4h", "until monday". */
function readUntil(given: string, view: View): DateTime | undefined {
  const length = readDuration(given);
  if (length !== undefined) return view.now.plus(length);
  const read = readWhen(given.replace(/^(?:until|till)\s+/i, ""), view.now, view.zone, "future");
  return "refused" in read || read.at <= view.now ? undefined : read.at;
}

function acknowledge(asked: Asked, connector: Connector, plan: readonly Planned[], view: View): Decision {
  const told = plan.filter(({ state }) => state.kind === "told" && state.how === "sent");
  const one = plan.find(({ reminder }) => reminder.id === asked.fields.reminder) ?? told.at(-1);
  if (!one) return { reply: nothingToAcknowledgeReply(connector) };
  const acknowledged = { ...connector.silence.acknowledged, [one.reminder.matter]: isoOf(view.now) };
  const silence = { ...connector.silence, acknowledged };
  const next = changed(connector, { silence }, "reminders acknowledge", asked.from, view.now);
  const left = ahead(planOf(next, view.settings, view.now)).length;
  return { reply: acknowledgedReply(next, one.reminder, left), next };
}

function ahead(plan: readonly Planned[]): DateTime[] {
  return plan
    .filter(willBeSaid)
    .flatMap(({ state }) => (isPending(state) ? [state.at] : []))
    .toSorted((a, b) => a.toMillis() - b.toMillis());
}
