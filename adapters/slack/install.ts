import type { IncomingMessage, ServerResponse } from "node:http";
import type { InstallProvider } from "@slack/oauth";
import type { Log } from "../../src/index.ts";
import { noteFailure } from "./calls.ts";
import { SCOPES } from "./scopes.ts";

export const INSTALL_PATH = "/slack/install";
export const REDIRECT_PATH = "/slack/oauth_redirect";

interface Route {
  path: string;
  method: "GET";
  handler(request: IncomingMessage, response: ServerResponse): void;
}

/** The pages on which someone installs the app in their workspace, or org. */
export function installRoutes(installer: InstallProvider, log: Log): Route[] {
  return [
    {
      path: INSTALL_PATH,
      method: "GET",
      handler(request, response) {
        response.setHeader("Cache-Control", "no-store");
        installer
          .handleInstallPath(request, response, {}, { scopes: SCOPES, redirectUri: redirectOf(request) })
          .catch((error: unknown) => {
            noteFailure(log, "the install page failed", error);
            showPage(response, 500, "This did not work", "Try again in a minute.");
          });
      },
    },
    {
      path: REDIRECT_PATH,
      method: "GET",
      handler(request, response) {
        void installer.handleCallback(request, response, {
          success(installation, _options, _request, page) {
            const name = installation.team?.name ?? installation.enterprise?.name ?? "your workspace";
            const next = "In Slack, say /connector help, or open Connector Shepherd under Apps.";
            showPage(page, 200, `Connector Shepherd is installed in ${name}`, next);
          },
          failure(error, _options, _request, page) {
            noteFailure(log, "an installation in Slack did not succeed", error);
            const again = "Nothing was installed. Begin again, in the same browser and within ten minutes.";
            showPage(page, 400, "The installation did not succeed", again, INSTALL_PATH);
          },
        });
      },
    },
  ];
}

/** Where Slack sends the browser back to: the address by which it came here. Slack takes only those the app has named. */
function redirectOf({ headers }: IncomingMessage): string {
  const host = headers.host ?? "localhost";
  const isHere = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host);
  const forwarded = `${headers["x-forwarded-proto"] ?? ""}`.split(",")[0]?.trim();
  const scheme = forwarded === "http" || forwarded === "https" ? forwarded : isHere ? "http" : "https";
  return `${scheme}://${host}${REDIRECT_PATH}`;
}

const STYLE =
  "body{font:16px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:34rem;padding:0 1.5rem;color:#1d1c1d;background:#fff}h1{font-size:1.5rem;line-height:1.25}a{color:#1264a3}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#6cb8f0}}";

function showPage(
  response: ServerResponse,
  status: number,
  title: string,
  text: string,
  link?: string,
): void {
  response
    .writeHead(status, {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
    })
    .end(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p>${link ? `<p><a href="${link}">Begin again</a></p>` : ""}</main></html>`,
    );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
