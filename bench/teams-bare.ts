import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
  TeamsActivityHandler,
} from "botbuilder";
import express from "express";
import { APP_ID, signerTo, tellUse } from "./teams-peer.ts";

/** The least a Teams bot can do: botbuilder as it comes, answering everything with the same words. */
class Echo extends TeamsActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(MessageFactory.text("constant"));
      await next();
    });
  }

  override async onAdaptiveCardInvoke(context: Parameters<TeamsActivityHandler["run"]>[0]) {
    await context.sendActivity(MessageFactory.text("constant"));
    // Its type wants a card here, where Teams takes a string.
    const value = "constant" as unknown as Record<string, unknown>;
    return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value };
  }
}

const [port = "0", peerUrl = "", openIdUrl = ""] = process.argv.slice(2);
const authentication = new ConfigurationBotFrameworkAuthentication(
  {
    ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
    ToChannelFromBotOAuthScope: "https://api.botframework.com",
    ToBotFromChannelTokenIssuer: "https://api.botframework.com",
    ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
    OAuthUrl: "https://api.botframework.com",
  },
  {
    isValidAppId: async (id) => id === APP_ID,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => signerTo(peerUrl),
  },
);
tellUse();
const adapter = new CloudAdapter(authentication);
const bot = new Echo();
const app = express();
app.use(express.json());
app.post("/api/messages", (request, response) =>
  adapter.process(request, response, (context) => bot.run(context)),
);
app.listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
