import type { RouteName } from "./route.ts";
import { TOPIC_IDS, TOPICS } from "./topics.ts";

const ROUTE_TITLES: Readonly<Record<RouteName, string>> = {
  readiness: "how one named connector stands against the GA criteria",
  eta: "when one named connector reaches a region, or all of them",
  linkExpiry: "how long the preview-test link of one named connector lives",
  nextStep: "where one named connector stands and what is next",
};

/** What a question can be sorted into: every topic and every route, with what it is about. */
export const CHOOSABLE: readonly { id: string; title: string }[] = [
  ...TOPIC_IDS.map((id) => ({ id, title: TOPICS[id].title })),
  ...Object.entries(ROUTE_TITLES).map(([id, title]) => ({ id, title })),
];
