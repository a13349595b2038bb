import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SecretKind, withoutSecrets } from "../src/secrets.ts";
import names from "./fixtures/connector-names.json" with { type: "json" };

/** Built here, so that no scanner of repositories takes this file for a leak. */
const B64 = "Qm9+dGhl/2lnbmF0dXJlIGlzIGEgc2VjcmV0ISEhISE=";
const ENCODED = encodeURIComponent(B64);
const ALNUM = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
const SLACK = `${["xox", "b"].join("")}-123456789012-1234567890123-${ALNUM.slice(0, 24)}`;
const APP = `xapp-1-A0123456789-1234567890123-${"0f".repeat(32)}`;
const ENTRA = `Zx~8Q~${ALNUM.slice(0, 20)}.${ALNUM.slice(0, 13)}`;
const JWT = `eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${ALNUM}-_${ALNUM}`;
const JWE = `eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.${ALNUM}.aXYtaXYtaXYt.${ALNUM}.dGFnLXRhZw`;
const GITHUB = `${["gh", "p"].join("")}_${ALNUM.slice(0, 36)}`;
const PAT = `github_pat_${ALNUM.slice(0, 22)}_${ALNUM.slice(0, 39)}`;
const KEY = `${"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"}/K1SZFPTOtr/KBHBeksoGMGw==`;
const BODY = `${ALNUM}+/${ALNUM}`;
const STORE = "https://contoso.blob.core.windows.net/packages/connector.zip";

/** [what, text, kind, the secret in it, what must still be there] */
const LEAKS: [what: string, text: string, kind: SecretKind, secret: string, kept: string][] = [
  ["a bearer token", `rename Tango to Bearer ${ALNUM}`, "password", ALNUM, "rename Tango to Bearer "],
  ["a password by name", "freeze add password: hunter2hunter2", "password", "hunter2hunter2", "password: "],
  [
    "a token in a link's query",
    `done Acme support-document https://acme.com/help?id=3&token=${ALNUM}`,
    "password",
    ALNUM,
    "https://acme.com/help?id=3&token=",
  ],
  [
    "a password before a link's host",
    `GCC=https://user:${ALNUM}@acme.com/api`,
    "password",
    ALNUM,
    "@acme.com/api",
  ],
  [
    "a SAS link",
    `${STORE}?sp=r&se=2026-12-01T08:00:00Z&sv=2022-11-02&sr=b&sig=${ENCODED}`,
    "sas",
    ENCODED,
    `${STORE}?sp=r&se=2026-12-01T08:00:00Z&sv=2022-11-02&sr=b&sig=`,
  ],
  [
    "a signature that comes first",
    `${STORE}?sig=${ENCODED}&se=2026-12-01&sp=r`,
    "sas",
    ENCODED,
    "&se=2026-12-01&sp=r",
  ],
  [
    "a signature in the middle",
    `see ${STORE}?sv=2022&sig=${ENCODED}&se=2026-12-01, thanks`,
    "sas",
    ENCODED,
    "&se=2026-12-01, thanks",
  ],
  ["a decoded signature", `${STORE}?sig=${B64}&se=2026-12-01`, "sas", B64, "&se=2026-12-01"],
  [
    "a signature whose plus became a space",
    `${STORE}?sig=${B64.replaceAll("+", " ")}&se=2026`,
    "sas",
    B64.replaceAll("+", " "),
    "&se=2026",
  ],
  [
    "a SAS link inside a link",
    `https://x.example/?to=${encodeURIComponent(`${STORE}?sig=${ENCODED}&se=2026-12-01`)}`,
    "sas",
    encodeURIComponent(ENCODED),
    "%26se%3D2026-12-01",
  ],
  [
    "one encoded twice",
    encodeURIComponent(encodeURIComponent(`${STORE}?sp=r&sig=${ENCODED}&se=2026-12-01`)),
    "sas",
    encodeURIComponent(encodeURIComponent(ENCODED)),
    "%2526se%253D2026-12-01",
  ],
  [
    "one as Slack sends it",
    `<${STORE}?sp=r&amp;sig=${ENCODED}&amp;se=2026-12-01|package>`,
    "sas",
    ENCODED,
    "&amp;se=2026-12-01|package>",
  ],
  ["one in JSON", JSON.stringify({ uri: `${STORE}?sig=${ENCODED}` }), "sas", ENCODED, '"}'],
  ["a parameter alone", `it says sig=${ENCODED} at the end`, "sas", ENCODED, " at the end"],
  ["upper case", `${STORE}?SE=2026&SIG=${ENCODED}`, "sas", ENCODED, "?SE=2026&SIG="],
  ["a cut signature", `${STORE}?se=2026&sig=Qm9dGhl2`, "sas", "Qm9dGhl2", "?se=2026&sig="],
  [
    "a connection string with a SAS",
    `SharedAccessSignature=sig=${ENCODED}&se=1&sr=x`,
    "sas",
    ENCODED,
    "&se=1&sr=x",
  ],
  [
    "a flow's trigger",
    `https://prod-1.westus.logic.azure.com/workflows/1/triggers/manual/paths/invoke?api-version=1&sv=1.0&sig=${ALNUM}_-9`,
    "sas",
    `${ALNUM}_-9`,
    "api-version=1&sv=1.0&sig=",
  ],
  ["a bot token", `the token is ${SLACK}, use it`, "slack-token", SLACK, ", use it"],
  ["an app token", `SLACK_APP_TOKEN=${APP}`, "slack-token", APP, "SLACK_APP_TOKEN="],
  ["a rotated token", `xoxe.${SLACK}`, "slack-token", SLACK, ""],
  ["a refresh token", `xoxe-1-${ALNUM}`, "slack-token", ALNUM, ""],
  ["an Entra secret", `secret ${ENTRA} expires soon`, "client-secret", ENTRA, " expires soon"],
  [
    "an Entra secret in a form",
    `client_id=1&client_secret=${encodeURIComponent(ENTRA)}&grant_type=x`,
    "client-secret",
    ENTRA,
    "&grant_type=x",
  ],
  ["an encoded Entra secret", ENTRA.replaceAll("~", "%7E"), "client-secret", ENTRA.slice(8), ""],
  ["a named secret", `client_secret=${ALNUM}`, "client-secret", ALNUM, "client_secret="],
  [
    "a named secret in JSON",
    JSON.stringify({ clientSecret: ALNUM, id: 7 }),
    "client-secret",
    ALNUM,
    '"id":7',
  ],
  ["a named secret in words", `my client secret is ${ALNUM}`, "client-secret", ALNUM, "my client secret is "],
  ["a named secret in markdown", `*Secret:* \`${ALNUM}\` ok`, "client-secret", ALNUM, " ok"],
  [
    "a signing secret",
    `Signing secret: ${"8f742231b10e88"}aabbccddee99887766`,
    "client-secret",
    "8f742231b10e88aabbccddee99887766",
    "Signing secret: ",
  ],
  ["an old secret with signs", `secret: u?[x9@:${ALNUM}]=`, "client-secret", ALNUM, "secret: "],
  [
    "a secret behind a link",
    `secret: https://x.example/?client_secret=${ALNUM}`,
    "client-secret",
    ALNUM,
    "https://x.example/",
  ],
  [
    "an account key",
    `AccountName=contoso;AccountKey=${KEY};EndpointSuffix=core.windows.net`,
    "account-key",
    KEY,
    ";EndpointSuffix=core.windows.net",
  ],
  [
    "a shared access key",
    `SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=${B64}`,
    "account-key",
    B64,
    "SharedAccessKeyName=RootManageSharedAccessKey;",
  ],
  ["an account key in JSON", JSON.stringify({ accountKey: KEY }), "account-key", KEY, "accountKey"],
  ["a bearer token", `Authorization: Bearer ${JWT}`, "jwt", JWT, "Authorization: Bearer "],
  ["a token in a link", `https://x.example/#access_token=${JWT}&state=1`, "jwt", JWT, "&state=1"],
  ["a token that sticks to a name", `token_${JWT}`, "jwt", JWT, "token_"],
  ["an encrypted token", `Bearer ${JWE}`, "jwt", JWE, "Bearer "],
  [
    "a private key",
    `here\n-----BEGIN RSA PRIVATE KEY-----\n${BODY}\n-----END RSA PRIVATE KEY-----\nok`,
    "private-key",
    BODY,
    "ok",
  ],
  [
    "a private key in one line",
    `"-----BEGIN PRIVATE KEY-----\\n${BODY}\\n-----END PRIVATE KEY-----\\n"`,
    "private-key",
    BODY,
    '"',
  ],
  [
    "an OpenSSH key",
    `-----BEGIN OPENSSH PRIVATE KEY-----${BODY}-----END OPENSSH PRIVATE KEY----- ok`,
    "private-key",
    BODY,
    " ok",
  ],
  [
    "a private key with typographic dashes",
    `——BEGIN PRIVATE KEY—— ${BODY} ——END PRIVATE KEY—— ok`,
    "private-key",
    BODY,
    " ok",
  ],
  ["half a private key", `-----BEGIN EC PRIVATE KEY-----\n${BODY}`, "private-key", BODY, ""],
  [
    "a GitHub token",
    `git clone https://${GITHUB}@github.com/contoso/x`,
    "github-token",
    GITHUB,
    "@github.com/contoso/x",
  ],
  ["an installation token", `ghs_${ALNUM}`, "github-token", ALNUM, ""],
  ["an installation token with a JWT", `ghs_12345_${JWT}`, "github-token", JWT, ""],
  ["a fine-grained token", `token: ${PAT}.`, "github-token", PAT, "token: "],
];

describe("removes", () => {
  it.each(LEAKS)("%s", (_, text, kind, secret, kept) => {
    const safe = withoutSecrets(text);
    expect(safe.found).toContain(kind);
    expect(safe.text).toContain(kept);
    expect(leftOf(secret, safe.text)).toEqual([]);
    expect(withoutSecrets(safe.text)).toEqual({ text: safe.text, found: [] });
  });

  it("every secret of a text, and names each kind once", () => {
    const text = LEAKS.slice(0, 38)
      .map(([, each]) => each)
      .join("\n");
    const safe = withoutSecrets(`${text}\n${text}`);
    for (const [, , , secret] of LEAKS.slice(0, 35)) expect(leftOf(secret, safe.text)).toEqual([]);
    expect(safe.found.length).toBe(new Set(safe.found).size);
  });

  it("the signature of a link that can still be read", () => {
    const { text } = withoutSecrets(`${STORE}?sp=r&sig=${ENCODED}&se=2026-12-01T08:00:00Z`);
    const link = new URL(text);
    expect(link.origin + link.pathname).toBe(STORE);
    expect(link.searchParams.get("sig")).toBe("REMOVED");
    expect(link.searchParams.get("se")).toBe("2026-12-01T08:00:00Z");
  });
});

describe("leaves alone", () => {
  it("the names of connectors", () => {
    for (const name of names) {
      for (const text of [name, `track ${name}`, `secret: ${name}`, name.replaceAll(" ", "_")]) {
        expect(withoutSecrets(text)).toEqual({ text, found: [] });
      }
    }
  });

  it.each([
    "",
    "https://learn.microsoft.com/en-us/connectors/custom-connectors/submit-for-certification?tabs=1&view=a#sig",
    `${STORE}?sp=r&se=2026-12-01T08:00:00Z&sv=2022-11-02&sr=b`,
    `${STORE}?sp=r&sig=REMOVED&se=2026-12-01`,
    "https://x.example/?design=material-three&signature=no&config=aaaaaaaaaaaaaaaaaaaaaaa",
    "Our SIG: Kubernetes and friends",
    "72f988bf-86f1-41af-91ab-2d7cd011db47",
    "Secret ID: 72f988bf-86f1-41af-91ab-2d7cd011db47",
    "secret: 72f988bf-86f1-41af-91ab-2d7cd011db47",
    "client secret: https://contoso.vault.azure.net/secrets/connector1/0123456789abcdef",
    "the secret is kept in Key Vault, rotated 2026-11-03",
    "secret: supercalifragilisticexpialidocious",
    "client_secret=[secret removed]",
    "commit 3f786850e387550fdab836ed7e6dc881de23001b fixes it",
    `sha256 ${"0123456789abcdef".repeat(4)}`,
    "VGhpcyBpcyBqdXN0IGEgbmFtZSBpbiBiYXNlNjQ=",
    "eyJ is how a token starts",
    "eyJhbGciOiJIUzI1NiJ9 alone is a header",
    "my.host.name.example.com:8080/path.with.dots-and-dashes.json",
    "flexapp-production.azurewebsites.net and taxapp-2-production-eu.example.com",
    "highs_and_lows_of_the_whole_year and ghp_short",
    "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END CERTIFICATE-----",
    "AccountKey=... goes here; SharedAccessKeyName=RootManageSharedAccessKey",
    "success 99.2, users 612 640 655, MAC 71, live since 2026-05-04",
    "5Q~ and xoxo-love",
  ])("%j", (text) => {
    expect(withoutSecrets(text)).toEqual({ text, found: [] });
  });
});

describe("whatever is pasted", () => {
  const pieces = fc.constantFrom(
    ...LEAKS.map(([, , , secret]) => secret),
    ..."sig= sig%3D & ? ; %26 %25 REMOVED [secret removed] secret= secret: client_secret is eyJ . - -----BEGIN PRIVATE KEY----- -----END xoxb- xapp-1- ghp_ github_pat_ 8Q~ AccountKey= = https:// a1".split(
      " ",
    ),
    " ",
    "\n",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(pieces, { maxLength: 12 }).map((each) => each.join("")),
  );

  it("is changed once: the second time finds nothing new", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = withoutSecrets(text).text;
        expect(withoutSecrets(once)).toEqual({ text: once, found: [] });
      }),
      { numRuns: 3000 },
    );
  });

  it("loses its secret, whatever words stand round it", () => {
    const around = fc.stringMatching(/^[ \n"'(<>,]{1,3}[a-z ,]{0,20}[ \n"'(<>,]{1,3}$/);
    fc.assert(
      fc.property(fc.constantFrom(...LEAKS), around, around, ([, text, kind, secret], before, after) => {
        const safe = withoutSecrets(before + text + after);
        expect(safe.found).toContain(kind);
        expect(leftOf(secret, safe.text)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("loses every signature there can be", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(3), (bytes, times) => {
        let value = Buffer.from(bytes).toString("base64");
        for (let time = 0; time < times; time += 1) value = encodeURIComponent(value);
        const safe = withoutSecrets(`${STORE}?sp=r&sig=${value}&se=2026-12-01`);
        expect(safe.text).toBe(`${STORE}?sp=r&sig=REMOVED&se=2026-12-01`);
      }),
    );
  });

  it("takes no longer than its length allows: the steps of a bad pattern would not end in this suite's time", () => {
    const hostile = fc.tuple(pieces, fc.integer({ min: 10_000, max: 60_000 }), pieces);
    fc.assert(
      fc.property(hostile, ([piece, length, end]) => {
        const text = piece.repeat(Math.ceil(length / piece.length)) + end;
        expect(withoutSecrets(text).text.length).toBeLessThanOrEqual(2 * text.length + 16);
      }),
      { numRuns: 150 },
    );
  });
});

/** Pieces of a secret, longer than six characters, that a text still holds. */
function leftOf(secret: string, text: string): string[] {
  const left = [];
  for (let start = 0; start + 7 <= secret.length; start += 1) {
    const piece = secret.slice(start, start + 7);
    if (text.includes(piece)) left.push(piece);
  }
  return left;
}
