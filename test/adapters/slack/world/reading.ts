import { type Fields, isFields, type Message, stringOf } from "./json.ts";
import type { Ephemeral, Workspace } from "./workspace.ts";

interface StoredFile extends Fields {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  bytes: Buffer;
}

/** What is in a workspace, oldest first. Channels by name or id. */
export interface Reading {
  /** What stands in the channel itself, without what is in threads. */
  history(channel: string): Promise<Message[]>;
  /** The message a thread hangs on, and the thread. */
  thread(channel: string, ts: string): Promise<Message[]>;
  /** What stands between the person and the app, without what is in threads. */
  directMessages(user: string): Promise<Message[]>;
  /** One message, seen by that person. */
  message(user: string, channel: string, ts: string): Promise<Message | undefined>;
  /** What only that person sees, and sees now. */
  ephemerals(user: string, channel?: string): Promise<Ephemeral[]>;
  /** What the app uploaded. */
  files(): Promise<StoredFile[]>;
}

export function readingOf(workspace: Workspace): Reading {
  const { emulator, reader, hand, key } = workspace;

  async function messages(method: string, token: string, body: Fields): Promise<Message[]> {
    const { messages: found } = await emulator.must(method, token, { limit: 1000, ...body });
    const all = (Array.isArray(found) ? found : []) as Message[];
    return all
      .map((one) => ({ ...one, channel: stringOf(body.channel) }))
      .sort((one, other) => (one.ts < other.ts ? -1 : 1));
  }

  /** A token of someone who sees the channel. */
  const eyeFor = (channel: string) => (channel.startsWith("D") ? hand : reader);

  return {
    async history(which) {
      const channel = await workspace.channelId(which);
      return messages("conversations.history", eyeFor(channel), { channel });
    },
    async thread(which, ts) {
      const channel = await workspace.channelId(which);
      return messages("conversations.replies", eyeFor(channel), { channel, ts });
    },
    async directMessages(user) {
      const channel = await workspace.channelId("direct", user);
      return messages("conversations.history", workspace.tokenOf(user), { channel });
    },
    async message(user, which, ts) {
      const channel = await workspace.channelId(which, user);
      const found = await messages("conversations.replies", workspace.tokenOf(user), { channel, ts });
      return found.find((one) => one.ts === ts);
    },
    async ephemerals(user, which) {
      const id = workspace.userId(user);
      const channel = which === undefined ? undefined : await workspace.channelId(which, user);
      return workspace.ephemerals.filter(
        (one) => one.for === id && (channel === undefined || one.channel === channel),
      );
    },
    async files() {
      const { files } = await emulator.must("files.list", hand, { count: 1000 });
      const all = (Array.isArray(files) ? files : []).filter(isFields).reverse();
      return Promise.all(
        all.map(async (file) => {
          const { pathname } = new URL(stringOf(file.url_private));
          const read = await emulator.raw(pathname.replace(`/w/${key}/`, "/"), {
            headers: { authorization: `Bearer ${hand}` },
          });
          if (read.status !== 200) throw new Error(`${pathname}: ${read.status} ${read.bytes}`);
          return { ...(file as unknown as StoredFile), bytes: read.bytes };
        }),
      );
    },
  };
}
