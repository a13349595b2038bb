import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

interface Heard {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

type Behave = (response: ServerResponse) => void;

/** Stands where a model is: notes what it is asked, and behaves as it is told to. */
export async function openModel(behave: Behave) {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    heard.push({ path: request.url ?? "", headers: request.headers, body });
    behave(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  const config = { url: `http://127.0.0.1:${port}/v1`, model: "small-1" };
  /** What the person asked, as the model was given it. */
  const questions = () =>
    heard.map(({ body }) => {
      const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
      return messages.findLast(({ role }) => role === "user")?.content ?? "";
    });
  return { heard, config, questions };
}

/** Says this, in the form in which models answer. */
export function saying(content: unknown): Behave {
  const choices = [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }];
  return answering(JSON.stringify({ id: "c1", object: "chat.completion", model: "small-1", choices }));
}

export function answering(body: string, status = 200, headers: Record<string, string> = {}): Behave {
  return (response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}
