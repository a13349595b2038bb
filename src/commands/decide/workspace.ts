import { DateTime } from "luxon";
import type { Decision } from "../../decision.ts";
import { isoOf } from "../../lifecycle/connector.ts";
import type { DamagedRecords } from "../../ports.ts";
import { commandHelpReply, helpReply } from "../../replies/help.ts";
import { unknownReply } from "../../replies/refusals.ts";
import {
  freezeAddedText,
  freezeProblemReply,
  freezeRefusedReply,
  freezeRemovedText,
  freezesReply,
  reminderTimesReply,
  remindRefusedReply,
  remindSetReply,
  settingsReply,
  unknownSettingReply,
  zoneProblemReply,
  zoneSetReply,
} from "../../replies/settings.ts";
import { momentText, type View } from "../../replies/times.ts";
import {
  exportAllReply,
  exportReply,
  type ForgetOutdated,
  forgetQuestion,
  forgottenReply,
} from "../../replies/workspace.ts";
import type { Reply } from "../../reply.ts";
import type { Freeze, ReminderTopic, Settings } from "../../settings.ts";
import type { Asked, DecideConnector } from "../asked.ts";
import { COMMAND_NAMES, type CommandName, commandOf, findCommand } from "../command.ts";
import { parse } from "../parse.ts";
import { readSetting } from "../settings-words.ts";
import { decideHours } from "./hours.ts";

export function decideExportAll(
  { readable, damaged }: Pick<DamagedRecords, "readable" | "damaged">,
  view: View,
): Decision {
  return { reply: exportAllReply(readable, damaged, view.settings, view) };
}

export const decideExport: DecideConnector = (_asked, connector, view) => ({
  reply: exportReply(connector, view),
});

/** `count`: how many are followed. */
export function decideForget(asked: Asked, count: number, view: View): Decision {
  const isSure = /^(?:everything|confirm|yes)$/i.test(asked.fields.words ?? "");
  const outdated = isSure ? whyOutdated(asked, count, view) : undefined;
  return isSure && !outdated
    ? { reply: forgottenReply(count), forget: true }
    : { reply: forgetQuestion(count, isoOf(view.now), outdated) };
}

const FORGET_HOURS = 1;

/** A button carries what it was asked for; who types the words means what there is. */
function whyOutdated({ fields }: Asked, followed: number, view: View): ForgetOutdated | undefined {
  const { count, asked } = fields;
  if (count === undefined && asked === undefined) return undefined;
  if (count !== String(followed)) return "count";
  const at = DateTime.fromISO(asked ?? "");
  return at.isValid && view.now <= at.plus({ hours: FORGET_HOURS }) ? undefined : "late";
}

export function decideSettings(asked: Asked, view: View): Decision {
  const { settings } = view;
  const wanted = readSetting(asked.fields, view);
  switch (wanted.kind) {
    case "show":
      return { reply: settingsReply(settings, view.zone) };
    case "zone": {
      const clock = momentText(view.now.setZone(wanted.zone), false);
      return {
        reply: zoneSetReply(wanted.zone, clock, settings.zone),
        settings: (current) => ({ ...current, zone: wanted.zone }),
      };
    }
    case "freezes":
      return { reply: freezesReply(settings.freezes) };
    case "add-freeze": {
      if (settings.freezes.length >= MAX_FREEZES)
        return { reply: freezeRefusedReply(wanted.typed, { from: "too-many" }) };
      const { from, to } = wanted.freeze;
      if (settings.freezes.some((one) => one.from === from && one.to === to))
        return { reply: freezeRefusedReply(wanted.typed, { from: "twice" }) };
      const add = (current: Settings) => withFreezes(current, [...current.freezes, wanted.freeze]);
      return { reply: freezesReply(add(settings).freezes, freezeAddedText(wanted.freeze)), settings: add };
    }
    case "remove-freeze": {
      const removed = settings.freezes[wanted.number - 1];
      if (!removed) return { reply: freezeProblemReply("number", wanted.given) };
      const isOther = (one: Freeze) =>
        one.from !== removed.from || one.to !== removed.to || one.why !== removed.why;
      const remove = (current: Settings) => withFreezes(current, current.freezes.filter(isOther));
      const { freezes } = remove(settings);
      return { reply: freezesReply(freezes, freezeRemovedText(removed), removed), settings: remove };
    }
    case "reminders":
      return { reply: reminderTimesReply(settings) };
    case "remind": {
      const set = (current: Settings) => withOffsets(current, wanted.topic, wanted.offsets);
      return { reply: remindSetReply(wanted.topic, set(settings), settings), settings: set };
    }
    case "bad-zone":
      return { reply: zoneProblemReply(wanted.given) };
    case "bad-freeze":
      return { reply: freezeRefusedReply(wanted.typed, wanted.problems) };
    case "no-freeze-word":
      return { reply: freezeProblemReply("words", wanted.given) };
    case "bad-remind":
      return { reply: remindRefusedReply(wanted.typed, wanted.topic) };
    case "hours":
      return decideHours(wanted.wanted, asked, view);
    case "unknown":
      return { reply: unknownSettingReply(wanted.given) };
  }
}

const MAX_FREEZES = 50;

function withFreezes(settings: Settings, freezes: readonly Freeze[]): Settings {
  return { ...settings, freezes: freezes.toSorted((a, b) => a.from.localeCompare(b.from)) };
}

function withOffsets(settings: Settings, topic: ReminderTopic, offsets: number[] | "default"): Settings {
  const { [topic]: _, ...others } = settings.remind;
  return { ...settings, remind: offsets === "default" ? others : { ...others, [topic]: offsets } };
}

export function help(asked: Asked, count: number): Reply {
  const wanted = asked.fields.words ?? "";
  if (wanted === "")
    return helpReply(
      COMMAND_NAMES.map((name) => ({ name, ...commandOf(name) })),
      count,
    );
  const name = findCommand(wanted) ?? findCommand(wanted.split(" ")[0] ?? "") ?? commandIn(wanted);
  return name ? commandHelpReply({ name, ...commandOf(name) }) : unknownReply(wanted);
}

/** "mute" and "quiet hours" are not in the table, and are understood all the same. */
function commandIn(text: string): CommandName | undefined {
  const parsed = parse(text);
  if (parsed.kind === "said" && parsed.command === "help") return findCommand(parsed.fields.words ?? "");
  return parsed.kind === "said" || parsed.kind === "named" ? parsed.command : undefined;
}
