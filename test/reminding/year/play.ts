import { DateTime } from "luxon";
import type { Address, Said as Incoming, WorkspaceId } from "../../../src/incoming.ts";
import type { Delivery } from "../../../src/ports.ts";
import type { Reply } from "../../../src/reply.ts";
import { buttonFor, type House, openHouse, type Sent, sasUri } from "../../support.ts";
import { type Deed, type Event, outageAt, type Rule, spanAt, type Told } from "./deeds.ts";
import { hear } from "./heard.ts";
import { moment } from "./life.ts";
import type { Year } from "./story.ts";

/** Processes that look at once may have to look again. */
const MOST_ROUNDS = 10;

/** What the product did in the year. */
export interface Played {
  told: Told[];
  /** Events that it did not take, in its words. */
  refused: { event: Event; answer: string }[];
  restarts: number;
}

/** Lets the product live through a year on a store in a file, and hears what it tells. */
export async function play(year: Year, data: string): Promise<Played> {
  const { world } = year;
  const told: Told[] = [];
  const refused: Played["refused"] = [];
  const lastHeard = new Map<string, Reply>();
  let houses: House[] = [];
  let now = year.from;
  let deliveries = 0;
  let restarts = 0;

  function deliver({ to, reply }: Sent): Delivery {
    const workspace = workspaceOf(to);
    const outage = outageAt(world, now, workspace, to);
    if (outage?.retryAfter !== undefined) return { kind: "later", retryAfter: outage.retryAfter };
    const heard = hear(reply);
    told.push({ at: now, workspace, where: to, ...heard, refused: outage !== undefined });
    if (outage) return { kind: "never", why: "no such channel" };
    lastHeard.set(`${to}/${heard.name}`, reply);
    return { kind: "sent" };
  }

  const open = () => openHouse({ data, deliver, now: new Date(now).toISOString() });

  async function close(): Promise<void> {
    await Promise.all(houses.map((house) => house.close()));
    houses = [];
  }

  /** As many processes as there should be at this moment. */
  async function staff(): Promise<void> {
    if (spanAt(world.downtimes, now)) return close();
    if (houses.length === 0) {
      restarts += 1;
      houses.push(await open());
    }
    const wanted = spanAt(world.doubles, now) ? 2 : 1;
    if (houses.length < wanted) houses.push(await open());
    // The one that was there first goes, as in an upgrade.
    if (houses.length > wanted) await houses.shift()?.close();
  }

  /** All processes look for what is due, at once; when something is due next. */
  async function remind(): Promise<number> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const all = await Promise.all(houses.map((house) => house.remind()));
      const next = Math.min(...all.map(({ nextAt }) => nextAt?.toMillis() ?? Number.POSITIVE_INFINITY));
      if (next > now) return next;
    }
    throw new Error(`what is due at ${moment(now).toISO()} is not done with`);
  }

  async function pass(until: number): Promise<void> {
    const turns = [...world.downtimes, ...world.doubles].flatMap(({ from, until }) => [from, until]);
    for (;;) {
      const next = houses.length > 0 ? await remind() : Number.POSITIVE_INFINITY;
      now = Math.min(until, next, ...turns.filter((turn) => turn > now));
      for (const house of houses) house.clock.push(DateTime.fromMillis(now));
      await staff();
      if (now === until && next > now) break;
    }
  }

  async function answer({ who, where }: Event, said: Incoming): Promise<Reply> {
    deliveries += 1;
    const house = houses[deliveries % houses.length];
    if (!house) throw new Error("nobody is there");
    const from = { id: who.id, name: who.id, ...(who.zone !== undefined && { zone: who.zone }) };
    const workspace = who.workspace as WorkspaceId;
    const place = { where: where as Address, setting: "shared" as const };
    const reply = await house.answer({ id: `delivery ${deliveries}`, workspace, from, ...place, said });
    if (!reply) throw new Error("no answer");
    return reply;
  }

  /** The zone in which somebody's times are read. */
  const zones = new Map<string, string>();

  async function happen(event: Event): Promise<void> {
    const { who, where } = event;
    if (event.name === undefined && event.rule.do === "zone") zones.set(who.workspace, event.rule.zone);
    let said: Incoming;
    if (event.name !== undefined && event.deed.do === "press") {
      const under = lastHeard.get(`${where}/${event.name}`);
      const button = under && buttonFor(under, "reminders", { do: event.deed.button });
      if (!button) {
        refused.push({ event, answer: "there is no such button" });
        return;
      }
      said = { kind: "press", action: button.action, fields: button.fields };
    } else {
      const zone = who.zone ?? zones.get(who.workspace) ?? "America/Los_Angeles";
      said = {
        kind: "text",
        text: event.name === undefined ? ruleWords(event.rule) : words(event.name, event.deed, zone),
      };
    }
    const reply = await answer(event, said);
    if (!reply.changed) refused.push({ event, answer: reply.title });
  }

  await staff();
  for (const event of year.events) {
    await pass(event.at);
    await happen(event);
  }
  await pass(year.until);
  await close();
  return { told, refused, restarts };
}

function workspaceOf(where: string): string {
  return `T-${where.slice("chat:".length, where.indexOf("-"))}`;
}

/** What somebody says in whose zone. */
function words(name: string, deed: Deed, zone: string): string {
  switch (deed.do) {
    case "mark": {
      const at =
        deed.at === undefined ? undefined : moment(deed.at).setZone(zone).toFormat("yyyy-MM-dd HH:mm");
      return ["mark", name, deed.milestone, deed.startsOn ?? at ?? ""].join(" ").trim();
    }
    case "tested":
      return `done ${name} test`;
    case "sas":
      return `done ${name} sas-uri ${sasUri(new Date(deed.expiresAt).toISOString())}`;
    case "live-since":
      return `evidence ${name} live-since=${deed.on}`;
    case "snooze":
      return `reminders ${name} snooze ${deed.hours}h`;
    case "follow":
      return `follow ${name} ${deed.only}`;
    case "untrack":
      return `untrack ${name} confirm`;
    case "mute":
    case "unmute":
    case "here":
      return `reminders ${name} ${deed.do}`;
    case "press":
      throw new Error("a button is pressed, not said");
    default:
      return `${deed.do} ${name}`;
  }
}

function ruleWords(rule: Rule): string {
  const listed = (given: readonly number[] | "default") =>
    given === "default" ? given : given.length === 0 ? "off" : given.join(" ");
  switch (rule.do) {
    case "zone":
      return `settings zone ${rule.zone}`;
    case "freeze":
      return `settings freeze add ${rule.freeze.from} to ${rule.freeze.to} a freeze`;
    case "unfreeze":
      return `settings freeze remove ${rule.number}`;
    case "offsets":
      return `settings remind ${rule.topic} ${listed(rule.offsets)}`;
    case "quiet":
      return `settings quiet ${typeof rule.quiet === "string" ? rule.quiet : `${time(rule.quiet.from)}-${time(rule.quiet.to)}`}`;
    case "days":
      return `settings days ${rule.days === "default" ? "default" : rule.days.map((day) => DAY_NAMES[day]).join(" ")}`;
  }
}

const DAY_NAMES = ["", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

function time(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}
