import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, type Installation, type Logger, LogLevel, SocketModeReceiver } from "@slack/bolt";
import type { World } from "./slack-world.ts";

/** The simplest app that does a bit of everything; nothing of ours is in it. */
export interface BareApp {
  url: string;
  installed: Map<string, Installation>;
  close(): Promise<void>;
}

const words = (text: string) => ({ type: "plain_text" as const, text });

const button = (text: string, action_id: string) => ({
  type: "actions" as const,
  elements: [{ type: "button" as const, action_id, text: words(text), value: "one" }],
});

const FORM = {
  type: "modal" as const,
  callback_id: "form",
  title: words("A form"),
  submit: words("Save"),
  private_metadata: "kept",
  blocks: [
    {
      type: "input" as const,
      block_id: "name",
      label: words("Name"),
      element: { type: "plain_text_input" as const, action_id: "typed", max_length: 10 },
    },
    {
      type: "input" as const,
      block_id: "stage",
      label: words("Stage"),
      element: {
        type: "static_select" as const,
        action_id: "picked",
        options: ["Draft", "Preview"].map((one) => ({ text: words(one), value: one.toLowerCase() })),
      },
    },
  ],
};

const QUIET: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

function listen(app: App): void {
  app.command("/connector", async ({ ack, respond, command }) => {
    await ack();
    await respond({ text: `${command.text}!`, blocks: [button("Open", "open")] });
  });
  app.event("app_mention", async ({ event, say }) => {
    await say({ text: `You said ${event.text}`, thread_ts: event.ts, blocks: [button("Open", "open")] });
  });
  app.message(async ({ message, say }) => {
    if (message.subtype === undefined) await say(`Here: ${message.text}`);
  });
  app.action("open", async ({ ack, body, client, respond }) => {
    await ack();
    const trigger_id = "trigger_id" in body ? body.trigger_id : "";
    await client.views.open({ trigger_id, view: FORM });
    if ("response_url" in body) await respond({ text: "opened", replace_original: true });
  });
  app.view("form", async ({ ack, view }) => {
    const name = view.state.values.name?.typed?.value;
    if (name === "bad") return ack({ response_action: "errors", errors: { name: "Not that one" } });
    const done = { ...FORM, title: words("Done"), submit: undefined, blocks: [] };
    return name === "more" ? ack({ response_action: "update", view: done }) : ack();
  });
  app.event("app_home_opened", async ({ event, client }) => {
    const { user_id = "", blocks } = { user_id: event.user, blocks: [button("Open", "open")] };
    await client.views.publish({ user_id, view: { type: "home", blocks } });
  });
}

export async function startBareApp(world: World): Promise<BareApp> {
  const { app: seed, apiUrl, front } = world;
  const installed = new Map<string, Installation>();
  const clientOptions = { slackApiUrl: apiUrl };
  const receiver = new HTTPReceiver({
    signingSecret: seed.signingSecret,
    clientId: seed.clientId,
    clientSecret: seed.clientSecret,
    stateSecret: "state",
    scopes: seed.scopes,
    logger: QUIET,
    installationStore: {
      async storeInstallation(one) {
        installed.set(one.team?.id ?? one.enterprise?.id ?? "", one as Installation);
      },
      async fetchInstallation({ teamId = "", enterpriseId = "", isEnterpriseInstall }) {
        const one = installed.get(isEnterpriseInstall ? enterpriseId : teamId);
        if (!one) throw new Error("not installed");
        return one;
      },
    },
    installerOptions: { clientOptions, authorizationUrl: `${front.url}/oauth/v2/authorize` },
  });
  const app = new App({ receiver, clientOptions, logger: QUIET });
  listen(app);
  const server = await receiver.start({ port: 0, host: "127.0.0.1" });
  return {
    installed,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = receiver.stop();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The same over a socket, with the token of one workspace. */
export async function startSocketApp({ app: seed, apiUrl, a }: World): Promise<() => Promise<void>> {
  const clientOptions = { slackApiUrl: apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: seed.appToken,
    logger: QUIET,
    installerOptions: { clientOptions },
  });
  const app = new App({ receiver, token: a.bot.token, clientOptions, logger: QUIET });
  listen(app);
  await app.start();
  return async () => {
    await app.stop();
  };
}
