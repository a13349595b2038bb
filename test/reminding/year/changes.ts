import { type Hours, USUAL_HOURS } from "./awake.ts";
import type { Deed, Rule } from "./deeds.ts";
import { NO_SILENCE, type State, type Waiting } from "./ledger.ts";
import type { House } from "./matters.ts";

const HOUR = 3_600_000;

/** What a deed makes of a connector. */
export function changed(state: State, deed: Deed, now: number, heard?: Waiting): Partial<State> {
  const { silence } = state;
  switch (deed.do) {
    case "mark": {
      const { milestone, startsOn, at = now } = deed;
      return { marks: [...state.marks, { milestone, at, ...(startsOn && { startsOn }) }] };
    }
    case "tested":
      return { testedAt: now };
    case "sas":
      return { sas: { at: now, expiresAt: deed.expiresAt } };
    case "live-since":
      return { liveSince: deed.on };
    case "untrack":
      return { untrackedAt: now };
    case "mute":
      return { silence: { ...silence, muted: true } };
    case "unmute":
      return { silence: { ...NO_SILENCE, acknowledged: silence.acknowledged } };
    case "snooze":
      return { silence: { ...silence, snoozedUntil: now + deed.hours * HOUR } };
    case "press":
      return heard ? { silence: pressed(silence, deed.button, heard, now) } : {};
    default:
      throw new Error(`the story is wrong: ${deed.do}`);
  }
}

function pressed(
  silence: State["silence"],
  button: "snooze" | "acknowledge",
  { matter }: Waiting,
  now: number,
): State["silence"] {
  if (button === "acknowledge") {
    return { ...silence, acknowledged: new Set([...silence.acknowledged, matter.subject]) };
  }
  const again = { until: now + 4 * HOUR, since: now };
  return { ...silence, snoozed: new Map([...silence.snoozed, [matter.key, again]]) };
}

/** What a decision makes of a workspace's settings. */
export function decided(house: House, rule: Rule): House {
  switch (rule.do) {
    case "zone":
      return { ...house, zone: rule.zone };
    case "freeze":
      return { ...house, freezes: sorted([...house.freezes, rule.freeze]) };
    case "unfreeze":
      return { ...house, freezes: house.freezes.filter((_, index) => index !== rule.number - 1) };
    case "offsets": {
      const { [rule.topic]: _, ...others } = house.offsets;
      const offsets = rule.offsets === "default" ? others : { ...others, [rule.topic]: rule.offsets };
      return { ...house, offsets };
    }
    case "quiet":
      return withHours(house, { quiet: rule.quiet === "default" ? USUAL_HOURS.quiet : rule.quiet });
    case "days":
      return withHours(house, { days: rule.days === "default" ? USUAL_HOURS.days : rule.days });
  }
}

function withHours(house: House, hours: Partial<Hours>): House {
  return { ...house, hours: { ...house.hours, ...hours } };
}

function sorted(freezes: House["freezes"]): House["freezes"] {
  return freezes.toSorted((a, b) => a.from.localeCompare(b.from));
}
