import type { Person, WorkspaceId } from "./incoming.ts";
import type { Clock } from "./ports.ts";

/** So many requests at once, then so many a second: of one person, and of all of a workspace. */
const PERSON = { atOnce: 30, aSecond: 1 };
const WORKSPACE = { atOnce: 300, aSecond: 20 };
/** Buckets that are kept; the oldest is most likely full again. */
const MOST_KEPT = 10_000;

/** `tell`: the first that is refused, which may be answered; those after it are not worth a word. */
export type Admission = "admit" | "tell" | "refuse";

interface Bucket {
  tokens: number;
  at: number;
  told: boolean;
}

/** Keeps one person, or one workspace, from taking all there is. Counts within this process. */
export function createFloodGate(clock: Clock): (workspace: WorkspaceId, person: Person["id"]) => Admission {
  const buckets = new Map<string, Bucket>();

  function fill(key: string, { atOnce, aSecond }: typeof PERSON, now: number): Bucket {
    const known = buckets.get(key);
    const seconds = known ? Math.max(0, now - known.at) / 1000 : 0;
    const tokens = known ? Math.min(atOnce, known.tokens + seconds * aSecond) : atOnce;
    const bucket = { tokens, at: now, told: known?.told ?? false };
    buckets.delete(key);
    buckets.set(key, bucket);
    const oldest = buckets.size > MOST_KEPT ? buckets.keys().next().value : undefined;
    if (oldest !== undefined) buckets.delete(oldest);
    return bucket;
  }

  return (workspace, person) => {
    const now = clock.now().toMillis();
    const [own, all] = [fill(`${workspace}/${person}`, PERSON, now), fill(workspace, WORKSPACE, now)];
    if (own.tokens >= 1 && all.tokens >= 1) {
      own.tokens -= 1;
      all.tokens -= 1;
      own.told = false;
      return "admit";
    }
    if (own.told) return "refuse";
    own.told = true;
    return "tell";
  };
}
