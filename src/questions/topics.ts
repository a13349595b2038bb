import type { Topic, TopicId } from "./topic.ts";
import { DEPLOYMENT_TOPICS } from "./topics/deployment.ts";
import { GA_TOPICS } from "./topics/ga.ts";
import { GA_REQUEST_TOPICS } from "./topics/ga-request.ts";
import { OPEN_SOURCE_TOPICS } from "./topics/open-source.ts";
import { PACKAGE_TOPICS } from "./topics/package.ts";
import { PARTNER_CENTER_TOPICS } from "./topics/partner-center.ts";
import { TESTING_TOPICS } from "./topics/testing.ts";

/** What the two pages answer, in their order. */
export const TOPICS: Readonly<Record<TopicId, Topic>> = {
  ...GA_TOPICS,
  ...GA_REQUEST_TOPICS,
  ...PARTNER_CENTER_TOPICS,
  ...PACKAGE_TOPICS,
  ...TESTING_TOPICS,
  ...DEPLOYMENT_TOPICS,
  ...OPEN_SOURCE_TOPICS,
};

/** In the order of the pages. */
export const TOPIC_IDS = Object.keys(TOPICS) as TopicId[];

export function isTopicId(text: string): text is TopicId {
  return Object.hasOwn(TOPICS, text);
}

const foldTitle = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const BY_TITLE: ReadonlyMap<string, TopicId> = new Map(
  TOPIC_IDS.map((id) => [foldTitle(TOPICS[id].title), id]),
);

/** The topic whose title a text is: what a button for it says in words. */
export function topicTitled(text: string): TopicId | undefined {
  return BY_TITLE.get(foldTitle(text));
}
