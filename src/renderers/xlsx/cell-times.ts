import { calendarSerial, createWallClock } from './wall-clock.js';

/** How a report's times and dates become cells. */
export interface CellTimes {
  /** Of the report; it stands in the header of every time. */
  readonly zone: string;
  /** An instant as the spreadsheet date of the zone. */
  readonly time: (iso: string | null) => number | null;
  /** A day of the calendar as a spreadsheet date; what is none as it is written. */
  readonly date: (date: string | null) => number | string | null;
}

export function createCellTimes(zone: string): CellTimes {
  const clock = createWallClock(zone);
  return {
    zone,
    time: (iso) => (iso === null ? null : clock(iso)),
    date: (date) => (date === null ? null : (calendarSerial(date) ?? date)),
  };
}
