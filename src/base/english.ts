import { dayMs, hourMs, minuteMs } from './time-units.js';

/** `41 h`, `3 d 2 h`, `25 min`, `40 s`: rounded down. For commands, which speak English; reports use a Language. */
export function durationInWords(ms: number): string {
  if (ms < minuteMs) return `${Math.floor(ms / 1000)} s`;
  if (ms < 2 * hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < 2 * dayMs) {
    const minutes = Math.floor((ms % hourMs) / minuteMs);
    return `${Math.floor(ms / hourMs)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
  }
  const hours = Math.floor((ms % dayMs) / hourMs);
  return `${Math.floor(ms / dayMs)} d${hours === 0 ? '' : ` ${hours} h`}`;
}

/** `1 backup`, `2 backups` */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
