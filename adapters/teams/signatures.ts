import { type JWTPayload, jwtVerify } from "jose";
import { factsOf } from "../../src/index.ts";
import { openKeys } from "./keys.ts";
import { CHANNEL, type Letter } from "./read.ts";
import type { Answer } from "./server.ts";

const ISSUER = "https://api.botframework.com";
/** Clocks differ by so many seconds, as Microsoft allows. */
const SKEW_S = 300;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;

class KeysMissing extends Error {}

/**
 * Judges requests by Microsoft's rules for those of its Bot Connector: signed by a key of its list that is good for Teams, for
 * this bot, now, and for the address that answers go to. Tokens for emulators and for other bots are refused.
 *
 * @returns why a request must be refused; undefined: it is from Microsoft, and for us
 */
export function openSignatures({
  appId,
  openIdUrl,
}: {
  appId: string;
  openIdUrl: string;
}): (letter: Letter, authorization: string) => Promise<Answer | undefined> {
  const keys = openKeys(openIdUrl);

  async function keyFor({ kid = "" }: { kid?: string }) {
    const found = await keys(kid).catch((cause: unknown) => {
      throw new KeysMissing("no keys", { cause });
    });
    const isForTeams = found && (found.endorsements.length === 0 || found.endorsements.includes(CHANNEL));
    if (!isForTeams) throw new Error("not a key for Teams");
    return found.key;
  }

  return async ({ serviceUrl }, authorization) => {
    const [, token] = BEARER.exec(authorization) ?? [];
    if (!token) return { status: 401, why: "it is not signed" };
    try {
      const { payload } = await jwtVerify(token, keyFor, {
        algorithms: ["RS256"],
        issuer: ISSUER,
        audience: appId,
        clockTolerance: SKEW_S,
        requiredClaims: ["exp", "nbf"],
      });
      const isOurs = payload.serviceurl === serviceUrl && isOfChannel(payload);
      return isOurs ? undefined : { status: 401, why: "it is signed for something else" };
    } catch (error) {
      if (error instanceof KeysMissing)
        return { status: 503, why: `Microsoft's keys can't be had (${factsOf(error.cause).error})` };
      const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
      return { status: 401, why: `it is not signed by Microsoft for this bot${code}` };
    }
  };
}

/** Bots that speak to bots name themselves; the Bot Connector does not, and speaks to one bot alone. */
function isOfChannel({ aud, appid, azp }: JWTPayload): boolean {
  return typeof aud === "string" && appid === undefined && azp === undefined;
}
