import { createEmulator } from "emulate";
import { type Fields, isFields, parsed } from "./json.ts";

/** The only team an emulator knows. */
const ITS_TEAM = "T000000001";

interface Raw {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/** One emulated workspace, under its own team id. */
export interface Emulator {
  /** The answer in JSON, with this workspace's team and addresses. */
  call(method: string, token: string | undefined, body: Fields | string, type?: string): Promise<Fields>;
  /** Fails unless the answer is ok. */
  must(method: string, token: string, body?: Fields): Promise<Fields>;
  /** Any request, answered as it is; nothing is followed. */
  raw(path: string, init?: RequestInit): Promise<Raw>;
  close(): Promise<void>;
}

/** `through`: the address under which others reach this emulator's files and uploads. */
export async function startEmulator(team: string, through: string, seed: Fields): Promise<Emulator> {
  const emulator = await createEmulator({ service: "slack", port: 0, seed: { slack: seed } });
  const origin = `http://127.0.0.1:${new URL(emulator.url).port}`;

  async function raw(path: string, init: RequestInit = {}): Promise<Raw> {
    const response = await fetch(`${origin}${path}`, { redirect: "manual", ...init });
    const { status, headers } = response;
    return { status, headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  async function call(
    method: string,
    token: string | undefined,
    body: Fields | string,
    type = "application/json",
  ): Promise<Fields> {
    const answer = await raw(`/api/${method}`, {
      method: "POST",
      headers: { "content-type": type, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    if (answer.status === 404) return { ok: false, error: "unknown_method", req_method: method };
    const text = answer.bytes.toString().replaceAll(emulator.url, through).replaceAll(ITS_TEAM, team);
    const read = parsed(text);
    if (!isFields(read) || typeof read.ok !== "boolean") {
      throw new Error(`the emulator failed at ${method}: ${answer.status} ${text}`);
    }
    return read;
  }

  return {
    call,
    raw,
    async must(method, token, body = {}) {
      const answer = await call(method, token, body);
      if (answer.ok !== true) throw new Error(`${method}: ${JSON.stringify(answer)}`);
      return answer;
    },
    close: () => emulator.close(),
  };
}
