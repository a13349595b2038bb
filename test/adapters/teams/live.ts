import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { DateTime } from "luxon";
import { expect, onTestFinished } from "vitest";
import { createInFlight } from "../../../adapters/in-flight.ts";
import { serve } from "../../../adapters/serving.ts";
import { openTeams } from "../../../adapters/teams/index.ts";
import { createAssistant } from "../../../src/assistant.ts";
import { machineClock, shiftedClock } from "../../../src/clock.ts";
import type { TeamsConfig } from "../../../src/config.ts";
import { writtenFile } from "../../../src/files.ts";
import type { WorkspaceId } from "../../../src/incoming.ts";
import type { Log, Shelf, Store, Turnstile } from "../../../src/ports.ts";
import { openStore } from "../../../src/store/sql-store.ts";
import { meterIn } from "../meter.ts";
import { problemsOf } from "./validate.ts";
import type { Person } from "./world/person.ts";
import type { Conversation, Message } from "./world/places.ts";
import { openTeamsWorld, type World } from "./world/teams-world.ts";

/** Tuesday, far from freezes and holidays. */
const TUESDAY = "2026-11-03T09:15";

export interface Options {
  data?: string;
  config?: Partial<TeamsConfig>;
  /** A world that is there already: the product is started in it once more. */
  inside?: World;
  throughStore?: (store: Store) => Store;
  throughShelf?: (shelf: Shelf) => Shelf;
  throughTurnstile?: (turnstile: Turnstile) => Turnstile;
  /** When it is, Pacific; the clock runs on from there. */
  at?: string;
}

export type Live = Awaited<ReturnType<typeof goLive>>;

/** The product as Teams meets it: over HTTP, before an independent stand-in for Microsoft's side. */
export async function goLive(options: Options = {}) {
  const { data = ":memory:", throughStore, throughShelf, inside, at = TUESDAY } = options;
  const world = inside ?? (await openTeamsWorld());
  if (!inside) {
    onTestFinished(() => world.close());
    onTestFinished(() => expect(refusalsOf(world)).toEqual([]));
  }
  const clock = shiftedClock(machineClock);
  clock.set(pacific(at));
  const room = await openStore(data, clock);
  const store = throughStore?.(room.store) ?? room.store;
  const shelf = (name: string) => throughShelf?.(room.shelf(name)) ?? room.shelf(name);
  const logged: { level: string; message: string; facts: string }[] = [];
  const log = noteIn(logged);
  /** What an operator's figures were told. */
  const metered: string[] = [];
  const turnstile = options.throughTurnstile?.(room.turnstile) ?? room.turnstile;
  const outgoing = { turnstile, inFlight: createInFlight(8), meter: meterIn(metered) };
  const teams = openTeams({
    config: configOf(world, options.config),
    clock,
    log,
    write: { png: () => Buffer.from("a picture"), file: writtenFile },
    shelf,
    ...outgoing,
    signer: world.signer,
  });
  const assistant = createAssistant({
    store,
    settings: shelf("settings"),
    clock,
    messenger: teams.messenger,
    forgetAlso: teams.forgetAlso,
    log,
    zone: "UTC",
  });
  const begun = teams.start(assistant);
  const served = await serve(begun.doors, { host: "127.0.0.1", port: 0 });
  let isOpen = true;
  async function close(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await served.close();
    await begun.close();
    await room.store.close();
  }
  onTestFinished(close);
  world.connectTo(served.url);
  /** It is that time (Pacific), and what is due is sent. */
  const remindAt = (iso: string) => {
    clock.set(pacific(iso));
    return assistant.remind();
  };
  /** What a tenant follows, as it is stored. */
  const followed = ({ id }: { id: string }) => room.store.list(id as WorkspaceId);
  const { url } = served;
  return {
    world,
    clock,
    store: room.store,
    shelf: room.shelf,
    logged,
    metered,
    messenger: teams.messenger,
    assistant,
    url,
    remindAt,
    followed,
    close,
  };
}

/** The same with two tenants, in each of which there is a person, and a team with a channel. */
export async function goLiveInTwo(options: Options = {}) {
  const live = await goLive(options);
  return {
    ...live,
    a: companyIn(live.world, "contoso", "Ana"),
    b: companyIn(live.world, "fabrikam", "Cleo"),
  };
}

function companyIn(world: World, name: string, person: string) {
  const tenant = world.tenant(name);
  const someone = tenant.person(`${person} of ${name}`, { zone: "Europe/Berlin", locale: "en-GB" });
  const other = tenant.person(`Bob of ${name}`, { zone: "America/New_York", locale: "en-US" });
  const team = tenant.team("Partners");
  return {
    tenant,
    id: tenant.id,
    someone,
    other,
    team,
    channel: team.channel("Connectors"),
    group: tenant.groupChat([someone, other], "Launch"),
  };
}

export function pacific(iso: string): DateTime<true> {
  const at = DateTime.fromISO(iso, { zone: "America/Los_Angeles" });
  if (!at.isValid) throw new Error(`no time: ${iso}`);
  return at;
}

/** Says each line; the bot's answer to the last, as the person sees it. */
export async function asked(
  live: Live,
  person: Person,
  where: Conversation | undefined,
  ...lines: string[]
): Promise<Message> {
  let answer: Message | undefined;
  for (const line of lines) answer = await said(live, person, line, where ? { in: where } : {});
  if (!answer) throw new Error("nothing was said");
  return answer;
}

type Saying = NonNullable<Parameters<Person["says"]>[1]>;

/** Says something in one way or another; the bot's answer, as the person sees it. */
export async function said(
  { world }: Live,
  person: Person,
  text: string,
  options: Saying = {},
): Promise<Message> {
  const { message, status } = await person.says(text, options);
  expect(status).toBe(200);
  const thread = message.thread === undefined ? {} : { thread: message.thread };
  return world.until(() => {
    const seen = person.sees(options.in, thread);
    const from = seen.findIndex(({ id }) => id === message.id);
    return seen.slice(from + 1).find(({ isFromBot }) => isFromBot);
  }, `an answer to “${text}”`);
}

/** What the product hands out at an address that a card names, wherever the product is. */
export function fetched({ url }: Live, address: string, init?: RequestInit): Promise<Response> {
  return fetch(`${url}${new URL(address).pathname}`, init);
}

function configOf(world: World, more: Partial<TeamsConfig> = {}): TeamsConfig {
  return {
    way: "SingleTenant",
    appId: world.appId,
    appPassword: "a password of the tests",
    appTenantId: "72f988bf-86f1-41af-91ab-2d7cd011db47",
    openIdUrl: world.openIdUrl,
    tenants: [],
    publicUrl: "https://shepherd.example.com",
    ...more,
  } as TeamsConfig;
}

interface Sent {
  path: string;
  authorization: string | undefined;
  body: { summary?: string; attachments?: { content: { type: string } }[] };
}

/** Stands where the Bot Connector is: takes what it is sent without looking at who sends it. */
export async function openRecorder() {
  const sent: Sent[] = [];
  let delayMs = 0;
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Sent["body"];
    if (delayMs > 0) await new Promise((over) => setTimeout(over, delayMs));
    sent.push({ path: request.url ?? "", authorization: request.headers.authorization, body });
    response
      .writeHead(201, { "content-type": "application/json" })
      .end(JSON.stringify({ id: `${sent.length}` }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const until = (words: string) =>
    expect.poll(() => sent.map(({ body }) => body.summary)).toContainEqual(expect.stringContaining(words));
  const { port } = server.address() as AddressInfo;
  return {
    serviceUrl: `http://127.0.0.1:${port}/emea/`,
    sent,
    until,
    late(ms: number) {
      delayMs = ms;
    },
  };
}

/** What Microsoft's side would find wrong with the cards it was sent. */
function refusalsOf(world: World): string[] {
  return world.calls.flatMap(({ body }) => {
    const attachments = (body as { attachments?: { content: unknown }[] } | undefined)?.attachments ?? [];
    return attachments.flatMap(({ content }) => problemsOf(content));
  });
}

function noteIn(logged: { level: string; message: string; facts: string }[]): Log {
  const note = (level: string) => (message: string, facts?: Record<string, unknown>) => {
    logged.push({ level, message, facts: JSON.stringify(facts ?? {}) });
  };
  return { info: note("info"), warn: note("warn"), error: note("error") };
}
