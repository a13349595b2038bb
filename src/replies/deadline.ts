import type { Spans } from "../reply.ts";
import type { Deadline } from "../scheduling/deadline.ts";
import { sentence } from "./parts.ts";
import { dayAndDistance, distance, moment, type View } from "./times.ts";

/** A date in few words, for lists: "test link expires Thu 5 Nov 2026, 09:15 PST, in 3 h". */
export function deadlineText(deadline: Deadline, view: View): Spans {
  const LABEL: Record<Deadline["kind"], string> = {
    "sas-expires": "SAS URI expires",
    "report-due": "report due",
    "link-expires": "test link expires",
    wave: `reaches ${deadline.name}`,
    "all-regions": "in all regions by about",
    "six-months": "six months in preview",
    "ga-due": "GA tag about",
  };
  const at = deadline.dayOnly
    ? dayOfDeadline(deadline, view)
    : sentence`${moment(deadline.at, view)}, ${distance(deadline.at, view.now)}`;
  return sentence`${LABEL[deadline.kind]} ${at}`;
}

/** "Fri 6 Nov 2026, in 8 days". */
export function dayOfDeadline({ at }: Deadline, view: View): string {
  return dayAndDistance(at.toISODate() ?? "", view);
}
