import type { TimeWindow } from '../../../model/report-day.js';
import type { RecordReading, TakenRecord } from '../../record-reading.js';
import type { DayRecollection } from '../../report-kind.js';
import { type ClassifiedActivity, createActivityClassifier } from './classify-record.js';
import { HeldActivity } from './held-activity.js';
import { HeldTrails } from './held-trails.js';
import { LateEvents } from './late-events.js';

/** The result of all records of a reading. */
export interface ReadActivity {
  readonly held: HeldActivity;
  readonly trails: HeldTrails;
  readonly late: LateEvents;
  /** Records of other services by type, each with its number. */
  readonly others: ReadonlyMap<string, number>;
}

/** More types than anybody would read. */
const mostTypes = 2000;
const maxName = 200;

/** Collects audit events, each once, however many records tell of it, and the newest state of each trail. */
export function openActivityReading(window: TimeWindow): RecordReading<DayRecollection, ReadActivity> {
  const classify = createActivityClassifier(window);
  const held = new HeldActivity();
  const trails = new HeldTrails();
  const late = new LateEvents();
  const others = new Map<string, number>();

  function takeFound(found: ClassifiedActivity): TakenRecord {
    const { evidence, happened, passedOver } = found;
    const told = { evidence, corrects: null, happened, ...(passedOver === undefined ? {} : { passedOver }) };
    switch (found.kind) {
      case 'event':
        return { disposition: held.add(found.event), reason: null, ...told };
      case 'trail':
        return { disposition: trails.add(found.trail), reason: null, ...told };
      case 'outside':
        if (found.isLate) late.add(found.event);
        return { disposition: 'outside', reason: null, ...told };
      case 'other': {
        const name = others.size < mostTypes ? found.eventType.slice(0, maxName).toWellFormed() : '';
        others.set(name, (others.get(name) ?? 0) + 1);
        return { disposition: 'ignored', reason: null, ...told };
      }
      case 'rejected':
        return { disposition: 'rejected', reason: found.reason, ...told };
    }
  }

  function isHeld(found: ClassifiedActivity): boolean {
    if (found.kind === 'event') return held.holds(found.event);
    return found.kind === 'trail' && trails.holds(found.trail);
  }

  return {
    take: (value) => classify(value).map(takeFound),
    takeItem(value) {
      const [found] = classify(value);
      return found === undefined ? null : takeFound(found);
    },
    takeMissing(value, _firstNumber, was) {
      // Each item of a record has a line of its own in the evidence.
      const [found] = classify(value);
      if (found === undefined || isHeld(found)) return [];
      if (found.kind === 'event' || found.kind === 'trail') return [takeFound(found)];
      if (found.kind === 'outside') {
        if (!found.isLate || late.has(found.event)) return [];
        return [takeFound(found)];
      }
      // An event that counted then must not be lost because this version cannot read it.
      return found.kind === 'rejected' && was === 'used' ? [takeFound(found)] : [];
    },
    holds(value) {
      const [found, ...more] = classify(value);
      return found !== undefined && more.length === 0 && isHeld(found);
    },
    finish: () => ({ duplicates: [], facts: { held, trails, late, others } }),
  };
}
