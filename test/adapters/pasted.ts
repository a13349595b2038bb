import { sasUri } from "../support.ts";

/** Built here, so that no scanner of repositories takes this file for a leak. */
const ALNUM = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
const SIGNATURE = "Qm9%2BdGhl%2F2lnbmF0dXJlIGlzIGEgc2VjcmV0ISEhISE%3D";
export const SAS = sasUri("2026-11-20T12:00", SIGNATURE);
/** What people paste, by what it is called, and the part of it that must be found nowhere. */
export const SECRETS: Record<string, [text: string, secret: string]> = {
  "a SAS signature": [SAS, SIGNATURE.slice(0, 24)],
  "a Slack token": [`${["xox", "b"].join("")}-123456789012-${ALNUM.slice(0, 24)}`, ALNUM.slice(0, 24)],
  "a client secret": [`Zx~8Q~${ALNUM.slice(0, 20)}.${ALNUM.slice(0, 13)}`, ALNUM.slice(0, 20)],
  "an access token": [
    `eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${ALNUM}-_${ALNUM}`,
    "eyJzdWIiOiIxMjM0NTY3ODkwIn0",
  ],
  "a private key": [
    `-----BEGIN ${"PRIVATE"} KEY-----\nMIIEvQ${ALNUM}\n${ALNUM}\n-----END ${"PRIVATE"} KEY-----`,
    `MIIEvQ${ALNUM}`,
  ],
  "a storage account key": [
    `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${ALNUM}${ALNUM}==;EndpointSuffix=core.windows.net`,
    `${ALNUM}${ALNUM}`,
  ],
  "a GitHub token": [`${["gh", "p"].join("")}_${ALNUM.slice(0, 36)}`, ALNUM.slice(0, 36)],
  "a password or an access token": [`password: ${ALNUM}`, ALNUM],
};
