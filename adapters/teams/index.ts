import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from "botbuilder";
import type { Assistant, Clock, Log, Messenger, Shelf, TeamsConfig, WorkspaceId } from "../../src/index.ts";
import type { Door } from "../serving.ts";
import { oneByOne } from "../turns.ts";
import type { Desk, PostNeeds } from "./desk.ts";
import { openDownloads, type Write } from "./downloads.ts";
import { openInstalls } from "./installs.ts";
import { listen } from "./listen.ts";
import { createPace } from "./pace.ts";
import { type Letter, readActivity, readLetter } from "./read.ts";
import { openMessenger } from "./send.ts";
import { type Answer, ENDPOINT, listenerOf } from "./server.ts";
import { openService, type Signer } from "./service.ts";
import { isTrusted } from "./trust.ts";

export interface TeamsNeeds {
  config: TeamsConfig;
  clock: Clock;
  log: Log;
  write: Write;
  shelf(namespace: string): Shelf;
  /** Puts our token on what we send; Entra ID's by default. */
  signer?: Signer;
}

/** Teams, connected. */
interface Teams {
  /** Where its requests come in. */
  door: Door;
  /** Finishes what was begun. */
  close(): Promise<void>;
}

/** In two steps, because the assistant needs the messenger, and answering needs the assistant. */
export interface TeamsReady {
  messenger: Messenger;
  /** Deletes what is kept of a tenant's people and conversations; it stays installed. */
  forgetAlso(workspace: WorkspaceId): Promise<void>;
  start(assistant: Assistant): Teams;
}

export function openTeams(needs: TeamsNeeds): TeamsReady {
  const { config, clock, log, write, shelf } = needs;
  const isAnonymous = config.way === "anonymous";
  const shelfOf = (workspace: WorkspaceId) => shelf(`teams:${workspace}`);
  const filesOf = (workspace: string) => shelf(`teams-files:${workspace}`);
  const installs = openInstalls((workspace) => shelf(`teams-installs:${workspace}`));
  const pace = createPace();
  const entra = openEntra(config, log);
  const service = openService({ signer: needs.signer ?? entra.signer, pace, isAnonymous });
  const downloads = openDownloads({ publicUrl: config.publicUrl, write, log, shelfOf: filesOf });
  const posting: PostNeeds = { service, downloads, log, shelfOf };
  const isServed = (tenant: string) => config.tenants.length === 0 || config.tenants.includes(tenant);
  return {
    messenger: openMessenger({ ...posting, pace, isServed }),
    async forgetAlso(workspace) {
      await shelfOf(workspace).clear();
      await filesOf(workspace).clear();
    },
    start(assistant) {
      const desk: Desk = { ...posting, assistant, clock, pressing: oneByOne() };
      const listening = listen(desk, installs);

      async function receive(body: unknown, authorization: string): Promise<Answer> {
        const letter = readLetter(body);
        if (!letter) return { status: 401 };
        const refused = await entra.refusalOf(letter, authorization);
        if (refused) return { status: refused };
        if (!isTrusted(letter.serviceUrl, isAnonymous)) return { status: 403 };
        const heard = readActivity(body);
        if (heard === "unreadable") return { status: 400 };
        if (heard === "ignored") return { status: 200 };
        if (heard === "unknown") return { status: 501 };
        if (heard === "other-tenants" || !isServed(heard.tenant)) return { status: 403 };
        return listening.hear(heard);
      }

      const listener = listenerOf(receive, log);
      return {
        door: {
          owns: (path) => path === ENDPOINT || downloads.owns(path),
          listener: (request, response) =>
            downloads.owns(request.url ?? "")
              ? downloads.listener(request, response)
              : listener(request, response),
        },
        close: listening.settled,
      };
    },
  };
}

/** Who vouches for Teams to us, and for us to Teams. */
interface Entra {
  /** The status with which a request must be refused; undefined: it comes from Microsoft, and is for us. */
  refusalOf(letter: Letter, authorization: string): Promise<401 | 503 | undefined>;
  signer: Signer;
}

const SCOPE = "https://api.botframework.com";
const ISSUER = "https://api.botframework.com";
const LOGIN = "https://login.microsoftonline.com/botframework.com";
/** The SDK itself would wait for as long as it takes. */
const TIMEOUT_MS = 10_000;

/** Nobody is asked: requests come from this machine, and go to it. */
const ANONYMOUS: Entra = {
  refusalOf: async () => undefined,
  signer: { signRequest: async () => undefined },
};

function openEntra(config: TeamsConfig, log: Log): Entra {
  if (config.way === "anonymous") return ANONYMOUS;
  const credentials = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppType: config.way,
    MicrosoftAppId: config.appId,
    ...("appPassword" in config && { MicrosoftAppPassword: config.appPassword }),
    ...("appTenantId" in config && { MicrosoftAppTenantId: config.appTenantId }),
  });
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      ToChannelFromBotLoginUrl: LOGIN,
      ToChannelFromBotOAuthScope: SCOPE,
      ToBotFromChannelTokenIssuer: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: config.openIdUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: config.openIdUrl,
      OAuthUrl: SCOPE,
    },
    credentials,
    {
      requiredEndorsements: [],
      // The SDK takes tokens of emulators and of other bots too, and does not look at their service's address.
      async validateClaims(claims) {
        if (!claims.some(({ type, value }) => type === "iss" && value === ISSUER))
          throw new Error("not of Teams");
      },
    },
  );
  return {
    async refusalOf({ channelId, serviceUrl }, authorization) {
      try {
        // It looks at these two only.
        const activity = { channelId, serviceUrl } as Parameters<
          typeof authentication.authenticateRequest
        >[0];
        await withinTime(authentication.authenticateRequest(activity, authorization));
        return undefined;
      } catch (error) {
        const isDown = isUnreachable(error);
        const why = error instanceof Error ? error.name : typeof error;
        if (isDown)
          log.error("the keys that Teams signs with can't be had: no request can be checked", { why });
        else log.warn("a request was refused: it is not signed for this bot", { why });
        return isDown ? 503 : 401;
      }
    },
    signer: {
      async signRequest(request) {
        const own = await credentials.createCredentials(config.appId, SCOPE, LOGIN, true);
        // It sets a header, and looks at nothing else.
        await withinTime(own.signRequest(request as unknown as Parameters<typeof own.signRequest>[0]));
      },
    },
  };
}

/** Microsoft's list of keys did not come, or was none. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if ("statusCode" in error) return error.statusCode === 500;
  return ["FetchError", "SyntaxError", "TimeoutError", "TypeError"].includes(error.name);
}

async function withinTime<Result>(work: Promise<Result>): Promise<Result> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
  try {
    return await Promise.race([
      work,
      new Promise<never>((_, failed) => {
        late.signal.addEventListener("abort", () => failed(new DOMException("too late", "TimeoutError")));
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
