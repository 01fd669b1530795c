import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process made something: its number alone does not tell, because numbers are used again. */
export interface ProcessMark {
  /** Where its number counts: 12 hex digits for a running system and, in it, a container. */
  readonly place: string;
  readonly pid: number;
  /** When it was started, in ticks since the system was; 0 where the system does not tell. */
  readonly started: string;
}

/** The mark of this process. */
export function ownMark(): ProcessMark {
  return { place: placeOfProcesses(), pid: process.pid, started: startOf(process.pid) ?? '0' };
}

/** For names of files and folders: `3f9a0c1b2d4e-4711-88123`. */
export function markText({ place, pid, started }: ProcessMark): string {
  return `${place}-${pid}-${started}`;
}

/** null: it is something else. */
export function readMark(text: string): ProcessMark | null {
  const [, place, pid, started] = /^([0-9a-f]{12})-([1-9]\d{0,9})-(\d{1,20})$/.exec(text) ?? [];
  return place === undefined || pid === undefined || started === undefined
    ? null
    : { place, pid: Number(pid), started };
}

/** Whether the process still runs. null: it belongs to another place, and nobody here can tell. */
export function isRunning({ place, pid, started }: ProcessMark, own: ProcessMark): boolean | null {
  if (place !== own.place) return null;
  if (own.started !== '0') return startOf(pid) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Any other answer means that there is such a process.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Another container, another host and the same host before it was started again are other places. */
function placeOfProcesses(): string {
  const boot = orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const container = orEmpty(() => readlinkSync('/proc/self/ns/pid'));
  return createHash('sha256').update([hostname(), boot, container].join('\n')).digest('hex').slice(0, 12);
}

/** Field 22 of /proc/PID/stat. The name before it may have spaces and brackets. null: no such process is seen. */
function startOf(pid: number): string | null {
  const status = orEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const [, after = ''] = /^.*\) (.*)$/s.exec(status) ?? [];
  return after.split(' ')[19] ?? null;
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
