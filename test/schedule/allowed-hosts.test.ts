import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { hostOption } from '../../src/cli/option-values.js';
import { isAllowedHost } from '../../src/schedule/allowed-hosts.js';
import { type HealthServer, startHealthServer } from '../../src/schedule/health-server.js';
import { createScheduleMetrics } from '../../src/schedule/metrics.js';

const loopback = { host: '127.0.0.1', address: '127.0.0.1', others: [] };
const everywhere = {
  host: '0.0.0.0',
  address: '0.0.0.0',
  others: ['reports.monitoring.svc', '*.example.com'],
};
const everywhere6 = { ...everywhere, host: '::', address: '::' };
const named = { host: 'Reports.internal', address: '10.0.0.5', others: [] };

describe('a Host header', () => {
  it.each([
    ['the address', '127.0.0.1', loopback],
    ['the address with its port', '127.0.0.1:9464', loopback],
    ['a forwarded port', 'localhost:8080', loopback],
    ['a port that is empty', 'localhost:', loopback],
    ['localhost in capitals, with a point', 'LOCALHOST.', loopback],
    ['a name below localhost', 'a.localhost', loopback],
    ['another address of the loopback', '127.8.9.1', loopback],
    ['the loopback of version 6', '[::1]:9464', loopback],
    ['the same, at length', '[0:0:0:0:0:0:0:1]', loopback],
    ['version 4 within version 6', '[::ffff:127.0.0.1]:1', loopback],
    ['none, as of HTTP/1.0', undefined, loopback],
    ['the loopback of a server with another address', 'localhost', named],
    ['the name that it is bound to', 'reports.INTERNAL:9464', named],
    ['the address of that name', '10.0.0.5:9464', named],
    ['the address of a pod, for a server on all addresses', '10.244.1.17:9464', everywhere],
    ['one of version 6', '[fd00::17]:9464', everywhere6],
    ['one of version 6 with its zone', '[fe80::1%25eth0]:9464', everywhere6],
    ['a name that is allowed', 'reports.monitoring.svc:9464', everywhere],
    ['a name below one that is allowed', 'a.b.example.com', everywhere6],
  ])('may be %s', (_what, header, names) => {
    expect(isAllowedHost(header, names)).toBe(true);
  });

  it.each([
    ['the name of another site', 'evil.example', loopback],
    ['the same for a server on all addresses', 'evil.example:9464', everywhere],
    ['an address that the server is not bound to', '10.0.0.5', loopback],
    ['all addresses', '0.0.0.0', loopback],
    ['a name that begins like localhost', 'localhost.evil.example', loopback],
    ['a name that ends like localhost', 'evillocalhost', loopback],
    ['a name that begins like an address', '127.0.0.1.evil.example', loopback],
    ['a name in which an allowed one ends', 'notexample.com', everywhere],
    ['the name above those that are allowed', 'example.com', everywhere],
    ['a user before the name', 'evil@localhost', loopback],
    ['a path after the name', 'localhost/evil', loopback],
    ['two ports', 'localhost:1:2', loopback],
    ['two names', 'localhost,evil.example', loopback],
    ['a number for an address', '2130706433', loopback],
    ['nothing', '', loopback],
    ['nothing but a port', ':9464', everywhere],
  ])('may not be %s', (_what, header, names) => {
    expect(isAllowedHost(header, names)).toBe(false);
  });
});

describe('--health-allow-host', () => {
  it.each([
    'reports',
    'reports.monitoring.svc.cluster.local',
    '*.example.com',
    '10.0.0.5',
    '[fd00::1]',
    'fd00::1',
  ])('takes %s', (name) => {
    expect(hostOption(name, ['a'])).toEqual(['a', name]);
  });

  it.each(['', '*', 'a*.example.com', 'reports:9464', 'http://reports', 'a b'])('refuses %j', (name) => {
    expect(() => hostOption(name)).toThrow('without a port');
  });
});

let server: HealthServer;

async function start(allowedHosts: readonly string[] = []): Promise<number> {
  const status = { isStopping: false, sinceLookMs: 0, pass: null, isIdle: true, plans: [] };
  const metrics = createScheduleMetrics([], { nowMs: () => 0 });
  server = await startHealthServer({ host: '127.0.0.1', port: 0, allowedHosts }, () => status, metrics);
  return Number(new URL(server.url).port);
}

async function get(path: string, host: string): Promise<readonly [number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { headers: { host } }, (response) => {
      text(response).then((body) => resolve([response.statusCode, body]), reject);
    });
    sent.on('error', reject).end();
  });
}

describe('the health server', () => {
  afterEach(() => server.close());

  it.each(['/healthz', '/readyz', '/metrics', '/'])(
    'tells nobody %s who calls it by another name',
    async (path) => {
      await start();
      expect(await get(path, 'evil.example')).toEqual([
        421,
        'This server has another name. Call it by its address, or allow the name: --health-allow-host NAME.\n',
      ]);
    },
  );

  it('answers by its own names and by those that are allowed', async () => {
    const port = await start(['reports.monitoring.svc']);
    for (const host of [`127.0.0.1:${port}`, 'localhost', 'reports.monitoring.svc:9464']) {
      expect((await get('/healthz', host))[0]).toBe(200);
      expect((await get('/metrics', host))[0]).toBe(200);
    }
  });

  it.each([
    ['without a Host', 'GET /healthz HTTP/1.0\r\n\r\n', '200'],
    ['with another Host', 'GET /healthz HTTP/1.0\r\nHost: evil.example\r\n\r\n', '421'],
    ['with two', 'GET /healthz HTTP/1.0\r\nHost: localhost\r\nHost: evil.example\r\n\r\n', '4'],
  ])('has an answer for HTTP/1.0 %s', async (_what, sent, code) => {
    const socket = connect(await start(), '127.0.0.1');
    socket.end(sent);
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${code}`));
  });
});
