import { createHmac } from "node:crypto";
import { type Agent, request } from "node:http";

/** Sends a form as Slack signs it. Returns milliseconds until the end of the answer; rejects where that is no 200. */
export function postSigned(
  agent: Agent,
  url: string,
  secret: string,
  form: URLSearchParams,
): Promise<number> {
  const body = form.toString();
  const time = Math.floor(Date.now() / 1000);
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${time}:${body}`).digest("hex")}`;
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": Buffer.byteLength(body),
    "X-Slack-Request-Timestamp": time,
    "X-Slack-Signature": signature,
  };
  return new Promise((done, failed) => {
    const began = performance.now();
    const asking = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) done(performance.now() - began);
        else failed(new Error(`a command was answered with ${response.statusCode}`));
      });
    });
    asking.on("error", failed);
    asking.end(body);
  });
}

/** What oauth.v2.access answers when the app is installed in a workspace. */
export function installationOf(team: string): object {
  return {
    access_token: `xoxb-${team}`,
    token_type: "bot",
    scope: "commands",
    bot_user_id: "UBOT",
    app_id: "A1",
    team: { id: team, name: team },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: "U1" },
  };
}
