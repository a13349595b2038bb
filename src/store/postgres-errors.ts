import { StoreError } from "../ports.ts";

type Sentence = [StoreError["reason"], string];

const BACKUP = "stop the program and restore the store from a backup";
const LOOK = "see that it runs, and that DATABASE_URL names the right host and port";
const SIGN_IN = "see the user and the password in DATABASE_URL, and pg_hba.conf of the server";
const TRUST =
  "name the authority that signed it (sslrootcert=FILE in DATABASE_URL), or have the server given another";
const AGAIN = "try again, and see what else is done to it";

/** By SQLSTATE, whole or its class: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const STATES: Record<string, Sentence> = {
  "08": ["unreachable", `broke the connection off: ${LOOK}`],
  "28": ["unreachable", `does not let this program in: ${SIGN_IN}`],
  "3D000": ["unreachable", "is not there: make the database, or name another in DATABASE_URL"],
  "25006": ["unwritable", "can be read but not written, as a standby is: name the primary in DATABASE_URL"],
  "42501": ["unwritable", "may not be used so by this user: make it the owner of the database"],
  "53100": ["unwritable", "cannot grow because the disk is full: make room on it"],
  "53200": ["busy", `is out of memory: ${AGAIN}`],
  "53300": [
    "busy",
    "takes no more connections: raise max_connections of the server, or lower max in DATABASE_URL",
  ],
  "53": ["busy", `has reached a limit of its configuration: ${AGAIN}`],
  "55P03": ["busy", `has been locked by another program for too long: ${AGAIN}`],
  "57014": ["busy", `took too long to answer: ${AGAIN}`],
  "25P03": ["busy", "ended a transaction because nothing was asked in it for too long: try again"],
  "25P04": ["busy", "ended a transaction because it took too long: try again"],
  "40003": ["unreachable", `broke the connection off: ${LOOK}`],
  "40": ["busy", "is being changed by too many at once: try again"],
  "57P03": ["unreachable", "is starting or stopping just now: wait for it"],
  "57P04": ["unreachable", "was deleted while it was in use: make the database anew, or restore a backup"],
  "57": ["unreachable", `ended the connection: ${LOOK}`],
  "58": ["unreachable", "could not be read or written: look after the disk it is on"],
  "42P01": ["damaged", `lacks a table that belongs there: ${BACKUP}`],
  "42703": ["damaged", `lacks a column that belongs there: ${BACKUP}`],
  "42P07": ["not-ours", "holds tables of another program: name a database of its own in DATABASE_URL"],
  "3F000": ["damaged", `lacks the schema its tables are made in: ${BACKUP}`],
  XX001: ["damaged", `is damaged: ${BACKUP}`],
  XX002: ["damaged", "has a damaged index: have it rebuilt (REINDEX DATABASE), or restore a backup"],
};

/** By the code of Node's network, name and TLS errors. */
const CODES: [RegExp, Sentence][] = [
  [/^ECONNREFUSED$/, ["unreachable", `refuses connections: ${LOOK}`]],
  [
    /^(?:ENOTFOUND|EAI_\w+)$/,
    ["unreachable", "cannot be reached because its host's name is not known: see DATABASE_URL and the DNS"],
  ],
  [/^(?:ENOENT|EACCES)$/, ["unreachable", `cannot be reached by this socket: ${LOOK}`]],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    [
      "unreachable",
      "shows a certificate of another host: name the host in DATABASE_URL as its certificate does",
    ],
  ],
  [
    /^CERT_HAS_EXPIRED$/,
    ["unreachable", "shows a certificate that has expired: have the server given another"],
  ],
  [/CERT|ISSUER|VERIFY/, ["unreachable", `shows a certificate that is not trusted: ${TRUST}`]],
  [
    /^(?:EPROTO|ERR_SSL_|ERR_TLS_)/,
    ["unreachable", "could not agree on TLS with this program: see its ssl settings"],
  ],
  [/^E[A-Z]+$/, ["unreachable", `cannot be reached: ${LOOK}`]],
];

/** What pg reports in words alone. */
const WORDS: [RegExp, Sentence][] = [
  [/after calling end on the pool/, ["unreachable", "is closed: start the program again"]],
  [
    /^timeout exceeded when trying to connect/,
    [
      "busy",
      "gave this program no connection in time: either the server does not answer (see that it runs), or all the connections that this program may open are in use (then allow more: max in DATABASE_URL)",
    ],
  ],
  [/^Query read timeout/, ["unreachable", `does not answer: ${LOOK}`]],
  [/does not support SSL/, ["unreachable", "does not know TLS: switch it on in the server (ssl = on)"]],
  [/^SASL|Password must be a string/, ["unreachable", `does not let this program in: ${SIGN_IN}`]],
  [
    /^(?:Connection|Client|timeout|There was an error establishing)/,
    ["unreachable", `cannot be reached: ${LOOK}`],
  ],
];

/**
 * Says in the words of the house what the server, pg or the network reported of the store `name`. What is not the world's
 * fault stays.
 */
export function explainPostgres(error: unknown, name: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const [reason, sentence] = sentenceOf(error) ?? [];
  return reason === undefined
    ? error
    : new StoreError(reason, `The store ${name} ${sentence}.`, { cause: error });
}

function sentenceOf(error: Error): Sentence | undefined {
  const state = stateOf(error);
  if (state !== undefined) return STATES[state] ?? STATES[state.slice(0, 2)];
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const table = code === "" ? WORDS : CODES;
  return table.find(([pattern]) => pattern.test(code === "" ? error.message : code))?.[1];
}

/** The SQLSTATE of what the server reported, also behind our sentence. */
function stateOf(error: unknown): string | undefined {
  const reported = error instanceof StoreError ? error.cause : error;
  if (!(reported instanceof Error && "severity" in reported && "code" in reported)) return undefined;
  return typeof reported.code === "string" ? reported.code : undefined;
}

/** Two met, and the server undid what one of them did: it may be done again. */
export function isConflict(error: unknown): boolean {
  const state = stateOf(error);
  return state === "40001" || state === "40P01";
}

/** The connection is of no use any more, or leads to a server that is none any more. */
export function isLost(error: unknown): boolean {
  const state = stateOf(error);
  if (state !== undefined) return /^08|^57P|^25006$/.test(state);
  return error instanceof Error && sentenceOf(error) !== undefined;
}

/** Which constraint a row has met that was not written. */
export function brokenConstraint(error: unknown): string | undefined {
  if (stateOf(error) !== "23505" || !(error instanceof Error && "constraint" in error)) return undefined;
  return typeof error.constraint === "string" ? error.constraint : undefined;
}
