import type { Connector } from "../../lifecycle/connector.ts";
import { readinessOf } from "../../lifecycle/progress.ts";
import { STAGES } from "../../lifecycle/stages.ts";
import { standingOf } from "../../lifecycle/standing.ts";
import { portfolioReply } from "../../replies/portfolio.ts";
import type { View } from "../../replies/times.ts";
import { type Entry, listReply, noSuchPageReply, PAGE } from "../../replies/workspace.ts";
import { nextDeadline } from "../../scheduling/deadline.ts";
import type { DecideWorkspace } from "../asked.ts";

export const decideList: DecideWorkspace = (asked, connectors, view) => {
  const given = asked.fields.words ?? "1";
  const page = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  const pages = pagesOf(connectors);
  if (page < 1 || page > pages) return { reply: noSuchPageReply(given, pages) };
  return { reply: listReply(entriesOf(connectors, view), page, view) };
};

/** A page that is not there any more is the nearest that is: nobody typed its number. */
export const decidePortfolio: DecideWorkspace = (asked, connectors, view) => {
  const page = Math.trunc(Number(asked.fields.page)) || 1;
  const nearest = Math.min(Math.max(1, page), pagesOf(connectors));
  return { reply: portfolioReply(entriesOf(connectors, view), nearest, view) };
};

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

const BY_NAME = new Intl.Collator("en");

/** A lapsed link is most urgent; then what the publisher may miss; then the earliest date; then the longest way ahead; then by name. */
function byUrgency(a: Entry, b: Entry): number {
  const expired = Number(b.current.expired) - Number(a.current.expired);
  const due = Number(b.deadline?.isDue ?? false) - Number(a.deadline?.isDue ?? false);
  const earlier = (a.deadline?.at.toMillis() ?? Infinity) - (b.deadline?.at.toMillis() ?? Infinity);
  return (
    expired ||
    due ||
    (Number.isNaN(earlier) ? 0 : earlier) ||
    STAGES.indexOf(a.current.stage) - STAGES.indexOf(b.current.stage) ||
    BY_NAME.compare(a.connector.name, b.connector.name)
  );
}
