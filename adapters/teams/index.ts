import { once } from "node:events";
import { ConfigurationServiceClientCredentialFactory } from "botbuilder";
import type {
  Assistant,
  Clock,
  Log,
  Messenger,
  Meter,
  Shelf,
  TeamsConfig,
  Turnstile,
  WorkspaceId,
} from "../../src/index.ts";
import type { InFlight } from "../in-flight.ts";
import { createPace } from "../pace.ts";
import type { Door } from "../serving.ts";
import { createTurns, oneByOne } from "../turns.ts";
import type { Desk, PostNeeds } from "./desk.ts";
import { openDownloads, type Write } from "./downloads.ts";
import { openInstalls } from "./installs.ts";
import { listen } from "./listen.ts";
import { readActivity, readLetter } from "./read.ts";
import { openMessenger } from "./send.ts";
import { type Answer, ENDPOINT, listenerOf } from "./server.ts";
import { openService, type Signer } from "./service.ts";
import { openSignatures } from "./signatures.ts";
import { isTrusted } from "./trust.ts";

export interface TeamsNeeds {
  config: TeamsConfig;
  clock: Clock;
  log: Log;
  meter: Meter;
  turnstile: Turnstile;
  /** How many reminders are sent at once. */
  inFlight: InFlight;
  write: Write;
  shelf(namespace: string): Shelf;
  /** Puts our token on what we send; Entra ID's by default. */
  signer?: Signer;
}

/** Teams, connected. */
interface Teams {
  /** Where its requests come in. */
  doors: Door[];
  /** That place, in words. */
  where(url: string): string;
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
  const { config, clock, inFlight, log, meter, turnstile, write, shelf } = needs;
  const isAnonymous = config.way === "anonymous";
  const shelfOf = (workspace: WorkspaceId) => shelf(`teams:${workspace}`);
  const filesOf = (workspace: string) => shelf(`teams-files:${workspace}`);
  const installs = openInstalls((workspace) => shelf(`teams-installs:${workspace}`));
  const pace = createPace({ turnstile, clock });
  const signer = needs.signer ?? (isAnonymous ? ANONYMOUS : entraSigner(config, log));
  const refusalOf = isAnonymous ? undefined : openSignatures(config);
  const service = openService({ signer, pace, inFlight, meter, isAnonymous });
  const downloads = openDownloads({ publicUrl: config.publicUrl, write, log, shelfOf: filesOf });
  const lastingOf = (workspace: WorkspaceId) => shelf(`teams-channels:${workspace}`);
  const posting: PostNeeds = { service, downloads, log, clock, shelfOf, lastingOf };
  const isServed = (tenant: string) => config.tenants.length === 0 || config.tenants.includes(tenant);
  return {
    messenger: openMessenger({ ...posting, pace, isServed }),
    async forgetAlso(workspace) {
      await shelfOf(workspace).clear();
      await filesOf(workspace).clear();
    },
    start(assistant) {
      const turns = createTurns();
      const desk: Desk = {
        ...posting,
        assistant,
        turns,
        pressing: oneByOne(),
        redrawing: oneByOne(),
      };
      const listening = listen(desk, installs);
      // A wrong password is told when we start, and not when the first answer is due. Before a stand-in nobody gives tokens.
      if (!needs.signer && config.openIdUrl.startsWith("https:"))
        void signer.signRequest({ url: "", headers: new Headers() }).catch(() => undefined);

      async function receive(body: unknown, authorization: string): Promise<Answer> {
        const letter = readLetter(body);
        if (!letter) return { status: isAnonymous ? 400 : 401, why: "it is not of Teams" };
        const refused = await refusalOf?.(letter, authorization);
        if (refused) return refused;
        if (!isTrusted(letter.serviceUrl, isAnonymous))
          return { status: 403, why: "answers may not go to the address of its service" };
        const heard = readActivity(body);
        if (heard === "unreadable") return { status: 400, why: "it can't be read" };
        if (heard === "ignored") return { status: 200 };
        if (heard === "unknown") return { status: 501, why: "it is of a kind that is not known" };
        if (heard === "other-tenants") return { status: 403, why: "it names two tenants" };
        const { tenant: workspace } = heard;
        if (!isServed(workspace))
          return { status: 403, why: "the tenant is not among TEAMS_TENANTS", workspace };
        return listening.hear(heard);
      }

      const listener = listenerOf({ receive, isAnonymous, log });
      return {
        doors: [{ owns: (path) => path === ENDPOINT, listener }, downloads],
        where: (url) => `Teams' requests are awaited at ${url}${ENDPOINT}${isAnonymous ? UNSIGNED : ""}`,
        close: turns.settled,
      };
    },
  };
}

const UNSIGNED = ", unsigned, from this machine only";
const SCOPE = "https://api.botframework.com";
const LOGIN = "https://login.microsoftonline.com/botframework.com";
/** The SDK itself would wait for as long as it takes. */
const TIMEOUT_MS = 10_000;

/** Nobody is asked: requests come from this machine, and go to it. */
const ANONYMOUS: Signer = { signRequest: async () => undefined };

/** Our token, from Entra ID or of the machine's own identity. */
function entraSigner(config: Exclude<TeamsConfig, { way: "anonymous" }>, log: Log): Signer {
  const credentials = new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppType: config.way,
    MicrosoftAppId: config.appId,
    ...("appPassword" in config && { MicrosoftAppPassword: config.appPassword }),
    ...("appTenantId" in config && { MicrosoftAppTenantId: config.appTenantId }),
  });
  let own: ReturnType<typeof credentials.createCredentials> | undefined;
  return {
    async signRequest(request) {
      try {
        own ??= credentials.createCredentials(config.appId, SCOPE, LOGIN, true);
        const signing = await own;
        // It sets a header, and looks at nothing else.
        const resource = request as unknown as Parameters<typeof signing.signRequest>[0];
        await withinTime(signing.signRequest(resource));
      } catch (error) {
        own = undefined;
        log.error("there is no token for MicrosoftAppId: nothing can be sent", { why: reasonOf(error) });
        throw error;
      }
    },
  };
}

/** Entra ID's number of an error, such as AADSTS7000215 for a wrong password; its texts may hold what nobody should read. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const [number] = /AADSTS\d+/.exec(error.message) ?? [];
  const code = "errorCode" in error ? error.errorCode : "code" in error ? error.code : undefined;
  return number ?? (typeof code === "string" && /^[\w-]{1,60}$/.test(code) ? code : error.name);
}

async function withinTime(work: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
  try {
    await Promise.race([work, once(late.signal, "abort").then(() => Promise.reject(new Error("too late")))]);
  } finally {
    clearTimeout(timer);
  }
}
