import type { Front } from "./front.ts";
import { unescaped } from "./oauth.ts";
import type { Workspace } from "./workspace.ts";

export interface Installing {
  /** The person presses "Cancel". */
  deny?: boolean;
  /** The cookies sent to the app at the end, instead of those it gave. */
  cookie?: string;
  /** Changes where the browser is sent back to: another state, another code. */
  tamper?: (url: URL) => void;
  path?: string;
}

export interface Installed {
  /** The last page of the app's. */
  status: number;
  text: string;
  headers: Headers;
  /** Where the browser came back to; asking for it once more is a replay. */
  url: string;
  cookie: string;
  /** What the app asked Slack for: client_id, scope, state, redirect_uri. */
  asked: URLSearchParams;
}

/** A browser's way through the installation, as that person of that workspace. */
export async function install(
  front: Front,
  workspace: Workspace,
  user: string,
  how: Installing = {},
): Promise<Installed> {
  const start = await fetch(`${front.appUrl}${how.path ?? "/slack/install"}`, { redirect: "manual" });
  const cookie =
    how.cookie ??
    start.headers
      .getSetCookie()
      .map((one) => one.split(";", 1)[0])
      .join("; ");
  const page = await start.text();
  const [, linked = ""] = /href="([^"]*\/oauth\/v2\/authorize[^"]*)"/.exec(page) ?? [];
  const link = start.headers.get("location") ?? unescaped(linked);
  if (!link.includes("/oauth/v2/authorize")) throw new Error(`no way to Slack: ${start.status} ${page}`);
  const asked = new URL(link).searchParams;
  const query = new URLSearchParams(asked);
  query.set("workspace", workspace.key);
  const consent = await fetch(`${front.url}/oauth/v2/authorize?${query}`, { redirect: "manual" });
  const shown = await consent.text();
  if (consent.status !== 200) throw new Error(`Slack refused: ${consent.status} ${shown}`);
  const back = how.deny ? cancelled(shown) : await agreed(front, shown, workspace.userId(user));
  const url = new URL(back);
  how.tamper?.(url);
  const last = await fetch(url, { headers: cookie === "" ? {} : { cookie }, redirect: "manual" });
  return {
    status: last.status,
    headers: last.headers,
    text: await last.text(),
    url: url.href,
    cookie,
    asked,
  };
}

function cancelled(page: string): string {
  const [, link = ""] = /<a href="([^"]*)">Cancel</.exec(page) ?? [];
  return unescaped(link);
}

async function agreed(front: Front, page: string, user: string): Promise<string> {
  const form = page.split("<form").find((one) => one.includes(`value="${user}"`));
  if (!form) throw new Error(`${user} is not offered: ${page}`);
  const fields = new URLSearchParams();
  for (const [, name = "", value = ""] of form.matchAll(/name="([^"]*)" value="([^"]*)"/g)) {
    fields.append(name, unescaped(value));
  }
  const agreed = await fetch(`${front.url}/oauth/v2/authorize/callback`, {
    method: "POST",
    body: fields,
    redirect: "manual",
  });
  const location = agreed.headers.get("location");
  if (!location) throw new Error(`Slack refused: ${agreed.status} ${await agreed.text()}`);
  return location;
}
