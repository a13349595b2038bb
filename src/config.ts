import { z } from "zod";

const Environment = z.object({
  DATABASE_URL: z.string().min(1).default("sqlite:.shepherd/shepherd.db"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("warn"),
});

/** What the environment configures, with defaults. */
export interface Config {
  databaseUrl: string;
  logLevel: z.infer<typeof Environment>["LOG_LEVEL"];
}

/** @returns the configuration, or every problem in one sentence each */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config | { problems: string[] } {
  const read = Environment.safeParse(environment);
  if (!read.success) {
    return { problems: read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) };
  }
  return { databaseUrl: read.data.DATABASE_URL, logLevel: read.data.LOG_LEVEL };
}
