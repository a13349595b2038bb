import { DateTime, Duration } from "luxon";
import { onTestFinished } from "vitest";
import { createAssistant } from "../src/assistant.ts";
import { type StandingClock, standingClock } from "../src/clock.ts";
import { writtenFile } from "../src/files.ts";
import type { Address, Incoming, Said, WorkspaceId } from "../src/incoming.ts";
import { type Connector, foldName } from "../src/lifecycle/connector.ts";
import { type Standing, standingOf } from "../src/lifecycle/standing.ts";
import type { Delivery, Log, Messenger, SendingWay, Store } from "../src/ports.ts";
import { plainText } from "../src/replies/plain.ts";
import type { Button, Citation, Reply } from "../src/reply.ts";
import { businessCalendar } from "../src/scheduling/calendar.ts";
import { openStore } from "../src/store/sql-store.ts";
import type { Reminded } from "../src/tick.ts";
import { type Needs, readSettings } from "../src/workspace.ts";

/** A reminder as the messenger was given it. */
export interface Sent {
  /** Pacific, to the minute: "2026-11-05T09:15". */
  at: string;
  to: string;
  id: string;
  title: string;
  reply: Reply;
}

export interface Options {
  /** Pacific wall time at which the clock stands. */
  now?: string;
  /** `:memory:` unless a file is given. */
  data?: string;
  zone?: string;
  /** What a platform does with a message; accepts everything unless told otherwise. */
  deliver?: (sent: Sent, way: SendingWay) => Delivery | Promise<Delivery>;
  /** Puts something before the store: a store that fails at a moment. */
  throughStore?: (store: Store) => Store;
}

/** A person's side of the conversation in one workspace. */
export interface Chat {
  say(text: string): Promise<Reply>;
  /** Says each line; the last reply. */
  sayAll(...lines: string[]): Promise<Reply>;
  press(button: Pick<Button, "action" | "fields"> | undefined): Promise<Reply>;
  /** What the file of `export` holds. */
  exported(): Promise<{ settings: object; connectors: Connector[] }>;
  /** The followed connector of that name, as it is stored. */
  connector(name: string): Promise<Connector>;
  standing(name: string): Promise<Standing>;
}

export interface House extends Chat {
  clock: StandingClock;
  store: Store;
  needs: Needs;
  sent: Sent[];
  logged: { level: "info" | "warn" | "error"; message: string; facts: string }[];
  as(workspace: string, who?: string, setting?: Incoming["setting"]): Chat;
  answer(parts: Partial<Incoming> & { said: Said }): Promise<Reply | undefined>;
  remind(stopping?: AbortSignal): Promise<Reminded>;
  /** Pushes the clock ("3d", "4h" or a Pacific time), stopping at each reminder; what was sent on the way. */
  wait(until: string): Promise<Sent[]>;
  /** Pushes the clock while nothing runs. */
  sleep(until: string): void;
  close(): Promise<void>;
}

const PACIFIC = "America/Los_Angeles";

/** Tuesday, Pacific standard time, far from freezes and holidays. */
const TUESDAY = "2026-11-03T09:15";
export const HERE = "chat:general" as Address;

/** As the core makes moments for a reader whose locale is not known. */
export function pacific(iso: string): DateTime<true> {
  const at = DateTime.fromISO(iso, { zone: PACIFIC, locale: "en-GB" });
  if (!at.isValid) throw new Error(`no time: ${iso}`);
  return at;
}

/** The whole product over its own store, with a clock that stands and a platform that notes what it is sent. */
export async function openHouse(options: Options = {}): Promise<House> {
  const { now = TUESDAY, data = ":memory:", zone = PACIFIC, deliver, throughStore } = options;
  const clock = standingClock(pacific(now));
  const room = await openStore(data, clock);
  const store = throughStore?.(room.store) ?? room.store;
  const sent: Sent[] = [];
  const logged: House["logged"] = [];
  const messenger: Messenger = {
    async send(to, reply, id, way = {}) {
      const one = { at: wallTime(clock.now()), to, id, title: reply.title, reply };
      const delivery = (await deliver?.(one, way)) ?? { kind: "sent" as const };
      if (delivery.kind === "sent") sent.push(one);
      return delivery;
    },
  };
  const settings = room.shelf("settings");
  const talks = (workspace: string) => room.shelf(`talk:${workspace}`);
  const needs: Needs = { store, settings, talks, clock, messenger, log: noteIn(logged), zone };
  const assistant = createAssistant(needs);
  let count = 0;

  async function answer(parts: Partial<Incoming> & { said: Said }): Promise<Reply | undefined> {
    count += 1;
    const base = { id: `d${count}`, workspace: "T-contoso" as WorkspaceId, where: HERE };
    return assistant.answer({ ...base, from: { id: "U-ana", name: "Ana" }, setting: "direct", ...parts });
  }

  function as(workspace: string, who = "Ana", setting: Incoming["setting"] = "direct"): Chat {
    const id = workspace as WorkspaceId;
    const talk = async (said: Said) => {
      const reply = await answer({ said, workspace: id, from: { id: `U-${who}`, name: who }, setting });
      if (!reply) throw new Error("no answer");
      return reply;
    };
    const say = (text: string) => talk({ kind: "text", text });
    async function connector(name: string): Promise<Connector> {
      const found = (await store.list(id)).find((one) => foldName(one.name) === foldName(name));
      if (!found) throw new Error(`not stored: ${name}`);
      return found;
    }
    return {
      say,
      connector,
      async sayAll(...lines) {
        let last = await say(lines[0] ?? "");
        for (const line of lines.slice(1)) last = await say(line);
        return last;
      },
      async press(button) {
        if (!button) throw new Error("no such button");
        return talk({ kind: "press", action: button.action, fields: button.fields });
      },
      async exported() {
        const block = (await say("export")).blocks.find(({ kind }) => kind === "file");
        return block?.kind === "file" ? JSON.parse(writtenFile(block.file).text) : undefined;
      },
      async standing(name) {
        const calendar = businessCalendar(await readSettings(settings, id));
        return standingOf(await connector(name), calendar, clock.now());
      },
    };
  }

  async function wait(until: string): Promise<Sent[]> {
    const before = sent.length;
    const target = targetOf(until, clock.now());
    for (;;) {
      const { nextAt } = await assistant.remind();
      if (!nextAt || nextAt > target || nextAt <= clock.now()) break;
      clock.push(nextAt);
    }
    clock.push(target);
    return sent.slice(before);
  }

  let isOpen = true;
  async function close(): Promise<void> {
    if (isOpen) await room.store.close();
    isOpen = false;
  }
  onTestFinished(close);
  return {
    ...as("T-contoso"),
    clock,
    store,
    needs,
    sent,
    logged,
    as,
    answer,
    wait,
    close,
    remind: (stopping) => assistant.remind(stopping),
    sleep: (until) => clock.push(targetOf(until, clock.now())),
  };
}

/** A house in which one connector is followed and these lines were said. */
export async function openHouseWith(name: string, lines: string[] = [], options?: Options): Promise<House> {
  const house = await openHouse(options);
  await house.sayAll(`track ${name}`, ...lines);
  return house;
}

function targetOf(until: string, now: DateTime): DateTime {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(until) ?? [];
  if (count === undefined) return pacific(until);
  const length = { m: { minutes: 1 }, h: { hours: 1 }, d: { hours: 24 } }[unit ?? ""] ?? {};
  return now.plus(Duration.fromObject(length).mapUnits((one) => one * Number(count)));
}

/** "2026-11-05T09:15", Pacific. */
function wallTime(at: DateTime): string {
  return at.setZone(PACIFIC).toFormat("yyyy-MM-dd'T'HH:mm");
}

export function textOf(reply: Reply): string {
  return plainText(reply);
}

export function buttonsOf(reply: Reply): Button[] {
  return reply.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
}

/** The button that does this, whatever it is called. */
export function buttonFor(
  reply: Reply,
  action: string,
  fields: Record<string, string> = {},
): Button | undefined {
  return buttonsOf(reply).find(
    (button) =>
      button.action === action &&
      Object.entries(fields).every(([key, value]) => button.fields[key] === value),
  );
}

export function sourcesOf(reply: Reply): Citation[] {
  return reply.blocks.flatMap((block) => (block.kind === "sources" ? block.sources : []));
}

/** The SAS URI of a package, valid until a Pacific time; `sig` is made up. */
export function sasUri(until: string, sig = "Qm9+dGhl%2FlnbmF0dXJlIGlzIGEgc2VjcmV0ISE%3D"): string {
  const expiry = encodeURIComponent(pacific(until).toUTC().toISO({ suppressMilliseconds: true }));
  return `https://contoso.blob.core.windows.net/packages/crm.zip?sp=r&se=${expiry}&sv=2024-11-04&sig=${sig}`;
}

function noteIn(logged: House["logged"]): Log {
  const note = (level: "info" | "warn" | "error") => (message: string, facts?: Record<string, unknown>) => {
    logged.push({ level, message, facts: JSON.stringify(facts ?? {}) });
  };
  return { info: note("info"), warn: note("warn"), error: note("error") };
}

/** What was said, and when (Pacific). Without words: only time passes. */
export type Journey = [at: string, line?: string][];

export const NAME = "Contoso CRM";

const REVIEW: Journey = [["2026-11-03T09:15", `mark ${NAME} submitted`]];
const TESTING: Journey = [...REVIEW, ["2026-11-04T10:00", `mark ${NAME} report-passed`]];
const PUBLISHING: Journey = [...TESTING, ["2026-11-04T15:00", `mark ${NAME} go-live`]];
const DEPLOYING: Journey = [...PUBLISHING, ["2026-11-06T00:00"]];
const PREVIEW: Journey = [...DEPLOYING, ["2026-12-01T09:00", `mark ${NAME} all-regions`]];
const GA_REQUESTED: Journey = [...PREVIEW, ["2026-12-02T09:00", `mark ${NAME} ga-requested`]];
const GA: Journey = [...GA_REQUESTED, ["2027-01-05T09:00", `mark ${NAME} ga`]];

/** A way into every stage. */
export const TO = {
  account: [],
  draft: [["2026-11-03T09:15", `done ${NAME} account`]],
  review: REVIEW,
  "changes-requested": [...REVIEW, ["2026-11-04T10:00", `mark ${NAME} report-failed`]],
  testing: TESTING,
  publishing: PUBLISHING,
  deploying: DEPLOYING,
  "public-preview": PREVIEW,
  "ga-requested": GA_REQUESTED,
  ga: GA,
} satisfies Record<string, Journey>;

export type Stage = keyof typeof TO;

export async function travel(house: House, journey: Journey): Promise<void> {
  for (const [at, line] of journey) {
    house.sleep(at);
    if (line) await house.say(line);
  }
}

/** A house in which the connector has come to a stage. */
export async function openHouseAt(stage: Stage, options: Options = {}): Promise<House> {
  const house = await openHouseWith(NAME, [], options);
  await travel(house, TO[stage]);
  return house;
}
