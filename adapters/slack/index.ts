import { App, HTTPReceiver, SocketModeReceiver, type webApi } from "@slack/bolt";
import type { InstallProvider } from "@slack/oauth";
import {
  type Admission,
  type Assistant,
  createFloodGate,
  type Messenger,
  type Shelf,
  type SlackConfig,
  type Store,
  tooManyReply,
} from "../../src/index.ts";
import { answerCommand, answerMessage, refuseMessage } from "./answers.ts";
import { attempt, type Desk } from "./desk.ts";
import { type Home, openHome } from "./home.ts";
import { installRoutes } from "./install.ts";
import { openMany, openSingle } from "./installations.ts";
import { LIMITS } from "./limits.ts";
import { boltLogger } from "./logger.ts";
import { createPace } from "./pace.ts";
import type { PostNeeds } from "./post.ts";
import { answerPress, answerSubmission, refusePress } from "./presses.ts";
import {
  type HeardCommand,
  type HeardEvent,
  readCommand,
  readEvent,
  readMessage,
  readPressed,
  readSubmission,
} from "./read.ts";
import { renderMessage } from "./render.ts";
import { openMessenger } from "./send.ts";
import { ENDPOINT, serve } from "./server.ts";
import { keepConnected } from "./socket.ts";
import { createTurns } from "./turns.ts";
import { replyWindow } from "./window.ts";

export interface SlackNeeds extends Pick<Desk, "clock" | "log" | "write"> {
  config: SlackConfig;
  host: string;
  port: number;
  store: Store;
  settings: Shelf;
  shelf(namespace: string): Shelf;
}

/** Slack, connected. `url`: where its requests are awaited; absent in Socket Mode. */
interface Slack {
  url?: string;
  /** Takes no more requests, and finishes what it has begun. */
  close(): Promise<void>;
}

/** Reminders may begin before requests are taken: they need no assistant, and the assistant needs them. */
export interface SlackReady {
  messenger: Messenger;
  /** Rejects with `SlackFailure` when Slack refuses us, and with the system's error when the port can't be had. */
  start(assistant: Assistant): Promise<Slack>;
}

/** Calls are short and few: who waits for an answer does not wait for half an hour, as Slack's library would. */
const CALLS = {
  timeout: 10_000,
  retryConfig: { retries: 2, factor: 2, minTimeout: 250, maxTimeout: 1000 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
} as const;

/** Rejects with `SlackFailure` when Slack does not take the bot token. */
export async function openSlack(needs: SlackNeeds): Promise<SlackReady> {
  const { config, clock, log, store, write } = needs;
  const clientOptions: webApi.WebClientOptions = {
    ...CALLS,
    slackApiUrl: config.apiUrl,
    logger: boltLogger(log),
  };
  const shelfOf = (tenant: string) => needs.shelf(`slack:${tenant}`);
  const parts = { clientOptions, clock, log, store, shelfOf };
  const many = config.way === "oauth" ? openMany(config, parts) : undefined;
  const installations = many ?? (await openSingle(config.way === "oauth" ? "" : config.botToken, parts));
  const posting: PostNeeds = { pace: createPace(), write, log };
  let home: Home | undefined;
  const messenger = openMessenger({
    ...posting,
    installations,
    shelfOf,
    sent: (workspace) => home?.refresh(workspace),
  });
  return {
    messenger,
    start(assistant) {
      home = openHome({ assistant, installations, clock, log, shelfOf });
      const desk: Desk = { ...posting, assistant, installations, clock, home, shelfOf };
      return start(needs, desk, many?.installer);
    },
  };
}

async function start(needs: SlackNeeds, desk: Desk, installer: InstallProvider | undefined): Promise<Slack> {
  const { config, host, port, log } = needs;
  const logger = boltLogger(log);
  const receiver =
    config.way === "socket"
      ? new SocketModeReceiver({
          appToken: config.appToken,
          logger,
          autoReconnectEnabled: false,
          installerOptions: { clientOptions: { ...CALLS, slackApiUrl: config.apiUrl } },
        })
      : new HTTPReceiver({
          signingSecret: config.signingSecret,
          endpoints: ENDPOINT,
          bodyLimit: LIMITS.requestBytes,
          customRoutes: installer ? installRoutes(installer, log) : [],
          logger,
        });
  const app = new App({
    receiver,
    logger,
    // Whose request it is, is looked up after it is acknowledged: the store may be slow.
    authorize: async () => ({}),
    ignoreSelf: false,
    convoStore: false,
    socketMode: config.way === "socket",
  });
  const finish = listen(app, needs, desk);
  if (receiver instanceof SocketModeReceiver) {
    const disconnect = await keepConnected(receiver, log);
    return {
      async close() {
        // A form is acknowledged through the connection.
        await finish.forms();
        await disconnect();
        await finish.all();
      },
    };
  }
  const { server, url } = await serve(receiver.requestListener, { host, port });
  return {
    url,
    async close() {
      await new Promise((closed) => {
        server.close(closed);
        server.closeIdleConnections();
      });
      await finish.all();
    },
  };
}

/** Acknowledges what comes, reads it, and has it answered in its turn. Returns how to wait for what was begun. */
function listen(app: App, needs: SlackNeeds, desk: Desk): Record<"forms" | "all", () => Promise<void>> {
  const { clock } = needs;
  const admitted = createFloodGate(clock);
  const turns = createTurns();
  const submitting = new Set<Promise<void>>();

  /** False: too much is asked, by one or by all. */
  function take(
    { tenant, speaker }: Pick<HeardCommand, "tenant" | "speaker">,
    what: string,
    work: () => Promise<void>,
  ): Admission {
    const admission = admitted(tenant.id, speaker.id);
    if (admission !== "admit") return admission;
    return turns.take(() => attempt(desk, what, work)) ? "admit" : "tell";
  }

  app.command(/.*/, async ({ ack, body }) => {
    const heard = readCommand(body);
    const taken = heard && take(heard, "a command could not be answered", () => answerCommand(desk, heard));
    await ack(
      taken === "tell" ? { response_type: "ephemeral", ...renderMessage(tooManyReply()) } : undefined,
    );
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    const heard = readPressed(body);
    if (!heard) return;
    const taken = take(heard, "a press could not be answered", () => answerPress(desk, heard));
    if (taken === "tell") {
      turns.take(() => attempt(desk, "a press could not be refused", () => refusePress(desk, heard)));
    }
  });
  app.view("form", async ({ ack, body }) => {
    const heard = readSubmission(body);
    if (!heard) return ack();
    if (admitted(heard.tenant.id, heard.speaker.id) !== "admit") {
      // Above the form, which keeps what was filled in.
      const view = replyWindow(tooManyReply());
      return view ? ack({ response_action: "push", view }) : ack();
    }
    const work = attempt(desk, "a form could not be answered", () =>
      answerSubmission(desk, heard, (answer) => (answer ? ack(answer) : ack())),
    ).finally(() => submitting.delete(work));
    submitting.add(work);
    await work;
  });
  for (const type of ["app_mention", "message"] as const) {
    app.event(type, async ({ body }) => {
      const heard = readMessage(body);
      if (!heard) return;
      const taken = take(heard, "a message could not be answered", () => answerMessage(desk, heard));
      if (taken === "tell") {
        turns.take(() => attempt(desk, "a message could not be refused", () => refuseMessage(desk, heard)));
      }
    });
  }
  app.event("app_home_opened", async ({ body, event }) => {
    const heard = readEvent(body);
    if (!heard || event.tab !== "home") return;
    const speaker = { id: event.user, name: event.user };
    take({ ...heard, speaker }, "the Home could not be shown", () =>
      desk.home.show(heard.tenant, speaker, heard.id),
    );
  });
  app.event("app_uninstalled", async ({ body }) => {
    const heard = readEvent(body);
    if (heard)
      turns.take(() => attempt(desk, "a workspace could not be deleted", () => purge(needs, desk, heard)));
  });
  app.event("tokens_revoked", async ({ body, event }) => {
    const heard = readEvent(body);
    if (!heard || !event.tokens.bot?.length) return;
    turns.take(() =>
      attempt(desk, "a token could not be marked as revoked", () => desk.installations.revoke(heard)),
    );
  });
  const forms = async () => void (await Promise.all(submitting));
  return {
    forms,
    async all() {
      await forms();
      await turns.settled();
      await desk.home.settled();
    },
  };
}

/** Uninstalled: nothing of the workspace is kept. */
async function purge({ store, settings, log }: SlackNeeds, desk: Desk, event: HeardEvent): Promise<void> {
  const { id } = event.tenant;
  if (!(await desk.installations.isCurrent(event))) return;
  await store.forget(id);
  await settings.delete(id);
  await desk.shelfOf(id).clear();
  desk.installations.forget(event.tenant);
  log.info("the app was uninstalled in Slack, and all of the workspace was deleted", { workspace: id });
}
