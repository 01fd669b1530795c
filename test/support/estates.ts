import type { EstateSettings } from './simulated-estate.js';

/** Zones, and dates around which their clocks change: by an hour, by half an hour, at midnight; or never. */
const zones = [
  ['UTC', '2026-02-10'],
  ['America/New_York', '2026-10-20'],
  ['Europe/Berlin', '2026-03-10'],
  ['Australia/Lord_Howe', '2026-03-20'],
  ['America/Santiago', '2026-08-20'],
  ['Asia/Kathmandu', '2026-06-15'],
  ['Pacific/Chatham', '2026-09-10'],
  ['Africa/Cairo', '2026-04-10'],
] as const;

/** 30 estates of 30 days in eight zones, each by its seed; of every third some days are not run. */
export const estates: readonly EstateSettings[] = Array.from({ length: 30 }, (_, index) => {
  const [timezone, firstDate] = zones[index % zones.length] ?? zones[0];
  const skipped = index % 3 === 2 ? [4, 9, 10, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] : [];
  return { seed: index + 1, timezone, firstDate, days: 30, skipped };
});
