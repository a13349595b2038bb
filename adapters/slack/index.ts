import { App, HTTPReceiver, SocketModeReceiver, type webApi } from "@slack/bolt";
import type {
  Assistant,
  Messenger,
  Meter,
  Shelf,
  SlackConfig,
  Store,
  Turnstile,
  WorkspaceId,
} from "../../src/index.ts";
import type { InFlight } from "../in-flight.ts";
import { createPace } from "../pace.ts";
import type { Door } from "../serving.ts";
import { oneByOne } from "../turns.ts";
import { beginConnecting } from "./connecting.ts";
import type { Desk } from "./desk.ts";
import { type Home, openHome } from "./home.ts";
import { INSTALL_PATH, installRoutes, REDIRECT_PATH } from "./install.ts";
import { openMany, openSingle } from "./installations.ts";
import { listen } from "./listen.ts";
import { boltLogger } from "./logger.ts";
import type { PostNeeds } from "./post.ts";
import { openMessenger } from "./send.ts";
import { ENDPOINT, guarded, MOST_BYTES } from "./server.ts";
import { keepConnected } from "./socket.ts";

export interface SlackNeeds extends Pick<Desk, "clock" | "log" | "write"> {
  config: SlackConfig;
  meter: Meter;
  store: Store;
  turnstile: Turnstile;
  /** How many reminders are sent at once. */
  inFlight: InFlight;
  shelf(namespace: string): Shelf;
}

/** Slack, connected. */
interface Slack {
  /** Where its requests come in; nowhere in Socket Mode. */
  doors: Door[];
  /** That place, in words. */
  where(url: string): string;
  /** Why it is not connected yet, in a word; undefined: it is. */
  trouble(): string | undefined;
  /** Finishes what was begun. */
  close(): Promise<void>;
}

/** In two steps, because the assistant needs the messenger, and answering needs the assistant. */
export interface SlackReady {
  messenger: Messenger;
  /** Deletes what is kept of a workspace's people and channels; it stays installed. */
  forgetAlso(workspace: WorkspaceId): Promise<void>;
  /** Goes on trying while Slack can't be reached. Rejects with `SlackFailure` when Slack refuses us. */
  start(assistant: Assistant): Promise<Slack>;
}

/** Calls are short and few: who waits for an answer does not wait for half an hour, as Slack's library would. */
const CALLS = {
  timeout: 10_000,
  retryConfig: { retries: 2, factor: 2, minTimeout: 250, maxTimeout: 1000 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
} as const;

/** Nobody looks at their Home for that, and reminders come by the thousand. */
const HOME_AFTER_REMINDER_MS = 3000;

export function openSlack(needs: SlackNeeds): SlackReady {
  const { config, clock, inFlight, log, meter, store, turnstile, write } = needs;
  const clientOptions: webApi.WebClientOptions = {
    ...CALLS,
    slackApiUrl: config.apiUrl,
    logger: boltLogger(log),
  };
  const shelfOf = (workspace: WorkspaceId) => needs.shelf(`slack:${workspace}`);
  const shelfOfInstallation = (workspace: string) => needs.shelf(`slack-installation:${workspace}`);
  const parts = { clientOptions, clock, log, meter, store, shelfOf: shelfOfInstallation };
  const installations = config.way === "oauth" ? openMany(config, parts) : openSingle(config.botToken, parts);
  const posting: PostNeeds = { pace: createPace({ turnstile, clock }), write, log };
  let home: Home | undefined;
  const messenger = openMessenger({
    ...posting,
    clock,
    inFlight,
    installations,
    shelfOf,
    sent: (workspace) => home?.refresh(workspace, HOME_AFTER_REMINDER_MS),
  });
  return {
    messenger,
    forgetAlso: (workspace) => shelfOf(workspace).clear(),
    start(assistant) {
      home = openHome({ assistant, installations, clock, log, shelfOf });
      const desk: Desk = { ...posting, assistant, installations, clock, home, pressing: oneByOne(), shelfOf };
      return start(needs, desk, clientOptions);
    },
  };
}

async function start(needs: SlackNeeds, desk: Desk, clientOptions: webApi.WebClientOptions): Promise<Slack> {
  const { installer } = desk.installations;
  const { config, log } = needs;
  const logger = boltLogger(log);
  const receiver =
    config.way === "socket"
      ? new SocketModeReceiver({
          appToken: config.appToken,
          logger,
          autoReconnectEnabled: false,
          installerOptions: { clientOptions },
        })
      : new HTTPReceiver({
          signingSecret: config.signingSecret,
          endpoints: ENDPOINT,
          bodyLimit: MOST_BYTES,
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
  const begun = listen(app, desk);
  let disconnect: (() => Promise<void>) | undefined;
  const connecting = await beginConnecting(async () => {
    await desk.installations.learn();
    if (receiver instanceof SocketModeReceiver) disconnect = await keepConnected(receiver, log);
  }, log);
  const { trouble } = connecting;
  async function close(): Promise<void> {
    connecting.stop();
    // A form is acknowledged through the connection.
    await begun.forms();
    await disconnect?.();
    await begun.all();
  }
  if (receiver instanceof SocketModeReceiver) {
    const where = () =>
      trouble() === undefined
        ? "Slack is connected by Socket Mode"
        : "Slack is not connected yet, and will be by Socket Mode";
    return { doors: [], where, trouble, close };
  }
  const paths = [ENDPOINT, INSTALL_PATH, REDIRECT_PATH];
  const installing = (url: string) => (installer ? `, installations at ${url}${INSTALL_PATH}` : "");
  return {
    doors: [{ owns: (path) => paths.includes(path), listener: guarded(receiver.requestListener) }],
    where: (url) => `Slack's requests are awaited at ${url}${ENDPOINT}${installing(url)}`,
    trouble,
    close,
  };
}
