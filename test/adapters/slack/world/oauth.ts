import { type Fields, isFields, stringOf, writeForm } from "./json.ts";
import type { Workspace } from "./workspace.ts";

interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The pages between "Add to Slack" and the app, for as many workspaces as there are. */
export interface OAuth {
  /** Without a workspace chosen, the page on which one is. */
  authorize(query: URLSearchParams): Promise<Page>;
  /** What the buttons of that page post. */
  callback(form: URLSearchParams): Promise<Page>;
  /** `learn` is told of every token that is given. Also renews those that do not last. */
  access(body: Fields, authorization: string | undefined): Promise<Fields>;
}

export interface OAuthNeeds {
  front: string;
  workspaces: Workspace[];
  /** Whether the app has registered this address. */
  mayReturnTo(address: string): boolean;
  /** Where a browser is sent when the app names no address. */
  usualReturn(): string;
  /** `used`: the token by which the emulator knows it. */
  learn(workspace: Workspace, token: string, used?: string): void;
}

const html = (status: number, body: string): Page => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: `<!doctype html><html lang="en"><title>Slack</title><body>${body}</body></html>`,
});

export function openOAuth(needs: OAuthNeeds): OAuth {
  const { front, workspaces } = needs;
  const codes = new Map<string, { workspace: Workspace; returnTo: string; wasNamed: boolean }>();
  const renewals = new Map<string, { workspace: Workspace; answer: Fields }>();
  let given = 0;
  const landing = (workspace: Workspace) => `${front}/landing/${workspace.key}`;

  async function authorize(query: URLSearchParams): Promise<Page> {
    const returnTo = query.get("redirect_uri") ?? needs.usualReturn();
    if (query.get("client_id") !== workspaces[0]?.app.clientId)
      return html(400, "Invalid client_id parameter");
    if (!needs.mayReturnTo(returnTo)) return html(400, `redirect_uri did not match: ${escaped(returnTo)}`);
    if (!query.get("scope") && !query.get("user_scope")) return html(400, "Invalid scope parameter");
    const [wanted, team] = [query.get("workspace"), query.get("team")];
    const workspace = workspaces.find(({ key, seed }) => key === wanted || seed.team === team);
    if (!workspace) return html(200, chooser(workspaces, query));
    const asked = new URLSearchParams(query);
    const there = new URL(landing(workspace));
    there.searchParams.set("to", returnTo);
    if (query.has("redirect_uri")) there.searchParams.set("named", "yes");
    asked.set("redirect_uri", there.href);
    const page = await workspace.emulator.raw(`/oauth/v2/authorize?${asked}`);
    const away = escaped(back(returnTo, { error: "access_denied", state: query.get("state") ?? "" }));
    const body = page.bytes.toString().replace("</body>", `<a href="${away}">Cancel</a></body>`);
    return { ...html(page.status, ""), body };
  }

  async function callback(form: URLSearchParams): Promise<Page> {
    const there = new URL(form.get("redirect_uri") ?? front);
    const workspace = workspaces.find((one) => landing(one) === `${there.origin}${there.pathname}`);
    if (!workspace) return html(400, "no such workspace");
    const { status, headers } = await workspace.emulator.raw("/oauth/v2/authorize/callback", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: form.toString(),
    });
    if (status !== 302) return html(status, "the emulator did not agree");
    const landed = new URL(headers.get("location") ?? "").searchParams;
    const [code = "", returnTo = ""] = [landed.get("code") ?? "", landed.get("to") ?? ""];
    codes.set(code, { workspace, returnTo, wasNamed: landed.has("named") });
    const location = back(returnTo, { code, state: landed.get("state") ?? "" });
    return { status: 302, headers: { location }, body: "" };
  }

  /** With token rotation a token ends, and comes with one that renews it once. */
  function lasting(workspace: Workspace, answer: Fields): Fields {
    const { lifetimes } = workspace.app;
    const expires_in = lifetimes[Math.min(given, lifetimes.length - 1)];
    needs.learn(workspace, stringOf(answer.access_token));
    if (expires_in === undefined) return answer;
    given += 1;
    const [access_token, refresh_token] = [
      `xoxe.xoxb-${workspace.key}-${given}`,
      `xoxe-1-${workspace.key}-${given}`,
    ];
    needs.learn(workspace, access_token, stringOf(answer.access_token));
    renewals.set(refresh_token, { workspace, answer });
    return { ...answer, access_token, refresh_token, expires_in };
  }

  function renewed(body: Fields, authorization: string | undefined): Fields {
    const one = renewals.get(stringOf(body.refresh_token));
    const [id, secret] = basic(authorization) ?? [body.client_id, body.client_secret];
    const { clientId, clientSecret } = one?.workspace.app ?? {};
    if (!one || id !== clientId || secret !== clientSecret)
      return { ok: false, error: "invalid_refresh_token" };
    renewals.delete(stringOf(body.refresh_token));
    return lasting(one.workspace, one.answer);
  }

  async function access(body: Fields, authorization: string | undefined): Promise<Fields> {
    if (body.grant_type === "refresh_token") return renewed(body, authorization);
    const code = stringOf(body.code);
    const known = codes.get(code);
    if (!known) return { ok: false, error: "invalid_code" };
    const { workspace, returnTo, wasNamed } = known;
    const named = body.redirect_uri;
    if (named === undefined ? wasNamed : named !== returnTo) return { ok: false, error: "bad_redirect_uri" };
    const [id, secret] = basic(authorization) ?? [body.client_id, body.client_secret];
    const answer = await workspace.emulator.call(
      "oauth.v2.access",
      undefined,
      writeForm({ ...body, redirect_uri: undefined, client_id: id, client_secret: secret }),
      "application/x-www-form-urlencoded",
    );
    if (answer.ok !== true) return answer;
    const user = answer.authed_user;
    if (isFields(user) && user.access_token) needs.learn(workspace, stringOf(user.access_token));
    const { org } = workspace;
    const whole = org && { team: null, enterprise: { ...org }, is_enterprise_install: true };
    return lasting(workspace, { ...answer, ...whole });
  }

  return { authorize, callback, access };
}

function back(address: string, parts: Record<string, string>): string {
  const url = new URL(address);
  for (const [key, value] of Object.entries(parts)) if (value !== "") url.searchParams.set(key, value);
  return url.href;
}

function chooser(workspaces: Workspace[], query: URLSearchParams): string {
  const links = workspaces.map(({ key, seed }) => {
    const asked = new URLSearchParams(query);
    asked.set("workspace", key);
    return `<li><a href="/oauth/v2/authorize?${escaped(asked.toString())}">${escaped(seed.name)}</a></li>`;
  });
  return `<h1>Sign in to your workspace</h1><ul>${links.join("")}</ul>`;
}

function basic(header = ""): string[] | undefined {
  const [, encoded] = /^Basic (.+)$/.exec(header) ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString().split(":");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
