import { createHash } from "node:crypto";
import { webApi } from "@slack/bolt";
import {
  type Installation,
  type InstallationQuery,
  type InstallationStore,
  InstallProvider,
} from "@slack/oauth";
import {
  type Clock,
  type Log,
  type Meter,
  type Shelf,
  type SlackConfig,
  type Store,
  StoreError,
  type WorkspaceId,
} from "../../src/index.ts";
import { call } from "./calls.ts";
import type { HeardEvent } from "./read.ts";
import { createSeal } from "./sealed.ts";

/** What we may do in a tenant. */
export interface Connection {
  workspace: WorkspaceId;
  client: webApi.WebClient;
}

/** Who has installed us. */
export interface Installations {
  /** Asks Slack what must be known before anything is done. Rejects with `SlackFailure`. */
  learn(): Promise<void>;
  /** Undefined: not installed there, or its token was revoked. Rejects with `StoreError`. */
  connect(workspace: WorkspaceId): Promise<Connection | undefined>;
  /** Its bot token was revoked: nothing can be sent until it is installed again. */
  revoke(event: HeardEvent): Promise<void>;
  /** Whether an event is about the installation of now: a late one may be of one before. */
  isCurrent(event: HeardEvent): Promise<boolean>;
  forget(workspace: WorkspaceId): Promise<void>;
  /** Where workspaces install us themselves. */
  installer?: InstallProvider;
}

export interface InstallationNeeds {
  clientOptions: webApi.WebClientOptions;
  clock: Clock;
  log: Log;
  meter: Meter;
  store: Store;
  /** What is kept of an installation. */
  shelfOf(workspace: string): Shelf;
}

/** Of one workspace, by the token from the environment. Until Slack has said whose that is, its answers reject with `SlackFailure`. */
export function openSingle(botToken: string, needs: InstallationNeeds): Installations {
  const { log } = needs;
  const client = clientOf(botToken, needs);
  // Who asks whose the token is asks again by itself.
  const asking = clientOf(botToken, {
    ...needs,
    clientOptions: { ...needs.clientOptions, retryConfig: { retries: 0 } },
  });
  let own: Promise<string | undefined> | undefined;
  let isRevoked = false;

  async function lookUp(): Promise<string | undefined> {
    const { is_enterprise_install, enterprise_id, team_id } = await call(() => asking.auth.test());
    return is_enterprise_install ? enterprise_id : team_id;
  }
  function ownId(): Promise<string | undefined> {
    own ??= lookUp().catch((error: unknown) => {
      own = undefined;
      throw error;
    });
    return own;
  }

  return {
    learn: async () => void (await ownId()),
    connect: async (id) => (id === (await ownId()) && !isRevoked ? { workspace: id, client } : undefined),
    async revoke({ tenant }) {
      if (tenant.id !== (await ownId())) return;
      isRevoked = true;
      log.error("Slack has revoked the bot token: set a new one and start again", { workspace: tenant.id });
    },
    isCurrent: async ({ tenant }) => tenant.id === (await ownId()),
    async forget() {},
  };
}

const KEY = "installation";
const REVOKED = "revoked";
/** Another process may have stored a newer one meanwhile. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 1000;
/** Slack's tokens live twelve hours; the library renews them two hours before their end. */
const RENEWED_BEFORE_S = 2 * 3600;
const RENEWING_MS = 60_000;
/** Slack's clock may be behind ours. */
const CLOCKS_APART_S = 10;

interface Remembered {
  installation: Installation | undefined;
  connection: Connection | undefined;
  at: number;
}

type OauthConfig = Extract<SlackConfig, { way: "oauth" }>;

/** Of many workspaces and orgs, each with the token it was installed with, sealed on its shelf. */
export function openMany(config: OauthConfig, needs: InstallationNeeds): Installations {
  const { clientOptions, clock, log, store, shelfOf } = needs;
  const seal = createSeal(config.stateSecret);
  const remembered = new Map<string, Remembered>();
  const renewing = new Map<string, Promise<Installation | undefined>>();
  const finding = new Map<string, Promise<Remembered>>();

  /** What is known, and what is being looked up, may be over. */
  function unlearn(id: string): void {
    remembered.delete(id);
    finding.delete(id);
  }

  const installationStore: InstallationStore = {
    async storeInstallation(installation) {
      const id = idOf(installation.isEnterpriseInstall, installation.team?.id, installation.enterprise?.id);
      if (!id) throw new Error("the installation names neither a team nor an org");
      const kept = { ...installation, metadata: installation.metadata ?? clock.now().toISO() };
      await shelfOf(id).set(KEY, seal.close(kept, id));
      await shelfOf(id).delete(REVOKED);
      unlearn(id);
      // A renewed token keeps the time it was installed.
      if (installation.metadata === undefined) log.info("the app is installed in Slack", { workspace: id });
    },
    async fetchInstallation(query: InstallationQuery<boolean>) {
      const found = await load(idOf(query.isEnterpriseInstall, query.teamId, query.enterpriseId) ?? "");
      if (!found) throw new Error("not installed there");
      return found as Installation<"v1" | "v2", boolean>;
    },
  };
  const installer = new InstallProvider({
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    stateSecret: config.stateSecret,
    installationStore,
    authorizationUrl: authorizeUrl(config.apiUrl),
    // Straight to Slack: the library's own page has no language, no title, and a picture from elsewhere.
    directInstall: true,
    clientOptions,
    ...(clientOptions.logger && { logger: clientOptions.logger }),
  });

  async function load(id: string): Promise<Installation | undefined> {
    const shelf = shelfOf(id);
    const [sealed, revoked] = await Promise.all([shelf.get(KEY), shelf.get(REVOKED)]);
    if (typeof sealed !== "string" || revoked !== undefined) return undefined;
    return seal.open(sealed, id) as Installation;
  }

  async function find(id: WorkspaceId): Promise<Connection | undefined> {
    const known = remembered.get(id);
    const now = clock.now().toMillis();
    if (known && now - known.at < REMEMBERED_MS && !isExpiring(known.installation, now))
      return known.connection;
    const running = finding.get(id) ?? lookUp(id);
    finding.set(id, running);
    try {
      const found = await running;
      // Otherwise it was installed or revoked meanwhile.
      if (finding.get(id) === running) remembered.set(id, found);
      const oldest = remembered.size > MOST_REMEMBERED ? remembered.keys().next().value : undefined;
      if (oldest !== undefined) remembered.delete(oldest);
      return found.connection;
    } finally {
      if (finding.get(id) === running) finding.delete(id);
    }
  }

  async function lookUp(id: WorkspaceId): Promise<Remembered> {
    const at = clock.now().toMillis();
    const installation = await renewed(id, await load(id));
    const token = installation?.bot?.token;
    const connection = token === undefined ? undefined : { workspace: id, client: clientOf(token, needs) };
    return { installation, connection, at };
  }

  /** One renewal of an installation at a time: a refresh token is good for one. */
  async function renewed(id: string, found: Installation | undefined): Promise<Installation | undefined> {
    if (!found || !isExpiring(found, clock.now().toMillis())) return found;
    const running = renewing.get(id) ?? renew(id, found).finally(() => renewing.delete(id));
    renewing.set(id, running);
    return running;
  }

  async function renew(id: string, found: Installation): Promise<Installation | undefined> {
    const current = createHash("sha256")
      .update(found.bot?.refreshToken ?? "")
      .digest("hex");
    // Another process that renews this very token has claimed it; until it is done the old one is still good.
    const isOurs = await store.firstSight(`${id}/renewal-${current}`, clock.now(), RENEWING_MS);
    if (!isOurs) return (await load(id)) ?? found;
    await installer.authorize({
      teamId: found.team?.id,
      enterpriseId: found.enterprise?.id,
      isEnterpriseInstall: found.isEnterpriseInstall === true,
    } as InstallationQuery<boolean>);
    return load(id);
  }

  async function isCurrent({ tenant, at }: HeardEvent): Promise<boolean> {
    const sealed = await shelfOf(tenant.id).get(KEY);
    if (typeof sealed !== "string") return true;
    try {
      const { metadata } = seal.open(sealed, tenant.id) as Installation;
      return !(at + CLOCKS_APART_S < Date.parse(metadata ?? "") / 1000);
    } catch (error) {
      // One that can't be opened any more must not keep all the rest from being deleted.
      if (error instanceof StoreError) return true;
      throw error;
    }
  }

  return {
    installer,
    // Each workspace's token tells whose it is.
    async learn() {},
    connect: find,
    async revoke(event) {
      const { tenant } = event;
      unlearn(tenant.id);
      if ((await load(tenant.id)) === undefined || !(await isCurrent(event))) return;
      await shelfOf(tenant.id).set(REVOKED, clock.now().toISO());
      unlearn(tenant.id);
      log.warn("Slack has revoked a bot token: the app must be installed there again", {
        workspace: tenant.id,
      });
    },
    isCurrent,
    async forget(id) {
      await shelfOf(id).clear();
      unlearn(id);
    },
  };
}

function clientOf(token: string, { clientOptions, meter }: InstallationNeeds): webApi.WebClient {
  const client = new webApi.WebClient(token, clientOptions);
  client.on(webApi.WebClientEvent.RATE_LIMITED, () => meter.rateLimited("slack"));
  return client;
}

function isExpiring(installation: Installation | undefined, now: number): boolean {
  const expiresAt = installation?.bot?.refreshToken ? installation.bot.expiresAt : undefined;
  return expiresAt !== undefined && expiresAt - now / 1000 <= RENEWED_BEFORE_S;
}

function idOf(isOrg: boolean | undefined, team: string | undefined, enterprise: string | undefined) {
  return isOrg ? enterprise : team;
}

/** Beside the API, wherever that is. */
function authorizeUrl(apiUrl: string): string {
  return new URL("/oauth/v2/authorize", apiUrl).href;
}
