import { createPublicKey, type JsonWebKey, verify } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { Activity } from "./activities.ts";
import { type Fields, fieldsOf, isFields, stringOf } from "./json.ts";
import type { World } from "./teams-world.ts";

/** The simplest bot that does a bit of everything; nothing of ours is in it. */
export interface FakeBot {
  heard: Activity[];
  /** What the last press is answered with. */
  pressed: { status: number; body: Fields };
  call(method: string, path: string, body?: Fields, serviceUrl?: string): Promise<Response>;
  close(): Promise<void>;
}

/** In Teams' words. */
export const CARD_TYPE = "application/vnd.microsoft.card.adaptive";

export function cardMessage(card: Fields, more: Fields = {}): Fields {
  return { type: "message", attachments: [{ contentType: CARD_TYPE, content: card }], ...more };
}

/** "nothing" is not answered; "for me" is answered to one person only; the rest is said back. */
export async function startFakeBot(world: World): Promise<FakeBot> {
  const server = createServer((request, response) => {
    // The world may be closed meanwhile, and a hostile request may be anything.
    hear(request, response).catch(() => response.destroy());
  });

  async function hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const claims = await checked(world, request.headers.authorization ?? "");
    const activity = (await json(request)) as Activity;
    if (claims?.aud !== world.appId || claims.serviceurl !== activity.serviceUrl) {
      response.writeHead(401).end();
      return;
    }
    bot.heard.push(activity);
    if (activity.type === "invoke") {
      response.writeHead(bot.pressed.status, { "content-type": "application/json" });
      response.end(JSON.stringify(bot.pressed.body));
      return;
    }
    response.writeHead(202).end();
    const { text = "" } = activity;
    if (activity.type !== "message" || text === "" || text.endsWith("nothing")) return;
    const isForOne = text.endsWith("for me");
    const path = `v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities/${activity.id}`;
    const reply = { type: "message", text: `You said ${text}`, recipient: { id: activity.from.id } };
    await bot.call("POST", path + (isForOne ? "?isTargetedActivity=true" : ""), reply, activity.serviceUrl);
  }

  const bot: FakeBot = {
    heard: [],
    pressed: { status: 200, body: {} },
    async call(method, path, body, serviceUrl = "https://smba.trafficmanager.net/emea/") {
      const headers = new Headers({ "content-type": "application/json" });
      const { url } = await world.signer.signRequest({ url: `${serviceUrl}${path}`, headers });
      return fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  world.connectTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return bot;
}

/** The claims of a token that Microsoft signed for Teams, and that is valid now. */
export async function checked(world: World, authorization: string): Promise<Fields | undefined> {
  const [head = "", claims = "", signature = ""] = authorization.replace(/^Bearer /, "").split(".");
  const { jwks_uri, issuer } = fieldsOf(await (await fetch(world.openIdUrl)).json());
  const { keys } = (await (await fetch(stringOf(jwks_uri))).json()) as { keys: (JsonWebKey & Fields)[] };
  const { kid, alg } = head === "" ? ({} as Fields) : read(head);
  const key = keys.find((one) => one.kid === kid);
  const isForTeams = Array.isArray(key?.endorsements) && key.endorsements.includes("msteams");
  if (!key || !isForTeams || alg !== "RS256") return undefined;
  const signed = Buffer.from(`${head}.${claims}`);
  const isSigned = verify(
    "RSA-SHA256",
    signed,
    createPublicKey({ key, format: "jwk" }),
    Buffer.from(signature, "base64url"),
  );
  const { iss, nbf, exp, ...more } = read(claims);
  const now = Date.now() / 1000;
  return isSigned && iss === issuer && Number(nbf) < now && now < Number(exp) ? more : undefined;
}

function read(part: string): Fields {
  const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
  return isFields(value) ? value : {};
}
