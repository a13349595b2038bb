import { z } from "zod";

/** With one of these set, a real tenant is at stake. */
const MICROSOFT = ["MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"];

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a number from 0 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be a number from 0 to 65535");

const OAUTH = ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET"];
const SLACK = ["SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", ...OAUTH];

const SlackApi = z.object({
  // Tokens go there: in clear only to this machine.
  SLACK_API_URL: emptyIsUnset(
    z
      .string()
      .refine(isSafeAddress, "must be an address that begins with https://")
      .default("https://slack.com/api/"),
  ),
});

const Environment = z.object({
  DATABASE_URL: z.string().min(1).default("sqlite:.shepherd/shepherd.db"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("warn"),
  PORT: emptyIsUnset(port.default(3978)),
  HOST: emptyIsUnset(z.string().default("127.0.0.1")),
  PLAYGROUND: z.string().optional(),
});

/** How Slack reaches us, and with which credentials; `apiUrl` ends with a slash. */
export type SlackConfig = { apiUrl: string } & (
  | { way: "token"; signingSecret: string; botToken: string }
  | { way: "oauth"; signingSecret: string; clientId: string; clientSecret: string; stateSecret: string }
  | { way: "socket"; appToken: string; botToken: string }
);

/** What the environment configures, with defaults. */
export interface Config {
  databaseUrl: string;
  logLevel: z.infer<typeof Environment>["LOG_LEVEL"];
  /** 0 to 65535; 0 takes any that is free. */
  port: number;
  /** The address or name to listen on. */
  host: string;
  /** PLAYGROUND=1: the playground is wanted also where it would refuse to start. */
  isPlaygroundAsked: boolean;
  /** Names of Microsoft's credentials that are set; never their values. */
  credentials: string[];
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

/** @returns the configuration, or every problem in one sentence each */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config | { problems: string[] } {
  const read = Environment.safeParse(environment);
  if (!read.success) return { problems: problemsOf(read.error) };
  return {
    databaseUrl: read.data.DATABASE_URL,
    logLevel: read.data.LOG_LEVEL,
    port: read.data.PORT,
    host: read.data.HOST,
    isPlaygroundAsked: read.data.PLAYGROUND === "1",
    credentials: MICROSOFT.filter((name) => isSet(environment[name])),
  };
}

function emptyIsUnset<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema);
}

function isSet(value: string | undefined): boolean {
  return (value ?? "").trim() !== "";
}

function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function isSafeAddress(url: string): boolean {
  return URL.canParse(url) && /^https:|^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i.test(url);
}
