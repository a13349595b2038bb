import type { Decision } from "../../decision.ts";
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
import type { DigestTime, QuietHours, Settings } from "../../settings.ts";
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
      return { reply: quietReply(set(settings), settings), settings: set };
    }
    case "bad-quiet":
      return { reply: quietRefusedReply(wanted.typed, wanted.problems) };
    case "show-days":
      return { reply: daysReply(settings) };
    case "days": {
      const set = (current: Settings) => withDays(current, wanted.days);
      return { reply: daysReply(set(settings), settings), settings: set };
    }
    case "bad-days":
      return { reply: daysRefusedReply(wanted.given) };
    case "show-digest":
      return { reply: digestShown(settings.digest, asked, view) };
    case "digest": {
      const { weekday, at } = wanted;
      const { where, setting } = asked;
      const digest: DigestTime = { weekday, at, zone: digestZone(view), where, setting };
      return {
        reply: digestShown(digest, asked, view, settings.digest),
        settings: (current) => ({ ...current, digest }),
      };
    }
    case "no-digest":
      return {
        reply: digestShown(undefined, asked, view, settings.digest),
        settings: ({ digest: _, ...others }) => others,
      };
    case "bad-digest":
      return { reply: digestRefusedReply(wanted.typed, wanted.problems, digestZone(view)) };
  }
}

function digestZone({ settings, zone }: View): string {
  return settings.zone ?? zone;
}

function digestShown(digest: DigestTime | undefined, { where }: Asked, view: View, before?: DigestTime) {
  return digestTimeReply(digest, where, digest && nextDigest(digest, view.now), view, before);
}

function withQuiet({ quiet: _, ...others }: Settings, quiet: QuietHours | "off" | "default"): Settings {
  return quiet === "default" ? others : { ...others, quiet };
}

function withDays({ days: _, ...others }: Settings, days: number[] | "default"): Settings {
  return days === "default" ? others : { ...others, days };
}
