import type { Address } from "./incoming.ts";
import { factsOf } from "./log.ts";
import type { Delivery, SendingWay } from "./ports.ts";
import type { Reply } from "./reply.ts";
import type { Needs } from "./workspace.ts";

/** How long to wait when a platform fails without saying when to come again. */
const RETRY_MS = 60_000;

/** Sends what nobody asked for just now, and counts what became of it. Never rejects. */
export async function sendSafely(
  { messenger, log, meter }: Needs,
  to: Address,
  message: Reply,
  id: string,
  way: SendingWay,
): Promise<Delivery> {
  meter?.reminded("due");
  try {
    const delivery = await messenger.send(to, message, id, way);
    if (delivery.kind === "never") log.warn("a reminder was refused", { reminder: id, why: delivery.why });
    meter?.reminded(delivery.kind === "never" ? "failed" : delivery.kind);
    return delivery;
  } catch (error) {
    log.error("a reminder could not be sent", { reminder: id, ...factsOf(error) });
    meter?.reminded("later");
    return { kind: "later", retryAfter: RETRY_MS };
  }
}
