import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { Fields } from "./json.ts";

export const ISSUER = "https://api.botframework.com";
const HOUR = 3600;

/** "unendorsed": Microsoft publishes it too, but not for Teams. "foreign": nobody publishes it. */
type KeyName = "ours" | "foreign" | "unendorsed";

/** Anything about a token can be forged. A claim that is `undefined` is left out. */
export interface TokenOverrides {
  key?: KeyName;
  /** By default that of the key; a foreign key pretends to be ours. */
  kid?: string;
  /** HS256 is signed with the public key, as if that were a shared secret. */
  alg?: "RS256" | "none" | "HS256";
  iss?: unknown;
  aud?: unknown;
  serviceurl?: unknown;
  /** Seconds since 1970. */
  nbf?: unknown;
  iat?: unknown;
  exp?: unknown;
  [claim: string]: unknown;
}

export interface Tokens {
  token(overrides?: TokenOverrides): string;
  /** Our key has another id from here on; the old id is no longer published. */
  rotateKeys(): void;
  /** What is published. */
  keys(): { keys: Fields[] };
}

/** Making a key is slow, so a process makes each once. */
const made = new Map<KeyName, { privateKey: KeyObject; publicKey: KeyObject }>();

function keyPair(name: KeyName) {
  const known = made.get(name) ?? generateKeyPairSync("rsa", { modulusLength: 2048 });
  made.set(name, known);
  return known;
}

export function openTokens(appId: string, serviceUrl: string, now: () => Date): Tokens {
  let turn = 1;
  const kidOf = (name: KeyName) => (name === "unendorsed" ? "world-unendorsed" : `world-key-${turn}`);

  function published(name: KeyName, endorsements: string[]): Fields {
    const kid = kidOf(name);
    return { ...keyPair(name).publicKey.export({ format: "jwk" }), use: "sig", kid, x5t: kid, endorsements };
  }

  return {
    token({ key = "ours", kid = kidOf(key), alg = "RS256", ...claims } = {}) {
      const seconds = Math.floor(now().getTime() / 1000);
      const valid = { nbf: seconds - HOUR, iat: seconds - HOUR, exp: seconds + HOUR };
      const head = encoded({ alg, typ: "JWT", kid, x5t: kid });
      const signed = `${head}.${encoded({ iss: ISSUER, aud: appId, serviceurl: serviceUrl, ...valid, ...claims })}`;
      return `${signed}.${signature(signed, key, alg)}`;
    },
    rotateKeys() {
      turn += 1;
    },
    keys: () => ({ keys: [published("ours", ["msteams"]), published("unendorsed", ["webchat"])] }),
  };
}

function encoded(part: Fields): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function signature(signed: string, key: KeyName, alg: "RS256" | "none" | "HS256"): string {
  if (alg === "none") return "";
  const { privateKey, publicKey } = keyPair(key);
  if (alg === "RS256") return sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url");
  const secret = publicKey.export({ type: "spki", format: "pem" });
  return createHmac("sha256", secret).update(signed).digest("base64url");
}
