import { dayMs, hourMs, minuteMs, secondMs } from '../base/time-units.js';
import type { MessageText } from './message-text.js';

/** `41 h`, `3 d 2 h`, `25 min`, `40 s`: rounded down, at most two units. */
export function durationText(ms: number, text: MessageText): string {
  if (ms < minuteMs) return text('format.seconds', { seconds: Math.floor(ms / secondMs) });
  if (ms < 2 * hourMs) return text('format.minutes', { minutes: Math.floor(ms / minuteMs) });
  if (ms < 2 * dayMs) {
    const minutes = Math.floor((ms % hourMs) / minuteMs);
    return text(minutes === 0 ? 'format.hours' : 'format.hoursMinutes', {
      hours: Math.floor(ms / hourMs),
      minutes,
    });
  }
  const hours = Math.floor((ms % dayMs) / hourMs);
  return text(hours === 0 ? 'format.days' : 'format.daysHours', { days: Math.floor(ms / dayMs), hours });
}
