import { createHash } from "node:crypto";
import type { Links, ReplyFile, Timeline } from "../../src/index.ts";

/** What of a reply is fetched by its address: the latest ones, as the data they are drawn from. */
export interface Downloads {
  /** Addresses under this origin, such as "http://127.0.0.1:3978". */
  linksUnder(origin: string): Links;
  picture(id: string): Timeline | undefined;
  file(id: string): ReplyFile | undefined;
}

const MOST_KEPT = 500;

export function openDownloads(): Downloads {
  const pictures = new Map<string, Timeline>();
  const files = new Map<string, ReplyFile>();
  return {
    linksUnder: (origin) => ({
      picture: (picture) => `${origin}/playground/pictures/${keep(pictures, picture)}.png`,
      file: (file) => `${origin}/playground/files/${keep(files, file)}/${encodeURIComponent(file.name)}`,
    }),
    picture: (id) => pictures.get(id),
    file: (id) => files.get(id),
  };
}

/** The same content has the same id. */
function keep<Kept extends object>(shelf: Map<string, Kept>, kept: Kept): string {
  const id = createHash("sha256").update(JSON.stringify(kept)).digest("hex").slice(0, 32);
  shelf.delete(id);
  shelf.set(id, kept);
  const [oldest] = shelf.keys();
  if (shelf.size > MOST_KEPT && oldest !== undefined) shelf.delete(oldest);
  return id;
}
