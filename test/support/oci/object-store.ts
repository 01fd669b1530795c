import { createHash, randomUUID } from 'node:crypto';
import { dayMs } from '../../../src/base/time-units.js';

export interface RetentionRule {
  readonly displayName?: string;
  /** Without it the rule holds for ever. */
  readonly duration?: { readonly timeAmount: number; readonly timeUnit: 'DAYS' | 'YEARS' };
  readonly timeRuleLocked?: string;
}

export interface BucketOptions {
  readonly retentionRule?: RetentionRule;
  /** Replaces or adds properties of the bucket as getBucket answers it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface StoredObject {
  readonly name: string;
  readonly bytes: Buffer;
  readonly etag: string;
  /** Base64. */
  readonly md5: string;
  /** Base64; null when the writer asked for none. */
  readonly sha256: string | null;
  readonly timeCreatedMs: number;
  readonly storageTier: string;
  /** content-type, cache-control, opc-meta-… as they were sent. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface ObjectOptions {
  readonly sha256?: string | null;
  readonly storageTier?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Bucket {
  readonly name: string;
  readonly etag: string;
  readonly timeCreatedMs: number;
  readonly options: BucketOptions;
  readonly objects: Map<string, StoredObject>;
  /** Names in the order of their UTF-8 bytes; null when it has to be made anew. */
  sortedNames: readonly string[] | null;
}

/** What the stand-in's Object Storage holds. Tests look and change here without going over the wire. */
export class ObjectStore {
  /** The most objects one page of a list has. */
  pageSizeCap = 1000;
  /**
   * Documentation says that opc-content-sha256 is "applicable only if" opc-checksum-algorithm is SHA256. UNVERIFIED
   * what happens without: by default it is checked and kept all the same; when true it is ignored.
   */
  strictChecksumAlgorithm = false;
  /** Who tells the size of an object: a list and the answer with its bytes, only the latter, or nobody. */
  sizes: 'told' | 'of-answers' | 'untold' = 'told';

  readonly #buckets = new Map<string, Bucket>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  createBucket(name: string, options: BucketOptions = {}): void {
    this.#buckets.set(name, {
      name,
      etag: randomUUID(),
      timeCreatedMs: this.#nowMs(),
      options,
      objects: new Map(),
      sortedNames: null,
    });
  }

  bucket(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** Stores whatever the rules of the bucket say. */
  put(bucketName: string, name: string, bytes: Uint8Array, options: ObjectOptions = {}): StoredObject {
    const bucket = this.#known(bucketName);
    const copy = Buffer.from(bytes);
    const object = {
      name,
      bytes: copy,
      etag: randomUUID(),
      md5: createHash('md5').update(copy).digest('base64'),
      sha256: options.sha256 ?? null,
      timeCreatedMs: this.#nowMs(),
      storageTier: options.storageTier ?? 'Standard',
      headers: { 'content-type': 'application/octet-stream', ...options.headers },
    };
    if (!bucket.objects.has(name)) bucket.sortedNames = null;
    bucket.objects.set(name, object);
    return object;
  }

  get(bucketName: string, name: string): Buffer | null {
    return this.details(bucketName, name)?.bytes ?? null;
  }

  details(bucketName: string, name: string): StoredObject | null {
    return this.#known(bucketName).objects.get(name) ?? null;
  }

  /** In the order of the UTF-8 bytes. */
  names(bucketName: string): readonly string[] {
    const bucket = this.#known(bucketName);
    bucket.sortedNames ??= sortByBytes([...bucket.objects.keys()]);
    return bucket.sortedNames;
  }

  /** Deletes whatever the rules of the bucket say. */
  delete(bucketName: string, name: string): void {
    const bucket = this.#known(bucketName);
    if (bucket.objects.delete(name)) bucket.sortedNames = null;
  }

  /** Whether a retention rule forbids to overwrite or delete the object now. */
  isProtected(bucket: Bucket, object: StoredObject): boolean {
    const rule = bucket.options.retentionRule;
    if (rule === undefined) return false;
    if (rule.duration === undefined) return true;
    const days = rule.duration.timeAmount * (rule.duration.timeUnit === 'YEARS' ? 365 : 1);
    return this.#nowMs() < object.timeCreatedMs + days * dayMs;
  }

  #known(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new Error(`The stand-in has no bucket ${name}: create it first`);
    return bucket;
  }
}

export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function sortByBytes(names: readonly string[]): readonly string[] {
  return names
    .map((name) => Buffer.from(name))
    .sort((a, b) => Buffer.compare(a, b))
    .map((bytes) => bytes.toString('utf8'));
}
