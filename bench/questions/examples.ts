import { ROUTE, SILENCE } from "../../src/questions/learned.ts";
import { A_CONNECTOR, A_PLACE, withoutPlaces } from "../../src/questions/recognise.ts";
import type { Example } from "./learning.ts";

/** Phrasings by what they ask for. */
export type Phrasings = Readonly<Record<string, readonly string[]>>;

/** Dates to stand for {d} in the phrasings of routes, in turn. */
const DATES = [
  "tomorrow",
  "next tuesday",
  "12 Nov",
  "on friday",
  "two weeks ago",
  "yesterday",
  "on monday",
  "2 december",
  "today",
  "last thursday",
  "on 25.11",
  "next week",
];

/** What is to be learned: topics by their ids, routes and silences by theirs with a prefix. */
export function examplesFrom(phrasings: {
  topics: Phrasings;
  routes: Phrasings;
  silences: Phrasings;
}): Example[] {
  let date = 0;
  const filled = (text: string) =>
    text
      .replaceAll("{c}", A_CONNECTOR)
      .replaceAll("{p}", A_PLACE)
      .replaceAll("{d}", () => DATES[date++ % DATES.length] ?? "");
  return [
    ...labelled(phrasings.topics, ""),
    ...labelled(phrasings.routes, ROUTE).map(({ text, label }) => ({ text: filled(text), label })),
    ...labelled(phrasings.silences, SILENCE),
  ].map(({ text, label }) => ({ text: withoutPlaces(text).text, label }));
}

function labelled(phrasings: Phrasings, prefix: string): Example[] {
  return Object.entries(phrasings).flatMap(([id, texts]) =>
    texts.map((text) => ({ text, label: prefix + id })),
  );
}
