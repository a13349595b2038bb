import { randomBytes } from "node:crypto";
import type { RequestListener, ServerResponse } from "node:http";
import { z } from "zod";
import {
  type Links,
  type Log,
  type Reply,
  type ReplyFile,
  type Shelf,
  StoreError,
  type Timeline,
  type WorkspaceId,
  type WrittenFile,
} from "../../src/index.ts";
import { noteFailure } from "./calls.ts";
import { WORDS } from "./words.ts";

/** How a reply is made something that a browser can open. */
export interface Write {
  png(picture: Timeline): Buffer;
  file(file: ReplyFile): WrittenFile;
}

/** Pictures and files of cards, which hold only addresses of them. Who has an address can open it, for a while. */
export interface Downloads {
  /** False: nobody outside reaches us, as far as we know. */
  isOpen: boolean;
  /** Keeps what a reply shows, and says where it is. */
  linksFor(tenant: WorkspaceId, reply: Reply): Promise<Links>;
  owns(path: string): boolean;
  listener: RequestListener;
}

const PATH = "/teams/files/";
const TEXT = "text/plain; charset=utf-8";
/** A card is looked at for weeks; a file is fetched at once, and may name people. */
const PICTURE_MS = 30 * 24 * 3_600_000;
const FILE_MS = 24 * 3_600_000;
const NONE: Links = { picture: () => undefined, file: () => undefined };

/** A picture is drawn when it is looked at: its data are a hundred times smaller. */
const Kept = z.union([
  z.object({ picture: z.custom<Timeline>((one) => typeof one === "object" && one !== null) }),
  z.object({ name: z.string(), type: z.string(), text: z.string() }),
]);
type Kept = z.infer<typeof Kept>;

interface DownloadNeeds {
  publicUrl: string | undefined;
  write: Write;
  log: Log;
  shelfOf(workspace: string): Shelf;
}

export function openDownloads({ publicUrl, write, log, shelfOf }: DownloadNeeds): Downloads {
  async function keep(tenant: WorkspaceId, name: string, kept: Kept, ttl: number): Promise<string> {
    // Not to be guessed: the address is all it takes.
    const id = randomBytes(24).toString("base64url");
    await shelfOf(tenant).set(id, kept, ttl);
    return `${publicUrl}${PATH}${tenant}/${id}/${encodeURIComponent(name)}`;
  }

  async function linksFor(tenant: WorkspaceId, { blocks }: Reply): Promise<Links> {
    const links = new Map<object, string>();
    for (const block of blocks) {
      if (block.kind === "picture") {
        const { picture } = block;
        links.set(picture, await keep(tenant, "timeline.png", { picture }, PICTURE_MS));
      } else if (block.kind === "file") {
        const written = write.file(block.file);
        links.set(block.file, await keep(tenant, written.name, written, FILE_MS));
      }
    }
    return { picture: (picture) => links.get(picture), file: (file) => links.get(file) };
  }

  async function show(path: string, response: ServerResponse): Promise<void> {
    const [tenant = "", id = ""] = path.slice(PATH.length).split("/");
    const isId = /^[\w-]{32}$/.test(id) && /^[\da-f-]{36}$/.test(tenant);
    const kept = isId ? Kept.safeParse(await shelfOf(tenant).get(id)).data : undefined;
    if (!kept) return end(response, 404, TEXT, WORDS.expired);
    if ("picture" in kept) {
      const headers = { "Cache-Control": "private, max-age=86400" };
      return end(response, 200, "image/png", write.png(kept.picture), headers);
    }
    const name = encodeURIComponent(kept.name);
    end(response, 200, kept.type, kept.text, {
      "Content-Disposition": `attachment; filename*=UTF-8''${name}`,
    });
  }

  return {
    isOpen: publicUrl !== undefined,
    async linksFor(tenant, reply) {
      if (publicUrl === undefined) return NONE;
      try {
        return await linksFor(tenant, reply);
      } catch (error) {
        // The words of an answer are worth more than its picture.
        if (!(error instanceof StoreError)) throw error;
        noteFailure(log, "a picture or a file could not be kept", error, { workspace: tenant });
        return NONE;
      }
    },
    owns: (path) => path.startsWith(PATH),
    listener(request, response) {
      const [path = ""] = (request.url ?? "").split("?");
      if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, TEXT, "");
      show(path, response).catch((error: unknown) => {
        noteFailure(log, "a file could not be handed out", error);
        end(response, 503, TEXT, WORDS.failed);
      });
    },
  };
}

function end(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, {
      "Content-Type": type,
      "Cache-Control": "no-store",
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      ...headers,
    })
    .end(body);
}
