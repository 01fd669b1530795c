/** The half-open interval [startMs, cutOffMs) of one civil day in an IANA zone: 23, 24 or 25 hours. */
export interface ReportDay {
  /** `2026-11-19` */
  readonly date: string;
  readonly timezone: string;
  readonly startMs: number;
  readonly cutOffMs: number;
}

/** Instants [fromMs, toMs) that a source is asked for. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}
