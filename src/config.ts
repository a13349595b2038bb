import { z } from "zod";

const MICROSOFT = ["MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"];
const TEAMS = [...MICROSOFT, "MicrosoftAppType", "TEAMS_TENANTS"];
const APP_TYPES = ["SingleTenant", "UserAssignedMSI", "MultiTenant"] as const;

const OAUTH = ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET"];
const SLACK = ["SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", ...OAUTH];

const safeAddress = z
  .string()
  .refine(isSafeAddress, { error: "must be an address that begins with https://", abort: true });

const SlackApi = z.object({
  // Tokens go there: in clear only to this machine.
  SLACK_API_URL: emptyIsUnset(safeAddress.default("https://slack.com/api/")),
});

const TeamsOptions = z.object({
  MicrosoftAppType: emptyIsUnset(
    z
      .string()
      .transform((given) => APP_TYPES.find((type) => type.toLowerCase() === given.trim().toLowerCase()))
      .refine((type) => type !== undefined, `must be one of ${APP_TYPES.join(", ")}`)
      .default("SingleTenant"),
  ),
  TEAMS_OPENID_URL: emptyIsUnset(
    safeAddress.default("https://login.botframework.com/v1/.well-known/openidconfiguration"),
  ),
  TEAMS_TENANTS: z
    .string()
    .default("")
    .transform((given) => given.split(/[\s,;]+/).filter((id) => id !== ""))
    .refine((ids) => ids.every(isGuid), "must be tenant ids (GUIDs) with commas between them"),
  PUBLIC_URL: emptyIsUnset(
    safeAddress.refine((url) => !/[?#@]/.test(url), "must be an address without ?, # and @").optional(),
  ),
});

const Model = z.object({
  // The key goes there, and what people ask.
  SHEPHERD_MODEL_URL: safeAddress,
  SHEPHERD_MODEL: z.string().trim().min(1, "missing beside SHEPHERD_MODEL_URL"),
  SHEPHERD_MODEL_KEY: z.string().trim().optional(),
});

const LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;

const Environment = z.object({
  DATABASE_URL: z.string().default("").transform(withoutQuotes),
  LOG_LEVEL: emptyIsUnset(z.enum(LEVELS, { error: `must be one of ${LEVELS.join(", ")}` }).default("warn")),
  PORT: emptyIsUnset(wholeNumber(0, 65_535).default(3978)),
  HOST: emptyIsUnset(z.string().default("127.0.0.1")),
  PLAYGROUND: z.string().optional(),
  REMINDERS_AT_ONCE: emptyIsUnset(wholeNumber(1, 256).default(16)),
  ALERT_URL: emptyIsUnset(
    safeAddress.refine(isOpenAddress, "must be an address without a name and a password").optional(),
  ),
});

/** How Slack reaches us, and with which credentials; `apiUrl` ends with a slash. */
export type SlackConfig = { apiUrl: string } & (
  | { way: "token"; signingSecret: string; botToken: string }
  | { way: "oauth"; signingSecret: string; clientId: string; clientSecret: string; stateSecret: string }
  | { way: "socket"; appToken: string; botToken: string }
);

/** How Teams trusts us, and we it. `openIdUrl`: where the keys are named that its requests are signed with. */
export type TeamsConfig = {
  openIdUrl: string;
  /** The only tenants that are answered; empty: all. */
  tenants: string[];
  /** Where we are reached from outside, without a slash at its end: pictures and files are fetched there. */
  publicUrl?: string;
} & (
  | { way: "anonymous" }
  | { way: "SingleTenant"; appId: string; appPassword: string; appTenantId: string }
  | { way: "MultiTenant"; appId: string; appPassword: string }
  | { way: "UserAssignedMSI"; appId: string; appTenantId: string }
);

/** A model that may choose what a question is about: an OpenAI-compatible address, such as "https://host/v1". */
export interface ModelConfig {
  url: string;
  model: string;
  key?: string;
}

/** What the environment configures, with defaults. */
export interface Config {
  /** Where everything is kept, if that is said. It may hold a password. */
  databaseUrl?: string;
  logLevel: z.infer<typeof Environment>["LOG_LEVEL"];
  /** 0 to 65535; 0 takes any that is free. */
  port: number;
  /** The address or name to listen on. */
  host: string;
  /** PLAYGROUND=1: the playground is wanted also where it would refuse to start. */
  isPlaygroundAsked: boolean;
  /** How many reminders are under way to the platforms at once: 1 to 256. */
  remindersAtOnce: number;
  /** Where the operator is told that reminders are overdue. Whoever knows it may write there: it is a secret. */
  alertUrl?: string;
}

/**
 * What the environment says of Slack. Undefined: nothing.
 *
 * @returns the configuration, or every problem in one sentence each
 */
export function readSlackConfig(
  environment: NodeJS.ProcessEnv = process.env,
): SlackConfig | { problems: string[] } | undefined {
  if (!SLACK.some((name) => isSet(environment[name]))) return undefined;
  const api = SlackApi.safeParse(environment);
  const problems = api.success ? [] : problemsOf(api.error);
  const apiUrl = (api.data?.SLACK_API_URL ?? "").replace(/\/*$/, "/");
  const isOauth = OAUTH.some((name) => isSet(environment[name]));
  const way = isSet(environment.SLACK_APP_TOKEN) ? "socket" : isOauth ? "oauth" : "token";

  function need(name: string): string {
    const value = environment[name]?.trim() ?? "";
    if (value === "") problems.push(`${name}: missing for ${WAYS[way]}`);
    return value;
  }
  function needToken(name: string, begins: string): string {
    const token = need(name);
    // Tokens say by their beginning what they are; "xoxe." begins one that is rotated, and lives twelve hours.
    const isOther = /^x(?:ox[a-z]|app)[-.]/.test(token) && !token.startsWith(begins);
    if (isOther) problems.push(`${name}: must begin with ${begins}, and begins with ${token.slice(0, 5)}`);
    return token;
  }
  function refuse(names: string[], beside: string): void {
    const present = names.filter((name) => isSet(environment[name]));
    if (present.length > 0)
      problems.push(`${present.join(", ")}: not together with ${beside}; leave one of them out`);
  }
  function read(): SlackConfig {
    if (way === "socket") {
      refuse(OAUTH, "SLACK_APP_TOKEN");
      const appToken = needToken("SLACK_APP_TOKEN", "xapp-");
      return { way, apiUrl, appToken, botToken: needToken("SLACK_BOT_TOKEN", "xoxb-") };
    }
    if (way === "oauth") refuse(["SLACK_BOT_TOKEN"], "SLACK_CLIENT_ID");
    const signingSecret = need("SLACK_SIGNING_SECRET");
    if (way === "token")
      return { way, apiUrl, signingSecret, botToken: needToken("SLACK_BOT_TOKEN", "xoxb-") };
    const [clientId = "", clientSecret = "", stateSecret = ""] = OAUTH.map(need);
    return { way, apiUrl, signingSecret, clientId, clientSecret, stateSecret };
  }
  const config = read();
  return problems.length > 0 ? { problems } : config;
}

const WAYS: Record<SlackConfig["way"], string> = {
  token: "Slack by HTTP with one bot token",
  oauth: "Slack by HTTP for many workspaces (OAuth)",
  socket: "Slack by Socket Mode",
};

/**
 * What the environment says of Teams. Undefined: nothing.
 *
 * @returns the configuration, or every problem in one sentence each
 */
export function readTeamsConfig(
  environment: NodeJS.ProcessEnv = process.env,
): TeamsConfig | { problems: string[] } | undefined {
  const { TEAMS_ALLOW_ANONYMOUS: anonymous = "" } = environment;
  const isAsked = !["", "0"].includes(anonymous) || TEAMS.some((name) => isSet(environment[name]));
  if (!isAsked) return undefined;
  if (!["", "0", "1"].includes(anonymous))
    return { problems: ["TEAMS_ALLOW_ANONYMOUS: must be 1, for requests that nobody signed, or left out"] };
  const isAnonymous = anonymous === "1";
  const options = TeamsOptions.safeParse(environment);
  const problems = options.success ? [] : problemsOf(options.error);
  const type = TeamsOptions.shape.MicrosoftAppType.safeParse(environment.MicrosoftAppType).data;
  // What is missing depends on it.
  if (!type) return { problems };
  const publicUrl = options.data?.PUBLIC_URL?.replace(/\/+$/, "");
  const all = {
    openIdUrl: options.data?.TEAMS_OPENID_URL ?? "",
    tenants: options.data?.TEAMS_TENANTS.map((id) => id.toLowerCase()) ?? [],
    ...(publicUrl && { publicUrl }),
  };

  function need(name: string): string {
    const value = environment[name]?.trim() ?? "";
    if (value === "") problems.push(`${name}: missing for Teams with MicrosoftAppType ${type}`);
    else if (name !== "MicrosoftAppPassword" && !isGuid(value)) problems.push(`${name}: must be a GUID`);
    return isGuid(value) ? value.toLowerCase() : value;
  }
  function refuse(names: string[], beside: string): void {
    const present = names.filter((name) => isSet(environment[name]));
    if (present.length > 0)
      problems.push(`${present.join(", ")}: not together with ${beside}; leave one of them out`);
  }
  function read(): TeamsConfig {
    if (isAnonymous) {
      refuse(MICROSOFT, "TEAMS_ALLOW_ANONYMOUS=1");
      return { ...all, way: "anonymous" };
    }
    const appId = need("MicrosoftAppId");
    if (type === "UserAssignedMSI") {
      refuse(["MicrosoftAppPassword"], `MicrosoftAppType ${type}`);
      return { ...all, way: type, appId, appTenantId: need("MicrosoftAppTenantId") };
    }
    const appPassword = need("MicrosoftAppPassword");
    if (type === "MultiTenant") return { ...all, way: type, appId, appPassword };
    return { ...all, way: "SingleTenant", appId, appPassword, appTenantId: need("MicrosoftAppTenantId") };
  }
  const config = read();
  return problems.length > 0 ? { problems } : config;
}

/**
 * What the environment says of a model. Undefined: nothing, and then none is asked.
 *
 * @returns the configuration, or every problem in one sentence each
 */
export function readModelConfig(
  environment: NodeJS.ProcessEnv = process.env,
): ModelConfig | { problems: string[] } | undefined {
  const { SHEPHERD_MODEL_URL = "", SHEPHERD_MODEL = "", SHEPHERD_MODEL_KEY } = environment;
  if (![SHEPHERD_MODEL_URL, SHEPHERD_MODEL, SHEPHERD_MODEL_KEY].some(isSet)) return undefined;
  const read = Model.safeParse({ SHEPHERD_MODEL_URL, SHEPHERD_MODEL, SHEPHERD_MODEL_KEY });
  if (!read.success) return { problems: problemsOf(read.error) };
  const { SHEPHERD_MODEL_URL: url, SHEPHERD_MODEL: model, SHEPHERD_MODEL_KEY: key } = read.data;
  return { url, model, ...(key && { key }) };
}

/** @returns the configuration, or every problem in one sentence each */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config | { problems: string[] } {
  const read = Environment.safeParse(environment);
  if (!read.success) return { problems: problemsOf(read.error) };
  return {
    ...(read.data.DATABASE_URL !== "" && { databaseUrl: read.data.DATABASE_URL }),
    logLevel: read.data.LOG_LEVEL,
    port: read.data.PORT,
    host: read.data.HOST,
    isPlaygroundAsked: read.data.PLAYGROUND === "1",
    remindersAtOnce: read.data.REMINDERS_AT_ONCE,
    ...(read.data.ALERT_URL !== undefined && { alertUrl: read.data.ALERT_URL }),
  };
}

/** Docker's `--env-file` keeps the quotes that a shell takes off. */
function withoutQuotes(given: string): string {
  const trimmed = given.trim();
  const [, , inner = trimmed] = /^(["'])(.*)\1$/s.exec(trimmed) ?? [];
  return inner.trim();
}

function emptyIsUnset<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema);
}

function wholeNumber(least: number, most: number) {
  const sentence = `must be a number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,5}$/, sentence)
    .transform(Number)
    .refine((number) => number >= least && number <= most, sentence);
}

function isSet(value: string | undefined): boolean {
  return (value ?? "").trim() !== "";
}

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function isGuid(id: string): boolean {
  return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(id);
}

function isSafeAddress(url: string): boolean {
  return URL.canParse(url) && /^https:|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i.test(url);
}

/** Nothing can be sent to an address that carries credentials of its own. */
function isOpenAddress(url: string): boolean {
  const { username, password } = new URL(url);
  return username === "" && password === "";
}
