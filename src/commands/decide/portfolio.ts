import type { Connector } from "../../lifecycle/connector.ts";
import { readinessOf } from "../../lifecycle/progress.ts";
import { standingOf } from "../../lifecycle/standing.ts";
import { portfolioReply } from "../../replies/portfolio.ts";
import type { View } from "../../replies/times.ts";
import { type Entry, listReply, noSuchPageReply, PAGE } from "../../replies/workspace.ts";
import { byUrgency, nextDeadline } from "../../scheduling/deadline.ts";
import type { DecideWorkspace } from "../asked.ts";

export const decideList: DecideWorkspace = (asked, connectors, view) => {
  const { words: given = "1", page: pressed } = asked.fields;
  const pages = pagesOf(connectors);
  const typed = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  const page = pressed === undefined ? typed : nearestPage(pressed, pages);
  if (page < 1 || page > pages) return { reply: noSuchPageReply(given, pages) };
  return { reply: listReply(entriesOf(connectors, view), page, view) };
};

export const decidePortfolio: DecideWorkspace = (asked, connectors, view) => {
  const page = nearestPage(asked.fields.page, pagesOf(connectors));
  return { reply: portfolioReply(entriesOf(connectors, view), page, view) };
};

/** A page that is not there any more is the nearest that is: nobody typed its number. */
function nearestPage(given: string | undefined, pages: number): number {
  return Math.min(Math.max(1, Math.trunc(Number(given)) || 1), pages);
}

function pagesOf(connectors: readonly Connector[]): number {
  return Math.max(1, Math.ceil(connectors.length / PAGE));
}

function entriesOf(connectors: readonly Connector[], view: View): Entry[] {
  return connectors.map((connector) => entryOf(connector, view)).toSorted(byUrgency);
}

function entryOf(connector: Connector, view: View): Entry {
  const current = standingOf(connector, view.calendar, view.now);
  const deadline = nextDeadline(connector, current, view.now);
  const verdict = () => readinessOf(connector, current, view.now).verdict;
  return { connector, current, verdict, ...(deadline && { deadline }) };
}
