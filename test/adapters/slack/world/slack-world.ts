import { type Driver, driverOf } from "./driver.ts";
import { type Check, type Front, openFront } from "./front.ts";
import { until } from "./json.ts";
import { openTransport, type Transport } from "./transport.ts";
import { type AppSeed, openWorkspace, type WorkspaceSeed } from "./workspace.ts";

export { labelsOf, wordsOf } from "./blocks.ts";

export interface WorldOptions extends Partial<AppSeed> {
  /** More, or other, workspaces; "a" and "b" are there unless they are named. */
  workspaces?: Record<string, Partial<WorkspaceSeed>>;
  /** Finds what Slack would not take; the app is told so (`invalid_blocks`, `invalid_arguments`). */
  check?: Check;
}

/** Slack, as an app and its people see it. */
export interface World extends Pick<Transport, "connect" | "redeliver" | "send"> {
  a: Driver;
  b: Driver;
  workspace(key: string): Driver;
  front: Front;
  /** As the app is registered: its id, secrets, tokens, scopes. */
  app: AppSeed;
  /** What the app is given as SLACK_API_URL. */
  apiUrl: string;
  /** Looks again and again until there is something; fails after a deadline. */
  until: typeof until;
  close(): Promise<void>;
}

const APP: AppSeed = {
  appId: "A0CONNECT01",
  clientId: "1234567890.0987654321",
  clientSecret: "world-client-secret",
  name: "Connector Shepherd",
  command: "/connector",
  signingSecret: "world-signing-secret-0123456789ab",
  verificationToken: "world-verification-token",
  appToken: "xapp-1-A0CONNECT01-world",
  scopes: ["chat:write", "commands", "app_mentions:read", "im:history", "im:write", "users:read"],
  redirectUris: [],
  lifetimes: [],
};

const WORKSPACES: Record<string, WorkspaceSeed> = {
  a: {
    team: "T0000000A1",
    name: "Contoso",
    domain: "contoso",
    people: [
      { name: "ana", realName: "Ana Lopez" },
      { name: "ben", realName: "Ben Okafor", tz: "Europe/Berlin", locale: "de-DE" },
    ],
    channels: [{ name: "connectors" }, { name: "launch" }, { name: "secret", isPrivate: true }],
  },
  b: {
    team: "T0000000B2",
    name: "Fabrikam",
    domain: "fabrikam",
    people: [
      { name: "cleo", realName: "Cleo Park", tz: "Asia/Tokyo" },
      { name: "dan", realName: "Dan Weiss" },
    ],
    channels: [{ name: "connectors" }, { name: "launch" }],
  },
};

/** Two workspaces, unless there are more, with one app between them and a front that is all the app sees. */
export async function openSlackWorld({
  workspaces = {},
  check,
  ...given
}: WorldOptions = {}): Promise<World> {
  const app: AppSeed = { ...APP, ...given };
  const front = await openFront(app, check);
  const keys = [...new Set([...Object.keys(WORKSPACES), ...Object.keys(workspaces)])];
  const opened = await Promise.all(
    keys.map((key, at) => {
      const unknown = {
        team: `T00000${key.toUpperCase()}0${at}`,
        name: key,
        domain: key,
        people: [],
        channels: [],
      };
      const seed: WorkspaceSeed = { ...(WORKSPACES[key] ?? unknown), ...workspaces[key] };
      return openWorkspace(key, seed, app, front.url);
    }),
  );
  front.serve(opened);
  const transport = openTransport(front, app.signingSecret);
  const drivers = new Map(opened.map((one) => [one.key, driverOf(one, front, transport)]));
  function workspace(key: string): Driver {
    const driver = drivers.get(key);
    if (!driver) throw new Error(`no workspace ${key}`);
    return driver;
  }
  let isOpen = true;
  return {
    a: workspace("a"),
    b: workspace("b"),
    workspace,
    front,
    app,
    apiUrl: front.apiUrl,
    until,
    connect: transport.connect,
    redeliver: transport.redeliver,
    send: transport.send,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await front.close();
      await Promise.all(opened.map(({ emulator }) => emulator.close()));
    },
  };
}
