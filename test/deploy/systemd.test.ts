import { describe, expect, it } from 'vitest';
import { deployText, refusalOf } from '../support/deploy-files.js';

/** Settings of a unit by section; one that comes several times has all its values. */
async function unit(
  name: string,
): Promise<Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>> {
  const sections: Record<string, Record<string, string[]>> = {};
  let section = '';
  for (const line of (await deployText(`systemd/${name}`)).split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, title] = /^\[(\w+)\]$/.exec(line) ?? [];
    if (title !== undefined) section = title;
    const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (title === undefined && key === undefined) throw new Error(`${name}: ${line}`);
    if (key !== undefined) ((sections[section] ??= {})[key] ??= []).push(value);
  }
  return sections;
}

/** What a unit says apart from what it runs. */
async function sharedSettings(name: string): Promise<object> {
  const { Service = {} } = await unit(name);
  const own = ['Type', 'ExecStart', 'KillMode', 'TimeoutStopSec', 'TimeoutStartSec', 'Restart', 'RestartSec'];
  const shared = Object.entries(Service).filter(
    ([key]) => ![...own, 'RestartPreventExitStatus'].includes(key),
  );
  return Object.fromEntries(shared);
}

describe('the units of systemd', () => {
  it.each(['backup-report.service', 'backup-report-daily.service'])(
    '%s calls a command that the program has, where its configuration is',
    async (name) => {
      const { Service } = await unit(name);
      const [program, ...args] = Service?.['ExecStart']?.[0]?.split(' ') ?? [];
      expect(program).toBe('/usr/local/bin/backup-report');
      expect(await refusalOf(args)).toBeNull();
      expect(Service).toMatchObject({
        WorkingDirectory: ['/etc/backup-report'],
        User: ['backup-report'],
        ProtectSystem: ['strict'],
        NoNewPrivileges: ['true'],
      });
    },
  );

  it('have the same hardening', async () => {
    expect(await sharedSettings('backup-report-daily.service')).toEqual(
      await sharedSettings('backup-report.service'),
    );
  });

  it('give the schedule more time to end than it takes, and do not restart what is configured wrongly', async () => {
    const { Service } = await unit('backup-report.service');
    // schedule.gracePeriod is 30 s unless it is set.
    expect(Number(Service?.['TimeoutStopSec']?.[0])).toBeGreaterThan(30);
    expect(Service?.['RestartPreventExitStatus']).toEqual(['2']);
  });

  it('start the day in the zone of the plan, and after a time without power', async () => {
    const { Timer } = await unit('backup-report-daily.timer');
    expect(Timer?.['OnCalendar']).toEqual(['*-*-* 06:15:00 America/New_York']);
    expect(Timer?.['Persistent']).toEqual(['true']);
  });
});
