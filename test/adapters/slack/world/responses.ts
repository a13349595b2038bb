import { randomUUID } from "node:crypto";
import { messageOf } from "./answers.ts";
import { type Fields, isFields, type Message, stringOf } from "./json.ts";
import type { Workspace } from "./workspace.ts";

/** What an app posted to a response_url. */
export interface Answer extends Message {
  response_type: "ephemeral" | "in_channel";
  replace_original: boolean;
  delete_original: boolean;
}

/** What a response_url belongs to. */
export interface Asked {
  workspace: Workspace;
  user: string;
  channel: string;
  /** The message that was clicked; a command has none. */
  message?: { ts: string; isEphemeral: boolean };
}

export interface Responses {
  /** A new response_url, and what was posted to it until now. */
  open(asked: Asked): { url: string; answers: Answer[] };
  /** The status and body with which Slack answers a post to it. */
  post(id: string, body: unknown): Promise<[status: number, text: string]>;
  /** What an app said in its ack. */
  say(asked: Asked, body: unknown): Promise<Answer | undefined>;
}

const MOST_POSTS = 5;
let count = 0;

/** A ts no emulator gives. */
function ephemeralTs(): string {
  count += 1;
  return `${Math.floor(Date.now() / 1000)}.9${String(count).padStart(5, "0")}`;
}

export function openResponses(front: () => string): Responses {
  const open = new Map<string, { asked: Asked; answers: Answer[]; posts: number }>();

  async function say(asked: Asked, body: unknown): Promise<Answer | undefined> {
    const fields: Fields = isFields(body) ? body : { text: stringOf(body) };
    const isEmpty = !fields.text && !fields.blocks && !fields.attachments && !fields.delete_original;
    if (isEmpty) return undefined;
    const { workspace, user, channel } = asked;
    const answer: Answer = {
      ...messageOf(fields),
      response_type: fields.response_type === "in_channel" ? "in_channel" : "ephemeral",
      replace_original: isTrue(fields.replace_original),
      delete_original: isTrue(fields.delete_original),
      channel,
      user: workspace.bot.userId,
      ts: "",
    };
    answer.ts = await put(asked, answer, user);
    return answer;
  }

  return {
    say,
    open(asked) {
      const id = randomUUID();
      const answers: Answer[] = [];
      open.set(id, { asked, answers, posts: 0 });
      return { url: `${front()}/respond/${asked.workspace.seed.team}/${id}`, answers };
    },
    async post(id, body) {
      const one = open.get(id);
      if (!one) return [404, "no_such_url"];
      one.posts += 1;
      if (one.posts > MOST_POSTS) return [404, "used_url"];
      if (!isFields(body)) return [400, "invalid_payload"];
      const answer = await say(one.asked, body);
      if (!answer) return [400, "no_text"];
      one.answers.push(answer);
      return [200, "ok"];
    },
  };
}

const isTrue = (value: unknown) => value === true || value === "true";

/** Shows the answer where it belongs; its ts. Without a message that was clicked nothing can be replaced. */
async function put({ workspace, message }: Asked, answer: Answer, user: string): Promise<string> {
  const { emulator, hand, ephemerals } = workspace;
  const { channel, text, blocks, thread_ts } = answer;
  if (message && (answer.replace_original || answer.delete_original)) {
    const { ts, isEphemeral } = message;
    if (isEphemeral) {
      const at = ephemerals.findIndex((one) => one.ts === ts);
      const [old] = ephemerals.splice(at, at < 0 ? 0 : 1);
      if (answer.replace_original && old) {
        ephemerals.splice(at, 0, { ...seen(answer, user), thread_ts: old.thread_ts, ts });
      }
    } else if (answer.delete_original) {
      await emulator.must("chat.delete", hand, { channel, ts });
    } else {
      await emulator.must("chat.update", hand, { channel, ts, text, blocks: blocks ?? [] });
    }
    return ts;
  }
  if (answer.response_type === "in_channel") {
    const { id: bot_id } = workspace.bot;
    const posted = { channel, text, blocks, thread_ts, bot_id, app_id: workspace.app.appId };
    return stringOf((await emulator.must("chat.postMessage", hand, posted)).ts);
  }
  const ts = ephemeralTs();
  ephemerals.push({ ...seen(answer, user), ts });
  return ts;
}

function seen({ response_type, replace_original, delete_original, ...message }: Answer, user: string) {
  return {
    ...message,
    channel: message.channel,
    text: message.text,
    ts: message.ts,
    user: message.user,
    for: user,
  };
}
