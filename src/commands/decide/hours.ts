import type { Decision } from "../../decision.ts";
import { samePlace } from "../../incoming.ts";
import {
  daysRefusedReply,
  daysReply,
  digestRefusedReply,
  digestTimeReply,
  quietRefusedReply,
  quietReply,
} from "../../replies/settings-hours.ts";
import type { View } from "../../replies/times.ts";
import { nextDigest } from "../../scheduling/digest.ts";
import type { DigestTime, Settings } from "../../settings.ts";
import type { Asked } from "../asked.ts";
import type { HoursAsked } from "../settings-hours.ts";

/** Decides when people of a workspace hear something: quiet hours, working days, the weekly digest. */
export function decideHours(wanted: HoursAsked, asked: Asked, view: View): Decision {
  const { settings } = view;
  switch (wanted.kind) {
    case "show-quiet":
      return { reply: quietReply(settings) };
    case "quiet": {
      const set = (current: Settings) => withQuiet(current, wanted.quiet);
      return { reply: quietReply(set(settings), "Quiet hours set"), settings: set };
    }
    case "bad-quiet":
      return { reply: quietRefusedReply(wanted.typed, wanted.problems) };
    case "show-days":
      return { reply: daysReply(settings) };
    case "days": {
      const set = (current: Settings) => withDays(current, wanted.days);
      return { reply: daysReply(set(settings), "Working days set"), settings: set };
    }
    case "bad-days":
      return { reply: daysRefusedReply(wanted.given) };
    case "show-digest":
      return { reply: digestShown(settings.digest, asked, view) };
    case "digest": {
      const { weekday, at } = wanted;
      const { where, setting } = asked;
      const digest: DigestTime = { weekday, at, zone: settings.zone ?? view.zone, where, setting };
      return {
        reply: digestShown(digest, asked, view),
        settings: (current) => ({ ...current, digest }),
      };
    }
    case "no-digest":
      return {
        reply: digestShown(undefined, asked, view),
        settings: ({ digest: _, ...others }) => others,
      };
    case "bad-digest":
      return { reply: digestRefusedReply(wanted.typed, wanted.problems) };
  }
}

function digestShown(digest: DigestTime | undefined, { where }: Asked, view: View) {
  const isHere = digest !== undefined && samePlace(digest.where, where);
  return digestTimeReply(digest, isHere, digest && nextDigest(digest, view.now), view);
}

function withQuiet({ quiet: _, ...others }: Settings, quiet: Settings["quiet"] | "default"): Settings {
  return quiet === undefined || quiet === "default" ? others : { ...others, quiet };
}

function withDays({ days: _, ...others }: Settings, days: number[] | "default"): Settings {
  return days === "default" ? others : { ...others, days };
}
