import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { finished } from "./answers.ts";
import { type Fields, isFields, type Part, parsed, readBody, stringOf, writeForm } from "./json.ts";
import { membershipProblem } from "./membership.ts";
import { type OAuth, openOAuth } from "./oauth.ts";
import { openResponses, type Responses } from "./responses.ts";
import { openSockets, type Sockets } from "./sockets.ts";
import { type Call, openTroubles, type Troubles } from "./troubles.ts";
import { viewProblems } from "./view-problems.ts";
import type { AppSeed, Workspace } from "./workspace.ts";

/** What the app takes for Slack. */
export interface Front extends Pick<Troubles, "next"> {
  url: string;
  /** What the app is given as SLACK_API_URL. */
  apiUrl: string;
  /** Every call, in order. */
  calls: Call[];
  callsTo(method: string): Call[];
  /** All is well again. */
  clear(): void;
  responses: Responses;
  sockets: Sockets;
  /** What is wrong with the blocks in the body of a call, or in what is sent as one. */
  problemsOf(method: string, body: Fields): string[];
  /** From here on this token is answered with that error. */
  refuse(token: string, error: string): void;
  learn(workspace: Workspace, token: string, used?: string): void;
  tokensOf(workspace: Workspace): string[];
  /** Where the app is. */
  appUrl: string;
  serve(workspaces: Workspace[]): void;
  close(): Promise<void>;
}

type Sent = [status: number, headers: Record<string, string>, body: string | Buffer];

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const asJson = (body: unknown): Sent => [200, JSON_TYPE, JSON.stringify(body)];
const asText = (status: number, text: string): Sent => [status, { "content-type": "text/plain" }, text];

/** What is wrong with blocks, as Slack sees it; the emulator takes anything. */
export type Check = (shown: { text: string; blocks: Part[] }, method: string) => string[];

export async function openFront(app: AppSeed, check: Check = () => []): Promise<Front> {
  const troubles = openTroubles();
  const calls: Call[] = [];
  const tokens = new Map<string, { workspace: Workspace; used: string; error?: string }>();
  const stopping = new AbortController();
  let workspaces: Workspace[] = [];
  let oauth: OAuth | undefined;
  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(`the front broke: ${error.stack}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets = openSockets(server, () => url, app.appId);
  const responses = openResponses(() => url);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? "/", url);
    const raw = await buffer(request);
    const [, room = "", name = "", ...rest] = at.pathname.split("/");
    const call = noted(request, at, raw, room, name, rest);
    const trouble = call && troubles.take(call);
    if (trouble === "hang up") return void request.socket.destroy();
    if (typeof trouble === "object" && "delayMs" in trouble) {
      await setTimeout(trouble.delayMs, undefined, stopping).catch(() => undefined);
    }
    const own = typeof trouble === "object" && !("delayMs" in trouble) ? trouble : undefined;
    const [status, headers, body] = own
      ? ([own.status ?? 200, { ...JSON_TYPE, ...own.headers }, written(own.body)] satisfies Sent)
      : await answer(request, at, raw, call);
    if (call) Object.assign(call, { status, answer: typeof body === "string" ? parsed(body) : body });
    if (trouble === "lose the answer") return void request.socket.destroy();
    response.writeHead(status, headers).end(body);
  }

  function noted(
    request: IncomingMessage,
    at: URL,
    raw: Buffer,
    room: string,
    name: string,
    rest: string[],
  ): Call | undefined {
    const kind = rest[0] === "upload" ? "upload" : "download";
    const method = { api: name, respond: "response_url", w: kind }[room];
    if (method === undefined) return undefined;
    const type = request.headers["content-type"] ?? "";
    const body = {
      ...Object.fromEntries(at.searchParams),
      ...(kind === "upload" && room === "w" ? { bytes: raw.length } : readBody(raw.toString(), type)),
    };
    const { authorization = "" } = request.headers;
    const [, bearer] = /^Bearer\s+(\S+)$/i.exec(authorization) ?? [];
    const token = bearer ?? (stringOf(body.token) || undefined);
    const team = room === "respond" ? name : tokens.get(token ?? "")?.workspace.seed.team;
    const call: Call = { method, team, token, body, headers: request.headers, at: Date.now() };
    calls.push(call);
    return call;
  }

  async function answer(request: IncomingMessage, at: URL, raw: Buffer, call?: Call): Promise<Sent> {
    const [, room = "", name = "", ...rest] = at.pathname.split("/");
    const type = request.headers["content-type"] ?? "";
    if (room === "api" && call) return asJson(await called(call));
    if (room === "respond" && call) {
      if (problemsOf(call.method, call.body).length > 0) return asText(400, "invalid_blocks");
      const [status, text] = await responses.post(rest[0] ?? "", parsed(raw.toString()));
      return asText(status, text);
    }
    if (room === "w") {
      const passed = workspaces.find(({ key }) => key === name);
      return passed
        ? through(passed, request, `/${rest.join("/")}${at.search}`, raw)
        : asText(404, "no such file");
    }
    if (at.pathname === "/oauth/v2/authorize" && oauth) {
      const { status, headers, body } = await oauth.authorize(at.searchParams);
      return [status, headers, body];
    }
    if (at.pathname === "/oauth/v2/authorize/callback" && oauth && type.includes("form")) {
      const { status, headers, body } = await oauth.callback(new URLSearchParams(raw.toString()));
      return [status, headers, body];
    }
    return asText(404, `Slack has no ${at.pathname}`);
  }

  /** The answer to a call of the API. */
  async function called({ method, token, body, headers }: Call): Promise<Fields> {
    if (method === "oauth.v2.access") {
      return (await oauth?.access(body, headers.authorization)) ?? { ok: false, error: "fatal_error" };
    }
    if (method === "api.test") return { ok: true };
    if (token === undefined) return { ok: false, error: "not_authed" };
    if (method === "apps.connections.open") {
      return token === app.appToken
        ? { ok: true, url: sockets.address() }
        : { ok: false, error: "invalid_auth" };
    }
    const owner = tokens.get(token);
    if (!owner) return { ok: false, error: "invalid_auth" };
    if (owner.error) return { ok: false, error: owner.error };
    if (method === "auth.revoke") {
      owner.error = "token_revoked";
      return { ok: true, revoked: true };
    }
    return passedOn(owner.workspace, method, owner.used, body);
  }

  async function passedOn(home: Workspace, method: string, token: string, body: Fields): Promise<Fields> {
    const elsewhere =
      home.org && workspaces.find(({ seed, key }) => seed.team === body.team_id && key !== home.key);
    const [workspace, used] = elsewhere ? [elsewhere, elsewhere.hand] : [home, token];
    if (method === "views.update" && !workspace.modals.isShown(stringOf(body.view_id)) && !body.external_id) {
      return { ok: false, error: "not_found" };
    }
    const messages = problemsOf(method, body);
    if (messages.length > 0) {
      const error = method.startsWith("views.") ? "invalid_arguments" : "invalid_blocks";
      return { ok: false, error, response_metadata: { messages } };
    }
    const problem = await membershipProblem(workspace, method, body);
    if (problem) return { ok: false, error: problem };
    const signed =
      method === "chat.postMessage" ? { bot_id: workspace.bot.id, app_id: workspace.app.appId } : undefined;
    const form = "application/x-www-form-urlencoded";
    const answer = await workspace.emulator.call(method, used, writeForm({ ...body, ...signed }), form);
    return finished(workspace, method, body, answer);
  }

  function problemsOf(method: string, body: Fields): string[] {
    const { blocks } = isFields(body.view) ? body.view : body;
    return [
      ...(isFields(body.view) ? viewProblems(body.view) : []),
      ...(Array.isArray(blocks) ? check({ text: stringOf(body.text), blocks }, method) : []),
    ];
  }

  /** Uploads and downloads, as they are. */
  async function through(
    { emulator }: Workspace,
    { method = "GET", headers }: IncomingMessage,
    path: string,
    raw: Buffer,
  ): Promise<Sent> {
    const { authorization = "", "content-type": type } = headers;
    // The emulator takes an unknown token for its administrator.
    if (method === "GET" && !tokens.has(authorization.replace(/^Bearer /, "")))
      return asText(403, "not_authed");
    const passed = await emulator.raw(path, {
      method,
      headers: { authorization, ...(type && { "content-type": type }) },
      ...(method === "POST" && { body: new Uint8Array(raw) }),
    });
    const kind = passed.headers.get("content-type") ?? "application/octet-stream";
    return [passed.status, { "content-type": kind }, passed.bytes];
  }

  const learn = (workspace: Workspace, token: string, used = token) => {
    tokens.set(token, { workspace, used });
    if (/^(?:xoxe\.)?xoxb-/.test(token)) workspace.bot.token = token;
  };

  const front: Front = {
    url,
    apiUrl: `${url}/api/`,
    calls,
    responses,
    sockets,
    learn,
    next: troubles.next,
    appUrl: "",
    clear: troubles.clear,
    problemsOf,
    callsTo: (method) => calls.filter((call) => call.method === method),
    refuse(token, error) {
      const owner = tokens.get(token);
      if (owner) owner.error = error;
    },
    tokensOf: (workspace) =>
      [...tokens].flatMap(([token, owner]) => (owner.workspace === workspace ? [token] : [])),
    serve(all) {
      workspaces = all;
      for (const workspace of all) learn(workspace, workspace.bot.token);
      oauth = openOAuth({
        front: url,
        workspaces,
        learn,
        usualReturn: () => `${front.appUrl}/slack/oauth_redirect`,
        mayReturnTo: (address) =>
          app.redirectUris.some((one) => address.startsWith(one)) ||
          (front.appUrl !== "" && address.startsWith(`${front.appUrl}/`)),
      });
    },
    async close() {
      stopping.abort();
      await sockets.close();
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return front;
}

function written(body: unknown): string {
  return body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
}
