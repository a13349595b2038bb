import { standingOf } from "../../lifecycle/standing.ts";
import { calendarReply } from "../../replies/calendar.ts";
import { agendaOf } from "../../scheduling/agenda.ts";
import type { DecideConnector } from "../asked.ts";

export const decideCalendar: DecideConnector = (_asked, connector, view) => {
  const current = standingOf(connector, view.calendar, view.now);
  const agenda = agendaOf(connector, current, view.calendar, view.now);
  return { reply: calendarReply(connector, current, agenda, view) };
};
