import { Agent } from "node:http";
import { setTimeout } from "node:timers/promises";
import { postSigned } from "../slack-signed.ts";
import { type Platform, TEAM } from "./platform.ts";
import { type Program, SIGNING_SECRET } from "./program.ts";

/** A command that people gave, in milliseconds: until it was acknowledged, and until its answer had come. */
export interface Asked {
  acknowledged: number;
  answered: number;
}

const MOST_ANSWER_MS = 30_000;
const PEOPLE = 100;

/**
 * Gives each process so many signed slash commands a second, at their moments and not when the one before is answered, until
 * `over`. Returns every one; what was refused, or not answered at all, counts with 30 s.
 */
export async function askSteadily(
  programs: readonly Program[],
  platform: Platform,
  aSecond: number,
  texts: readonly string[],
  over: AbortSignal,
): Promise<Asked[]> {
  // Slack does not keep connections that it rarely uses either.
  const agent = new Agent({ keepAlive: false });
  const asked: { number: number; at: number; acknowledged: Promise<number> }[] = [];
  const every = 1000 / (aSecond * programs.length);
  const began = performance.now();
  while (!over.aborted) {
    const number = asked.length;
    await setTimeout(Math.max(0, began + number * every - performance.now()));
    const program = programs[number % programs.length];
    const text = texts[number % texts.length];
    if (!program || text === undefined) break;
    const given = give(agent, program.url, text, number, platform.answersTo(number));
    const acknowledged = given.catch(() => MOST_ANSWER_MS);
    asked.push({ number, at: performance.now(), acknowledged });
  }
  const end = performance.now() + MOST_ANSWER_MS;
  const isOpen = () => asked.some(({ number }) => !platform.answered.has(number));
  while (isOpen() && performance.now() < end) await setTimeout(20);
  const outcome = await Promise.all(
    asked.map(async ({ number, at, acknowledged }) => ({
      acknowledged: await acknowledged,
      answered: (platform.answered.get(number) ?? at + MOST_ANSWER_MS) - at,
    })),
  );
  agent.destroy();
  return outcome;
}

/** Resolves with the milliseconds until it was acknowledged. Rejects when it was not. */
function give(agent: Agent, url: string, text: string, number: number, answersTo: string): Promise<number> {
  const body = new URLSearchParams({
    command: "/connector",
    text,
    team_id: TEAM,
    user_id: `U${1000 + (number % PEOPLE)}`,
    user_name: "someone",
    channel_id: "D1",
    channel_name: "directmessage",
    api_app_id: "A1",
    response_url: answersTo,
    trigger_id: `${process.pid}.${number}`,
  });
  return postSigned(agent, url, SIGNING_SECRET, body);
}
