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
 * What the environment configures; the terminal and the playground want no platform.
 *
 * @returns the configuration, or every problem in one sentence each
 */
export function readConfigured(isChat: boolean): Configured | { problems: string[] } {
  const config = readConfig();
  const wantsPlatforms = !isChat && ("problems" in config || !config.isPlaygroundAsked);
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
