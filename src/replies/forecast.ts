import type { DateTime } from "luxon";
import { citeCertification, citeGa } from "../criteria/sources.ts";
import type { Connector } from "../lifecycle/connector.ts";
import type { Standing } from "../lifecycle/standing.ts";
import type { Block, Reply, Spans } from "../reply.ts";
import type { Ahead, Assumption, Forecast } from "../scheduling/forecast.ts";
import { outlook } from "./outlook.ts";
import { outlookRows } from "./outlook-blocks.ts";
import { about, buttons, facts, reply, sentence, sources } from "./parts.ts";
import { forecastPicture } from "./pictures.ts";
import { remarkBlocks } from "./remarks.ts";
import { stageLine, stageName } from "./status.ts";
import { dayText, moment, pacificDayText, type View } from "./times.ts";

const ASSUMPTIONS: Record<Assumption, string> = {
  "submit-today": "as if it were submitted now",
  "resubmit-today": "as if it were resubmitted now",
  "report-24-to-48h": "24 to 48 hours of review, and the report passes",
  "report-overdue": "overdue: the 48 hours have passed; it may come any time",
  "window-two-business-days": "48 business hours, read as two business days",
  "go-live-in-window": "at once, or just before the link expires",
  "next-friday": "the Friday after Go live, closed Fridays passed over",
  "start-from-microsoft": "the start date Microsoft named",
  "one-wave-a-business-day": "one wave each business day",
  "three-to-four-weeks": "three to four weeks from the first wave",
  "all-regions-overdue": "overdue: four weeks have passed; mark all-regions if it is done",
  "six-months-from-live": "calendar months from the day it becomes Live",
  "ga-month-after-request": "about a month after the e-mail",
  "ga-asked-when-possible":
    "about a month after the e-mail, sent once it is in all regions and meets the criteria, or when six months are over",
  "ga-month-overdue": "overdue: a month has passed since the e-mail",
};

/** Earliest and latest date of every milestone still ahead. */
export function forecastReply(connector: Connector, current: Standing, found: Forecast, view: View): Reply {
  const { ahead } = found;
  const stands = outlook(connector, current, view);
  const last = ahead.at(-1);
  return reply(
    last
      ? `${connector.name}: ${last.name} ${rangeText(last)}${last.because === "ga-asked-when-possible" ? ", if the criteria are met by then" : ""}.`
      : `${connector.name} has no milestone ahead: it is at ${stageName(current)}.`,
    stageLine(current.stage),
    facts(...outlookRows(stands)),
    forecastPicture(ahead, view),
    ...(ahead.length > 0 ? [dates(ahead, view), assumptions(ahead)] : []),
    ...remarkBlocks(found.remarks),
    sources(
      citeCertification("Post-submission steps"),
      citeCertification("Test your connector"),
      citeCertification("Production deployment"),
      citeCertification("Wait for deployment"),
      citeGa("Recommended criteria"),
      citeGa("Request the move to GA"),
    ),
    buttons(...stands.buttons.slice(0, 2), about(connector, "status", "Status")),
  );
}

/** Two columns, which a phone has room for; why each date is what it is stands below. */
function dates(ahead: readonly Ahead[], view: View): Block {
  return {
    kind: "table",
    columns: ["Milestone", "Earliest to latest"],
    rows: ahead.map((one) => ({ mark: "ahead", cells: [[one.name], range(one, view)] })),
  };
}

function range({ earliest, latest, dayOnly }: Ahead, view: View): Spans {
  const at = (time: DateTime) => (dayOnly ? dayText(time.toISODate() ?? "") : moment(time, view));
  return latest.equals(earliest) ? [at(earliest)] : sentence`${at(earliest)} to ${at(latest)}`;
}

/** The same reason for neighbours is told once. */
function assumptions(ahead: readonly Ahead[]): Block {
  const groups = [...Map.groupBy(ahead, ({ because }) => because).values()];
  const items = groups.map((group): Spans => {
    const [first, last] = [group[0], group.at(-1)];
    const name = first === last ? shortName(first) : `${shortName(first)} to ${shortName(last)}`;
    return first ? [{ bold: `${name}:` }, ` ${ASSUMPTIONS[first.because]}`] : [];
  });
  return { kind: "list", heading: "Assuming", items };
}

/** "Wave 2" of "Wave 2: US preview". */
function shortName(one: Ahead | undefined): string {
  return one?.name.split(":")[0] ?? "";
}

function rangeText({ earliest, latest }: Ahead): string {
  const [from, to] = [pacificDayText(earliest), pacificDayText(latest)];
  return from === to ? `about ${from}` : `between ${from} and ${to}`;
}
