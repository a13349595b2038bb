import { addMonths, type Day, toDay, weekdayOf } from "../scheduling/calendar.ts";
import { dateWords, MONTHS, monthOf, yearOf } from "./days.ts";
import { widthOf } from "./letters.ts";
import { TEXT } from "./look.ts";

/** The days of the picture, side by side from left to right. */
export interface Scale {
  first: Day;
  last: Day;
  left: number;
  right: number;
  dayWidth: number;
}

export function scaleOf(first: Day, last: Day, left: number, right: number): Scale {
  return { first, last, left, right, dayWidth: (right - left) / (last - first + 1) };
}

/** Where a day begins. */
export function startOf(day: Day, { first, left, dayWidth }: Scale): number {
  return left + (day - first) * dayWidth;
}

export function middleOf(day: Day, scale: Scale): number {
  return startOf(day + 0.5, scale);
}

interface Tick {
  x: number;
  label: string;
  isYear: boolean;
}

const ROOM = { day: 88, month: 58 };
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];

/** Days, Mondays or months, as many as can be read. */
export function ticksOf(scale: Scale): Tick[] {
  const { dayWidth } = scale;
  const days = [1, 7, 14].find((step) => step * dayWidth >= ROOM.day);
  if (days !== undefined) return dayTicks(days, scale);
  const months = MONTH_STEPS.find((step) => step * 30 * dayWidth >= ROOM.month) ?? MONTH_STEPS.at(-1) ?? 1;
  return monthTicks(months, scale);
}

function dayTicks(step: number, scale: Scale): Tick[] {
  const ticks: Tick[] = [];
  const monday = scale.first + ((8 - weekdayOf(scale.first)) % 7);
  for (let day = step === 1 ? scale.first : monday; day <= scale.last; day += step) {
    ticks.push({ x: middleOf(day, scale), label: dateWords(day, [yearOf(day)]), isYear: false });
  }
  return ticks;
}

function monthTicks(step: number, scale: Scale): Tick[] {
  const ticks: Tick[] = [];
  const firstYear = yearOf(scale.first);
  const from = toDay(`${String(firstYear).padStart(4, "0")}-01-01`);
  const years = Math.max(1, step / 12);
  const begin = step > 12 ? addMonths(from, (Math.ceil(firstYear / years) * years - firstYear) * 12) : from;
  for (let day = begin; day <= scale.last; day = addMonths(day, step)) {
    if (day < scale.first) continue;
    const isYear = monthOf(day) === 0;
    ticks.push({
      x: startOf(day, scale),
      label: isYear ? `${yearOf(day)}` : (MONTHS[monthOf(day)] ?? ""),
      isYear,
    });
  }
  return ticks;
}

/** The ticks whose labels, centred on them, lie between two edges and clear of what is there already. */
export function withRoom(
  ticks: Tick[],
  edges: { left: number; right: number },
  taken: [number, number][],
): Tick[] {
  const occupied = [...taken];
  return ticks.filter(({ x, label }) => {
    const half = widthOf(label, TEXT, 600) / 2;
    const [from, to] = [x - half, x + half];
    if (from < edges.left || to > edges.right) return false;
    if (occupied.some(([start, end]) => from < end + 6 && to > start - 6)) return false;
    occupied.push([from, to]);
    return true;
  });
}
