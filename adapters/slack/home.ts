import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type Assistant,
  type Clock,
  guestReply,
  type Log,
  type Shelf,
  type WorkspaceId,
} from "../../src/index.ts";
import { oneByOne } from "../turns.ts";
import { mintAddress } from "./address.ts";
import { call, noteFailure } from "./calls.ts";
import type { Installations } from "./installations.ts";
import { homeView } from "./modal.ts";
import { findMember } from "./people.ts";
import type { Speaker } from "./read.ts";
import type { Tenant } from "./tenant.ts";

/** The portfolio in the app's Home. */
export interface Home {
  /** Shows it to who has opened it, or turned to a page. `id`: of the delivery. */
  show(tenant: Tenant, speaker: Speaker, id: string, page?: string): Promise<void>;
  /** Shows it anew to those who have had it open lately, within so many milliseconds. */
  refresh(workspace: WorkspaceId, within?: number): void;
  /** Begins nothing more, and ends what is under way. */
  settled(): Promise<void>;
}

export interface HomeNeeds {
  assistant: Assistant;
  installations: Installations;
  clock: Clock;
  log: Log;
  shelfOf(workspace: WorkspaceId): Shelf;
}

/** Whoever looks again later opens it again, and sees it new. */
const LATELY_MS = 12 * 3_600_000;
const MOST_VIEWERS = 50;
const VIEWERS = "viewers";
/** Several changes in a row are shown once. */
const GATHER_MS = 300;

/** Who has opened it, when (Unix milliseconds) and at which page, and as whose. */
const Viewers = z.object({
  tenant: z.object({
    id: z.custom<WorkspaceId>((id) => typeof id === "string"),
    team: z.string().exactOptional(),
    enterprise: z.string().exactOptional(),
    isOrg: z.boolean(),
  }),
  users: z.record(z.string(), z.object({ at: z.number(), page: z.string() })),
});

export function openHome({ assistant, installations, clock, log, shelfOf }: HomeNeeds): Home {
  const gathering = new Map<string, { timer: NodeJS.Timeout; at: number }>();
  let isOver = false;
  const running = new Set<Promise<void>>();
  const inTurn = oneByOne();

  /** False: to someone who sees nothing in it, as they are not the tenant's. */
  async function publish(tenant: Tenant, speaker: Speaker, id: string, page = "1"): Promise<boolean> {
    const connection = await installations.connect(tenant.id);
    if (!connection) return false;
    const { views } = connection.client;
    const person = await findMember(connection, shelfOf(tenant.id), tenant, speaker, log);
    if (!person) {
      await call(() => views.publish({ user_id: speaker.id, view: homeView(guestReply()) }));
      return false;
    }
    const where = mintAddress({ tenant: tenant.id, channel: speaker.id, person: speaker.id });
    const said = { kind: "press", action: "portfolio", fields: { page } } as const;
    const reply = await assistant.answer({
      id,
      workspace: tenant.id,
      from: person,
      where,
      setting: "direct",
      said,
    });
    if (reply) await call(() => views.publish({ user_id: speaker.id, view: homeView(reply) }));
    return true;
  }

  async function viewersOf(workspace: WorkspaceId): Promise<z.infer<typeof Viewers> | undefined> {
    return Viewers.safeParse(await shelfOf(workspace).get(VIEWERS)).data;
  }

  async function remember(tenant: Tenant, user: string, page: string): Promise<void> {
    const now = clock.now().toMillis();
    const users = { ...(await viewersOf(tenant.id))?.users, [user]: { at: now, page } };
    const latest = Object.entries(users)
      .filter(([, { at }]) => now - at < LATELY_MS)
      .toSorted(([, a], [, b]) => b.at - a.at)
      .slice(0, MOST_VIEWERS);
    await shelfOf(tenant.id).set(VIEWERS, { tenant, users: Object.fromEntries(latest) }, LATELY_MS);
  }

  /** At the page that they have turned to meanwhile. */
  async function publishAgain(tenant: Tenant, user: string): Promise<void> {
    const page = (await viewersOf(tenant.id))?.users[user]?.page;
    await publish(tenant, { id: user, name: user }, `home-${randomUUID()}`, page);
  }

  async function publishToViewers(workspace: WorkspaceId): Promise<void> {
    const said = "the Home could not be shown anew";
    try {
      const viewers = await viewersOf(workspace);
      if (!viewers) return;
      for (const id of Object.keys(viewers.users)) {
        await inTurn(`${workspace}/${id}`, () => publishAgain(viewers.tenant, id)).catch((error: unknown) => {
          noteFailure(log, said, error, { workspace });
        });
      }
    } catch (error) {
      noteFailure(log, said, error, { workspace });
    }
  }

  return {
    show: (tenant, speaker, id, page = "1") =>
      inTurn(`${tenant.id}/${speaker.id}`, async () => {
        if (await publish(tenant, speaker, id, page)) await remember(tenant, speaker.id, page);
      }),
    refresh(workspace, within = GATHER_MS) {
      const at = performance.now() + within;
      const planned = gathering.get(workspace);
      if (isOver || (planned && planned.at <= at)) return;
      clearTimeout(planned?.timer);
      const timer = setTimeout(() => {
        gathering.delete(workspace);
        const run = publishToViewers(workspace).finally(() => running.delete(run));
        running.add(run);
      }, within);
      gathering.set(workspace, { timer, at });
    },
    async settled() {
      isOver = true;
      for (const { timer } of gathering.values()) clearTimeout(timer);
      gathering.clear();
      await Promise.all(running);
    },
  };
}
