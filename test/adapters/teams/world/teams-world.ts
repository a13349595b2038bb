import { randomBytes } from "node:crypto";
import { type Activities, openActivities } from "./activities.ts";
import { type Driver, openDriver } from "./driver.ts";
import { type Installer, installerOf } from "./installs.ts";
import { addressOf, type Conversation, openPlaces, type PlacesOptions } from "./places.ts";
import { ORIGINAL_HOST, openServer, type Server } from "./server.ts";
import { SERVICE, type Tenant, type TenantOptions, tenantsOf } from "./tenants.ts";
import { openTokens, type Tokens } from "./tokens.ts";
import { type Call, DOCUMENTED, type Limit, openThrottle, type Trouble, type TroubleAt } from "./troubles.ts";

export { buttonsOf, inputsOf, textOf } from "./cards.ts";

/** What is signed: a request on its way to the service. */
interface Signable {
  url: string;
  headers: { set(name: string, value: string): unknown };
}

/** Microsoft's side, as a bot and people in Teams see it. */
export interface World
  extends Driver,
    Installer,
    Pick<Tokens, "token" | "rotateKeys">,
    Pick<Server, "url" | "openIdUrl" | "calls" | "keyCalls" | "until"> {
  appId: string;
  /** "28:" and the app's id. */
  botId: string;
  /** The only token the Bot Connector takes. */
  botToken: string;
  /** Stands for Entra ID: gives requests the token and sends them here instead. */
  signer: { signRequest<Request extends Signable>(request: Request): Promise<Request> };
  /** The addresses for which a token was given away, as they were before. */
  signed: string[];
  tenant(name: string, options?: TenantOptions): Tenant;
  /** Complete activities, to be altered and posted. */
  activity: Activities;
  callsTo(conversation: Conversation): Call[];
  trouble(at: TroubleAt, trouble: Trouble): void;
  forgetTrouble(): void;
  /** From here on, too many calls in a conversation are refused. */
  enforceThrottle(limits?: Limit[]): void;
  close(): Promise<void>;
}

export async function openTeamsWorld(options: PlacesOptions = {}): Promise<World> {
  const places = openPlaces(options);
  const { appId, botId } = places;
  const tokens = openTokens(appId, `${SERVICE}/emea/`, options.tokenNow ?? (() => new Date()));
  const botToken = `world.${randomBytes(24).toString("base64url")}`;
  const server = await openServer(places, tokens, botToken);
  const stopping = new AbortController();
  const driver = openDriver(tokens, server, stopping.signal);
  const activities = openActivities(places);
  const signed: string[] = [];
  const { url, openIdUrl, calls, keyCalls, until, troubles } = server;
  return {
    appId,
    botId,
    botToken,
    url,
    openIdUrl,
    calls,
    keyCalls,
    until,
    signed,
    activity: activities,
    ...driver,
    token: tokens.token,
    rotateKeys: tokens.rotateKeys,
    ...installerOf(places, activities, driver),
    tenant: tenantsOf(places, activities, driver),
    signer: {
      async signRequest(request) {
        const { host, pathname, search, href } = new URL(request.url);
        signed.push(href);
        request.headers.set("authorization", `Bearer ${botToken}`);
        request.headers.set(ORIGINAL_HOST, host);
        request.url = `${url}${pathname}${search}`;
        return request;
      },
    },
    callsTo: ({ id }) => calls.filter((call) => addressOf(call.conversation ?? "").conversation === id),
    trouble: troubles.add,
    forgetTrouble: troubles.forget,
    enforceThrottle(limits = DOCUMENTED) {
      server.throttle = openThrottle(limits);
    },
    async close() {
      stopping.abort();
      await server.close();
    },
  };
}
