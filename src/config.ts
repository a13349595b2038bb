import { z } from "zod";

/** With one of these set, a real workspace is at stake. */
const CREDENTIALS = [
  "SLACK_SIGNING_SECRET",
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
  "SLACK_STATE_SECRET",
  "MicrosoftAppId",
  "MicrosoftAppPassword",
  "MicrosoftAppTenantId",
];

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a number from 0 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be a number from 0 to 65535");

const Environment = z.object({
  DATABASE_URL: z.string().min(1).default("sqlite:.shepherd/shepherd.db"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("warn"),
  PORT: emptyIsUnset(port.default(3978)),
  HOST: emptyIsUnset(z.string().default("127.0.0.1")),
  PLAYGROUND: z.string().optional(),
});

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
  /** Names of the platforms' credentials that are set; never their values. */
  credentials: string[];
}

/** @returns the configuration, or every problem in one sentence each */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config | { problems: string[] } {
  const read = Environment.safeParse(environment);
  if (!read.success) {
    return { problems: read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) };
  }
  return {
    databaseUrl: read.data.DATABASE_URL,
    logLevel: read.data.LOG_LEVEL,
    port: read.data.PORT,
    host: read.data.HOST,
    isPlaygroundAsked: read.data.PLAYGROUND === "1",
    credentials: CREDENTIALS.filter((name) => (environment[name] ?? "") !== ""),
  };
}

function emptyIsUnset<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema);
}
