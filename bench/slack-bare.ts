import { App, HTTPReceiver, LogLevel } from "@slack/bolt";

/** The least a Slack app can do: Bolt as it comes, acknowledging every command with the same words. */
const [port = "0", signingSecret = ""] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  token: "xoxb-bare",
  botId: "B1",
  botUserId: "U1",
  tokenVerificationEnabled: false,
  logLevel: LogLevel.ERROR,
});
app.command("/connector", async ({ ack }) => {
  await ack("constant");
});
await receiver.start({ port: Number(port), host: "127.0.0.1" });
process.stdout.write("ready\n");
