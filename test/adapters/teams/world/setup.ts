import { onTestFinished } from "vitest";
import { startFakeBot } from "./fake-bot.ts";
import { openTeamsWorld } from "./teams-world.ts";

/** Two tenants, with a team and a group in the first, and a bot that says back what it hears. */
export async function openWithBot() {
  const world = await openTeamsWorld();
  const bot = await startFakeBot(world);
  onTestFinished(async () => {
    await world.close();
    await bot.close();
  });
  const contoso = world.tenant("contoso");
  const ada = contoso.person("Ada Lovelace", { zone: "Europe/Berlin", locale: "de-DE" });
  const bob = contoso.person("Bob Ross");
  const cleo = world.tenant("fabrikam", { region: "amer" }).person("Cleo Park", { locale: "en-US" });
  const team = contoso.team("Partners");
  const channel = team.channel("Connectors");
  const group = contoso.groupChat([ada, bob], "Launch");
  return { world, bot, contoso, ada, bob, cleo, team, channel, group };
}

export function pathOf(id: string, ...rest: string[]): string {
  return ["v3/conversations", encodeURIComponent(id), "activities", ...rest].join("/");
}
