import {
  type Config,
  type ModelConfig,
  readConfig,
  readModelConfig,
  readSlackConfig,
  readTeamsConfig,
  type SlackConfig,
  type TeamsConfig,
} from "../src/index.ts";

/** All that the environment configures. */
interface Configured {
  config: Config;
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
  model: ModelConfig | undefined;
}

/**
 * What the environment configures, platforms only where they are wanted.
 *
 * @param wants of what is configured: whether platforms are to be connected
 * @returns the configuration, or every problem in one sentence each
 */
export function readConfigured(wants: (config: Config) => boolean): Configured | { problems: string[] } {
  const config = readConfig();
  const wantsPlatforms = "problems" in config || wants(config);
  const slack = wantsPlatforms ? readSlackConfig() : undefined;
  const teams = wantsPlatforms ? readTeamsConfig() : undefined;
  const model = readModelConfig();
  const problems = [config, slack, teams, model].flatMap((one) =>
    one && "problems" in one ? one.problems : [],
  );
  const isWhole =
    !("problems" in config) &&
    !(slack && "problems" in slack) &&
    !(teams && "problems" in teams) &&
    !(model && "problems" in model);
  return isWhole ? { config, slack, teams, model } : { problems };
}
