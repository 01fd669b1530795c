import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import common from 'oci-common';
import logAnalytics from 'oci-loganalytics';
import objectStorage from 'oci-objectstorage';
import { quietSdk } from '../../src/oci/quiet-sdk.js';
import { otherCredentials, type Credentials } from '../support/oci/credentials.js';
import type { Fault } from '../support/oci/faults.js';
import { startStandIn, type StandIn } from '../support/oci/stand-in.js';
import { databaseEvent, volumeEvent } from '../support/raw-event.js';

quietSdk();

const bucketName = 'reports';
const source = 'OCI_Backup_Event_Source';
const startMs = Date.parse('2026-11-19T00:00:00Z');
const compartmentId = 'ocid1.compartment.oc1..prod';

let standIn: StandIn;
let objects: objectStorage.ObjectStorageClient;
let logs: logAnalytics.LogAnalyticsClient;

const noRetry = { retryConfiguration: common.NoRetryConfigurationDetails };

function provider(credentials: Credentials): common.AuthenticationDetailsProvider {
  const { tenancyId, userId, fingerprint, privateKeyPem } = credentials;
  const region = common.Region.fromRegionId('us-ashburn-1');
  return new common.SimpleAuthenticationDetailsProvider(
    tenancyId,
    userId,
    fingerprint,
    privateKeyPem,
    null,
    region,
  );
}

function objectClient(
  authenticationDetailsProvider: common.AuthenticationDetailsProvider,
): objectStorage.ObjectStorageClient {
  const client = new objectStorage.ObjectStorageClient({ authenticationDetailsProvider }, noRetry);
  client.endpoint = standIn.url;
  return client;
}

beforeEach(async () => {
  standIn = await startStandIn();
  standIn.objects.createBucket(bucketName);
  const authenticationDetailsProvider = provider(standIn.credentials);
  objects = objectClient(authenticationDetailsProvider);
  logs = new logAnalytics.LogAnalyticsClient({ authenticationDetailsProvider }, noRetry);
  logs.endpoint = standIn.url;
});

afterEach(async () => {
  objects.close();
  logs.close();
  await standIn.close();
});

/** The names that every request to an object has. */
function at(objectName: string): { namespaceName: string; bucketName: string; objectName: string } {
  return { namespaceName: standIn.namespace, bucketName, objectName };
}

function digest(algorithm: string, bytes: string): string {
  return createHash(algorithm).update(bytes).digest('base64');
}

async function put(objectName: string, body = 'content', more: object = {}): Promise<void> {
  await objects.putObject({ ...at(objectName), putObjectBody: Buffer.from(body), ...more });
}

async function read(objectName: string, more: object = {}): Promise<string> {
  const { value } = await objects.getObject({ ...at(objectName), ...more });
  return text(value as Readable);
}

/** What the client made of an answer: its status and code, or 'broken' when there was none. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return error instanceof common.OciError ? `${error.statusCode} ${error.serviceCode}` : 'broken';
  }
}

describe('authentication', () => {
  it('accepts what the SDK signs, with and without a body', async () => {
    expect((await objects.getNamespace({})).value).toBe('standin');
    await put('a.txt');
    expect((await query()).items).toEqual([]);
    expect(standIn.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('reads the configuration file that it writes', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'stand-in-'));
    try {
      const path = await standIn.writeConfigFile(directory);
      const client = objectClient(new common.ConfigFileAuthenticationDetailsProvider(path, 'DEFAULT'));
      expect((await client.getNamespace({})).value).toBe('standin');
      client.close();
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('refuses another key, another user, and no signature', async () => {
    const other = { ...standIn.credentials, privateKeyPem: otherCredentials().privateKeyPem };
    const stranger = { ...standIn.credentials, userId: 'ocid1.user.oc1..stranger' };
    for (const credentials of [other, stranger]) {
      const client = objectClient(provider(credentials));
      expect(await outcome(client.getNamespace({}))).toBe('401 NotAuthenticated');
      client.close();
    }
    const plain = await fetch(`${standIn.url}/n`);
    expect([plain.status, await plain.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'NotAuthenticated' }),
    ]);
  });

  it('refuses a body that is not the one that was signed', async () => {
    const headers = new Headers({ 'content-type': 'application/json' });
    const uri = `${standIn.url}/20200601/namespaces/standin/search/actions/query`;
    const signer = new common.DefaultRequestSigner(provider(standIn.credentials));
    await signer.signHttpRequest({ method: 'POST', uri, headers, body: '{"a":1}' });
    const answer = await fetch(uri, { method: 'POST', headers, body: '{"a":2}' });

    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      code: 'NotAuthenticated',
      message: 'The x-content-sha256 header does not match the request body',
    });
  });

  it('refuses a request that was dated five minutes off its clock', async () => {
    for (const [minutes, result] of [
      [6, '401 NotAuthenticated'],
      [-6, '401 NotAuthenticated'],
      [4, 'done'],
    ] as const) {
      standIn.faults.clockOffsetMs = minutes * 60_000;
      expect(await outcome(objects.getNamespace({}))).toBe(result);
    }
  });

  it('gives every answer an id of its own', async () => {
    const ids = [await fetch(standIn.url), await fetch(standIn.url)].map((answer) =>
      answer.headers.get('opc-request-id'),
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain(null);
  });
});

describe('object storage', () => {
  it('reads back what was put, with checksums, metadata and headers', async () => {
    const name = 'plan/2026/a+b & ü#%.txt';
    await put(name, 'content', {
      ifNoneMatch: '*',
      contentMD5: digest('md5', 'content'),
      opcChecksumAlgorithm: 'SHA256',
      opcContentSha256: digest('sha256', 'content'),
      contentType: 'text/plain',
      storageTier: 'InfrequentAccess',
      opcMeta: { run: 'r1' },
    });

    expect(standIn.objects.get(bucketName, name)?.toString()).toBe('content');
    expect(await read(name)).toBe('content');
    expect(await objects.headObject(at(name))).toMatchObject({
      contentLength: 7,
      contentMd5: digest('md5', 'content'),
      opcContentSha256: digest('sha256', 'content'),
      contentType: 'text/plain',
      storageTier: 'InfrequentAccess',
      // The SDK keeps the prefix when it reads.
      opcMeta: { 'opc-meta-run': 'r1' },
      eTag: standIn.objects.details(bucketName, name)?.etag,
    });
  });

  it('reads a range', async () => {
    await put('a.txt', '0123456789');
    const answer = await objects.getObject({ ...at('a.txt'), range: new common.Range(2, 5, null) });

    expect(await text(answer.value as Readable)).toBe('2345');
    expect(answer.contentLength).toBe(4);
    expect(standIn.requests.at(-1)?.status).toBe(206);
  });

  it('refuses wrong checksums and stores nothing', async () => {
    expect(await outcome(put('a.txt', 'content', { contentMD5: digest('md5', 'other') }))).toBe(
      '400 UnmatchedContentMD5',
    );
    expect(await outcome(put('a.txt', 'content', { opcContentSha256: digest('sha256', 'other') }))).toBe(
      '400 UnmatchedContentSHA256',
    );
    expect(standIn.objects.names(bucketName)).toEqual([]);
  });

  it('overwrites unless it is told not to, and lets exactly one of many racing writers win', async () => {
    await put('a.txt', 'first');
    await put('a.txt', 'second');
    expect(await outcome(put('a.txt', 'third', { ifNoneMatch: '*' }))).toBe('412 IfNoneMatchFailed');
    expect(await read('a.txt')).toBe('second');

    const racers = Array.from({ length: 12 }, (_, index) =>
      outcome(put('race.txt', `writer ${index}`, { ifNoneMatch: '*' })),
    );
    const outcomes = await Promise.all(racers);
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(1);
    expect(await read('race.txt')).toBe(`writer ${outcomes.indexOf('done')}`);
  });

  it('protects objects under a retention rule for as long as the rule says', async () => {
    const duration = { timeAmount: 30, timeUnit: 'DAYS' } as const;
    standIn.objects.createBucket(bucketName, { retentionRule: { duration } });
    await put('a.txt');

    expect(await outcome(put('a.txt', 'other'))).toBe('409 RetentionRuleViolation');
    expect(await outcome(objects.deleteObject(at('a.txt')))).toBe('409 RetentionRuleViolation');
    const { namespaceName } = at('');
    const rules = await objects.listRetentionRules({ namespaceName, bucketName });
    expect(rules.retentionRuleCollection.items).toEqual([expect.objectContaining({ duration })]);

    const bucket = standIn.objects.bucket(bucketName);
    const object = standIn.objects.details(bucketName, 'a.txt');
    if (bucket === undefined || object === null) throw new Error('not stored');
    const old = { ...object, timeCreatedMs: object.timeCreatedMs - 31 * 86_400_000 };
    bucket.objects.set('a.txt', old);
    expect(await outcome(objects.deleteObject(at('a.txt')))).toBe('done');
    expect(standIn.objects.names(bucketName)).toEqual([]);
  });

  it('lists pages in the order of the bytes, with the fields that were asked for', async () => {
    const names = ['p/a', 'p/a+b', 'p/\uFFFD', 'p/\u{1F600}', 'q/z'];
    for (const name of names.toReversed()) standIn.objects.put(bucketName, name, Buffer.from(name));
    standIn.objects.pageSizeCap = 2;

    const seen: string[] = [];
    let start: string | undefined;
    do {
      const { listObjects } = await objects.listObjects({
        namespaceName: standIn.namespace,
        bucketName,
        prefix: 'p/',
        fields: 'name,size,md5',
        ...(start === undefined ? {} : { start: encodeURIComponent(start) }),
      });
      expect(listObjects.objects.length).toBeLessThanOrEqual(2);
      expect(Object.keys(listObjects.objects[0] ?? {})).toEqual(
        expect.arrayContaining(['name', 'size', 'md5']),
      );
      seen.push(...listObjects.objects.map(({ name }) => name));
      start = listObjects.nextStartWith;
    } while (start);
    expect(seen).toEqual(names.slice(0, 4));
  });

  it('tells what is not there', async () => {
    const { namespaceName } = at('');
    expect(await outcome(objects.getObject(at('none')))).toBe('404 ObjectNotFound');
    expect(await outcome(objects.headObject(at('none')))).toMatch(/^404 /);
    expect(await outcome(objects.getBucket({ namespaceName, bucketName: 'none' }))).toBe(
      '404 BucketNotFound',
    );
    expect(await outcome(objects.getBucket({ namespaceName: 'none', bucketName }))).toBe(
      '404 NamespaceNotFound',
    );
    expect((await objects.getBucket({ namespaceName, bucketName })).bucket.name).toBe(bucketName);
    expect(await outcome(objects.headBucket({ namespaceName, bucketName }))).toBe('done');
  });
});

interface QueryOptions {
  readonly queryString?: string;
  readonly details?: Partial<logAnalytics.models.QueryDetails>;
  readonly page?: string;
  readonly limit?: number;
}

const everything = `'Log Source' = '${source}' | fields 'Original Log Content', Time`;

function queryDetails({ queryString = everything, details = {} }: QueryOptions = {}) {
  return {
    compartmentId,
    compartmentIdInSubtree: true,
    queryString,
    subSystem: logAnalytics.models.SubSystemName.Log,
    maxTotalCount: 2001,
    timeFilter: { timeStart: new Date(startMs), timeEnd: new Date(startMs + 86_400_000), timeZone: 'UTC' },
    shouldIncludeTotalCount: true,
    ...details,
  };
}

async function ask(options: QueryOptions = {}): Promise<logAnalytics.responses.QueryResponse> {
  const { page, limit } = options;
  return logs.query({
    namespaceName: standIn.namespace,
    queryDetails: queryDetails(options),
    ...(page === undefined ? {} : { page: encodeURIComponent(page) }),
    ...(limit === undefined ? {} : { limit }),
  });
}

async function query(options: QueryOptions = {}): Promise<logAnalytics.models.QueryAggregation> {
  return (await ask(options)).queryAggregation;
}

/** One entry a second. */
function addEvents(count: number): void {
  for (let index = 0; index < count; index += 1) {
    standIn.logs.add({ source, timeMs: startMs + index * 1000, event: { eventID: `e${index}` } });
  }
}

function window(fromMs: number, toMs: number): Partial<logAnalytics.models.QueryDetails> {
  return { timeFilter: { timeStart: new Date(fromMs), timeEnd: new Date(toMs), timeZone: 'UTC' } };
}

describe('log analytics', () => {
  it('answers rows by display name, with what the parser finds', async () => {
    const event = databaseEvent('end', '2026-11-19T01:00:00Z');
    standIn.logs.add({ source, timeMs: startMs + 5, event });
    const result = await query({ queryString: `'Log Source' = '${source}'` });

    expect(result).toMatchObject({
      totalCount: 1,
      totalMatchedCount: 1,
      arePartialResults: false,
      isContentHidden: false,
      percentComplete: 100,
    });
    expect(result.items).toEqual([
      expect.objectContaining({
        'Original Log Content': JSON.stringify(event),
        Time: startMs + 5,
        'Log Source': source,
        'Event Type': 'com.oraclecloud.databaseservice.automaticbackupdatabase.end',
        LifecycleState: 'ACTIVE',
        recoveryWindowInDays: 30,
        autoBackupEnabled: 'true',
      }),
    ]);
    expect(result.columns?.map(({ displayName }) => displayName)).toContain('Original Log Content');
  });

  it('filters by source, conditions, compartment and window', async () => {
    const end = volumeEvent('end', '2026-11-19T02:00:00Z');
    standIn.logs.add({ source, timeMs: startMs + 3, originalText: JSON.stringify(end) });
    standIn.logs.add({ source, timeMs: startMs + 1, event: volumeEvent('begin', '2026-11-19T01:00:00Z') });
    standIn.logs.add({ source: "it's", timeMs: startMs + 2, event: end });
    standIn.logs.add({ source, timeMs: startMs + 2, event: end, compartmentId: 'ocid1.compartment.oc1..b' });
    const times = async (queryString: string, details = {}): Promise<unknown> =>
      (await query({ queryString, details })).items?.map((row) => Number(row['Time']) - startMs);

    expect(await times(everything)).toEqual([3, 1]);
    expect(await times(`${everything} | sort Time`)).toEqual([1, 3]);
    expect(await times(`'Log Source' = '${source}' and 'Event Type' like '%.end' | fields Time`)).toEqual([
      3,
    ]);
    expect(await times("'Log Source' = 'it''s'")).toEqual([2]);
    expect(await times(String.raw`'Log Source' in ('x', 'it\'s')`)).toEqual([2]);
    expect(await times(everything, { compartmentId: standIn.credentials.tenancyId })).toEqual([3, 2, 1]);
    standIn.logs.deniedCompartments.add('ocid1.compartment.oc1..b');
    expect(await query({ details: { compartmentId: standIn.credentials.tenancyId } })).toMatchObject({
      totalCount: 2,
      isContentHidden: true,
    });
  });

  it('takes a window with both ends, or without its end', async () => {
    addEvents(4);
    const details = window(startMs + 1000, startMs + 3000);

    expect((await query({ details })).totalCount).toBe(3);
    standIn.logs.endExclusive = true;
    expect((await query({ details })).totalCount).toBe(2);
  });

  it('stops at the cap, and pages up to it', async () => {
    addEvents(2500);
    const seen: unknown[] = [];
    let page: string | undefined;
    do {
      const { queryAggregation, opcNextPageId } = await ask({ limit: 900, ...(page ? { page } : {}) });
      expect(queryAggregation).toMatchObject({ totalCount: 2001, totalMatchedCount: 2500 });
      seen.push(...(queryAggregation.items ?? []).map((row) => row['Time']));
      page = opcNextPageId;
    } while (page);

    expect(seen).toEqual(Array.from({ length: 2001 }, (_, index) => startMs + (2499 - index) * 1000));
    expect((await query({ limit: -1 })).items).toHaveLength(2001);
    expect((await query({ limit: -1, details: { maxTotalCount: 10 } })).totalCount).toBe(10);
    expect((await query()).items).toHaveLength(500);
    expect((await query({ details: { shouldIncludeTotalCount: false } })).totalCount).toBeUndefined();
  });

  it('refuses a page token that was not encoded or belongs to another query', async () => {
    addEvents(3);
    const token = (await ask({ limit: 1 })).opcNextPageId;
    const queryDetailsOnly = { namespaceName: standIn.namespace, queryDetails: queryDetails() };

    expect(await outcome(logs.query({ ...queryDetailsOnly, page: token }))).toBe('400 InvalidParameter');
    expect(await outcome(ask({ page: token, queryString: '*' }))).toBe('400 InvalidParameter');
    expect(await outcome(ask({ page: token }))).toBe('done');
  });

  it('counts', async () => {
    addEvents(2500);
    const counted = await query({ queryString: `'Log Source' = '${source}' | stats count` });

    expect(counted).toMatchObject({ items: [{ Count: 2500 }], totalCount: 1, percentComplete: 100 });
    expect((await query({ queryString: '* | stats count as records' })).items).toEqual([{ records: 2500 }]);
  });

  it('refuses what it does not understand', async () => {
    const refused = '400 InvalidParameter';
    for (const queryString of [
      "'Log Source' = unquoted",
      "'Log Source' = 'open",
      '* | cluster',
      '* | link NoSuchField',
      "'No Such Field' = 'x'",
      '* | fields NoSuchField',
      '* | stats count | fields Time',
      "* | sort 'Event Type'",
      `"Log Source" = 'x'`,
    ]) {
      expect(await outcome(query({ queryString }))).toBe(refused);
    }
    expect(await outcome(query({ details: { maxTotalCount: 2002 } }))).toBe(refused);
    expect(await outcome(query({ details: window(startMs, startMs - 1) }))).toBe(refused);
    expect(await outcome(query({ details: window(startMs, startMs) }))).toBe(refused);
    expect(await outcome(query({ limit: -2 }))).toBe(refused);
  });

  it('tells nothing of what the caller may not see', async () => {
    standIn.logs.deniedCompartments.add('ocid1.compartment.oc1..denied');
    const denied = { compartmentId: 'ocid1.compartment.oc1..denied' };

    expect(await outcome(query({ details: denied }))).toBe('404 NotAuthorizedOrNotFound');
    expect(await outcome(logs.query({ namespaceName: 'other', queryDetails: queryDetails() }))).toBe(
      '404 NotAuthorizedOrNotFound',
    );
  });

  it('lists sources', async () => {
    standIn.logs.sources.set(source, 'OCI Backup Events');
    standIn.logs.sources.set('other', 'Other');
    const answer = await logs.listSources({
      namespaceName: standIn.namespace,
      compartmentId,
      name: source.toLowerCase(),
    });

    expect(answer.logAnalyticsSourceCollection.items).toEqual([
      { name: source, displayName: 'OCI Backup Events' },
    ]);
  });

  it('runs a query that takes too long only asynchronously, with intermediate results before the end', async () => {
    addEvents(1200);
    standIn.logs.syncLimitRows = 1000;
    expect(await outcome(query())).toBe('504 RequestTimeout');

    const submitted = await ask({ details: { shouldRunAsync: true } });
    expect(submitted.queryAggregation.items).toBeUndefined();
    const job = { namespaceName: standIn.namespace, workRequestId: submitted.opcWorkRequestId };
    const seen: unknown[] = [];
    for (let poll = 0; poll < 3; poll += 1) {
      const { status } = (await logs.getQueryWorkRequest(job)).queryWorkRequest;
      const { queryAggregation, opcNextPage } = await logs.getQueryResult(job);
      const { percentComplete, items } = queryAggregation;
      seen.push([status, percentComplete, items?.length, opcNextPage !== undefined]);
    }
    expect(seen).toEqual([
      ['ACCEPTED', 0, 0, false],
      ['IN_PROGRESS', 50, 500, false],
      ['SUCCEEDED', 100, 500, true],
    ]);
  });

  it('pages through the result of an asynchronous query', async () => {
    addEvents(1200);
    standIn.logs.pollsUntilDone = 0;
    const { opcWorkRequestId: workRequestId } = await ask({ details: { shouldRunAsync: true } });
    const job = { namespaceName: standIn.namespace, workRequestId };
    await logs.getQueryWorkRequest(job);
    const sizes: number[] = [];
    let page: string | undefined;
    do {
      const answer = await logs.getQueryResult({
        ...job,
        ...(page ? { page: encodeURIComponent(page) } : {}),
      });
      sizes.push(answer.queryAggregation.items?.length ?? 0);
      page = answer.opcNextPage;
    } while (page);

    expect(sizes).toEqual([500, 500, 200]);
    await logs.cancelQueryWorkRequest(job);
    expect((await logs.getQueryWorkRequest(job)).queryWorkRequest.status).toBe('CANCELED');
  });

  it('exports more rows than a query answers, as JSON and as CSV', async () => {
    addEvents(2500);
    const { Json, Csv } = logAnalytics.models.ExportDetails.OutputFormat;
    const exported = async (
      outputFormat: logAnalytics.models.ExportDetails.OutputFormat,
    ): Promise<string> => {
      const { compartmentId: id, queryString, subSystem, timeFilter } = queryDetails();
      const exportDetails = { compartmentId: id, queryString, subSystem, timeFilter, outputFormat };
      const answer = await logs.exportQueryResult({ namespaceName: standIn.namespace, exportDetails });
      return text(answer.value as Readable);
    };

    const rows = JSON.parse(await exported(Json)) as Record<string, unknown>[];
    expect(rows).toHaveLength(2500);
    expect(rows[0]).toEqual({ 'Original Log Content': '{"eventID":"e2499"}', Time: startMs + 2_499_000 });
    const lines = (await exported(Csv)).trimEnd().split('\n');
    expect(lines).toHaveLength(2501);
    expect(lines.slice(0, 2)).toEqual([
      '"Original Log Content","Time"',
      `"{""eventID"":""e2499""}","${startMs + 2_499_000}"`,
    ]);

    standIn.faults.next('/export', { kind: 'short' });
    expect(JSON.parse(await exported(Json))).toHaveLength(1250);
    standIn.faults.next('/export', { kind: 'torn' });
    expect(await outcome(exported(Json))).toBe('broken');
  });

  it('holds 120,000 entries that came out of order', async () => {
    const count = 120_000;
    const entries = Array.from({ length: count }, (_, index) => ({
      source,
      timeMs: startMs + ((index * 7919) % count) * 100,
      event: { eventID: `e${index}` },
    }));
    standIn.logs.addAll(entries);
    const details = window(startMs + 1_000_000, startMs + 1_100_000);

    expect((await query({ queryString: '* | stats count' })).items).toEqual([{ Count: count }]);
    expect((await query({ details })).totalCount).toBe(1001);
  });
});

describe('faults', () => {
  it('answers a planned status so many times, with its code and Retry-After', async () => {
    standIn.faults.next('GET /n', { status: 429, retryAfterSeconds: 7 }, 2);
    standIn.faults.next(({ method }) => method === 'PUT', { status: 503, code: 'Busy' });

    expect(await outcome(objects.getNamespace({}))).toBe('429 TooManyRequests');
    expect(await outcome(put('a.txt'))).toBe('503 Busy');
    expect(standIn.objects.names(bucketName)).toEqual([]);
    expect(standIn.faults.pending()).toBe(1);
    expect(await outcome(objects.getNamespace({}))).toBe('429 TooManyRequests');
    expect(await outcome(objects.getNamespace({}))).toBe('done');
  });

  it('names the seconds to wait', async () => {
    const headers = new Headers();
    const uri = `${standIn.url}/n`;
    const signer = new common.DefaultRequestSigner(provider(standIn.credentials));
    await signer.signHttpRequest({ method: 'GET', uri, headers });
    standIn.faults.next('GET /n', { status: 429, retryAfterSeconds: 7 });

    expect((await fetch(uri, { headers })).headers.get('retry-after')).toBe('7');
  });

  it('resets, tears before and after the effect, and tells which requests were unanswered', async () => {
    standIn.faults.next('PUT', { kind: 'reset' });
    expect(await outcome(put('a.txt'))).toBe('broken');
    expect(standIn.objects.names(bucketName)).toEqual([]);

    standIn.faults.next('PUT', { kind: 'torn-after-effect' });
    expect(await outcome(put('a.txt'))).toBe('broken');
    expect(standIn.objects.names(bucketName)).toEqual(['a.txt']);

    standIn.faults.next('GET', { kind: 'torn' });
    expect(await outcome(read('a.txt'))).toBe('broken');
    expect(await read('a.txt')).toBe('content');
    expect(standIn.requests.map(({ status, fault }) => [status, fault])).toEqual([
      [0, 'reset'],
      [0, 'torn-after-effect'],
      [200, 'torn'],
      [200, null],
    ]);
  });

  it('gives wrong bytes of the right length, to the next read of an object', async () => {
    await put('a.txt');
    standIn.faults.next('/n', { kind: 'wrong-body' });
    await objects.headObject(at('a.txt'));
    const wrong = await read('a.txt');

    expect(wrong).not.toBe('content');
    expect(await read('a.txt')).toBe('content');
  });

  it('answers late, and forgets late answers when it closes', async () => {
    standIn.faults.next('PUT', { kind: 'slow', ms: 5 });
    await put('a.txt');
    standIn.faults.next('GET', { kind: 'slow', ms: 3_600_000 });
    const waiting = outcome(read('a.txt'));
    while (standIn.requests.length < 2) await new Promise(setImmediate);
    await standIn.close();

    expect(await waiting).toBe('broken');
  });

  it('gives partial, hidden and short results of a query', async () => {
    addEvents(10);
    const results = [];
    for (const kind of ['partial', 'hidden', 'short'] as const) {
      standIn.faults.next('search/actions/query', { kind });
      const { queryAggregation, opcNextPageId } = await ask();
      const { items, totalCount, arePartialResults, isContentHidden } = queryAggregation;
      results.push([kind, items?.length, totalCount, arePartialResults, isContentHidden, opcNextPageId]);
    }

    expect(results).toEqual([
      ['partial', 5, 5, true, false, undefined],
      ['hidden', 10, 10, false, true, undefined],
      ['short', 5, 10, false, false, undefined],
    ]);
  });

  it('makes the same chaos of the same seed', async () => {
    const kinds: readonly Fault[] = [{ status: 500 }, { kind: 'reset' }, { kind: 'partial' }];
    const run = async (): Promise<readonly string[]> => {
      standIn.faults.chaos(42, 0.5, kinds);
      const outcomes: string[] = [];
      for (let call = 0; call < 20; call += 1) outcomes.push(await outcome(objects.getNamespace({})));
      return outcomes;
    };
    const first = await run();

    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set(['done', 'broken', '500 InternalServerError']));
    standIn.faults.clear();
    expect(await outcome(objects.getNamespace({}))).toBe('done');
  });
});

it('closes once however often it is asked', async () => {
  await Promise.all([standIn.close(), standIn.close()]);
  await standIn.close();
  expect(await outcome(objects.getNamespace({}))).toBe('broken');
});
