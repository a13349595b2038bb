import { importJWK, type JWK } from "jose";
import { z } from "zod";

/** A key that Teams signs with. */
interface Key {
  key: Awaited<ReturnType<typeof importJWK>>;
  /** The channels it is good for. */
  endorsements: string[];
}

/** The keys of Microsoft's own list. Rejects when there is none to be had; a key it does not name is undefined. */
export type Keys = (kid: string) => Promise<Key | undefined>;

/** As Microsoft asks: a list is good for a day, and one that lacks a key is asked for again, but not for every stranger's. */
const FRESH_MS = 24 * 3_600_000;
const AGAIN_MS = 60_000;
const TIMEOUT_MS = 10_000;

const Document = z.object({ jwks_uri: z.url() });
const Listed = z.object({ keys: z.array(z.unknown()) });
/** Of the kind that Teams signs with; the list may name others. */
const RsaKey = z.object({
  kty: z.literal("RSA"),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).default([]),
});

/** A list that can't be read, or be had, never takes the place of one that could. */
export function openKeys(openIdUrl: string): Keys {
  let known = new Map<string, Key>();
  let readAt = -Infinity;
  let triedAt = -Infinity;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    triedAt = performance.now();
    const { jwks_uri } = Document.parse(await json(openIdUrl));
    const { keys } = Listed.parse(await json(jwks_uri));
    const good = keys.flatMap((one) => RsaKey.safeParse(one).data ?? []);
    const pairs = good.map(async ({ kid, kty, n, e, endorsements }): Promise<[string, Key]> => {
      const jwk: JWK = { kty, n, e, alg: "RS256" };
      return [kid, { key: await importJWK(jwk), endorsements }];
    });
    if (pairs.length === 0) throw new Error("a list without keys");
    known = new Map(await Promise.all(pairs));
    readAt = performance.now();
  }

  async function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
  }

  return async (kid) => {
    const now = performance.now();
    const isWanted = !known.has(kid) || now - readAt > FRESH_MS;
    // Until there is a list nobody can be let in: it is asked for at each try, by one request for all that wait.
    if (known.size === 0) await refresh();
    else if (isWanted && (reading || now - triedAt > AGAIN_MS)) await refresh().catch(() => undefined);
    return known.get(kid);
  };
}

async function json(url: string): Promise<unknown> {
  const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.json();
}
