import { randomBytes, randomUUID } from 'node:crypto';
import type { ObjectStore } from './object-store.js';
import { readObject } from './read-object.js';
import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  jsonObject,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

export interface PreAuthenticatedRequest {
  readonly name: string;
  readonly bucket: string;
  readonly objectName: string;
  readonly accessType: string;
  readonly expiresMs: number;
}

const creation = /^\/n\/([^/]+)\/b\/([^/]+)\/p\/?$/;
const use = /^\/p\/([^/]+)\/n\/([^/]+)\/b\/([^/]+)\/o\/(.+)$/;

/** Pre-authenticated requests: made with a signature, used without one. */
export class PreAuthenticatedService {
  /** By their tokens. */
  readonly requests = new Map<string, PreAuthenticatedRequest>();
  /** Without PAR_MANAGE the service answers as if there were no bucket. */
  isAllowed = true;

  readonly #namespace: string;
  readonly #objects: ObjectStore;
  readonly #nowMs: () => number;

  constructor(namespace: string, objects: ObjectStore, nowMs: () => number) {
    this.#namespace = namespace;
    this.#objects = objects;
    this.#nowMs = nowMs;
  }

  isCreation(request: WireRequest): boolean {
    return request.method === 'POST' && creation.test(request.path);
  }

  /** Whoever has the URL needs no signature. */
  isUse(request: WireRequest): boolean {
    return request.path.startsWith('/p/');
  }

  create(request: WireRequest): Answer {
    const [, namespace, bucket = ''] = creation.exec(request.path) ?? [];
    if (!this.isAllowed || namespace !== this.#namespace || !this.#objects.bucket(bucket)) return notFound();
    const { name, objectName, accessType, timeExpires } = jsonObject(request.body) ?? {};
    const expiresMs = Date.parse(String(timeExpires));
    if (typeof name !== 'string' || typeof objectName !== 'string' || accessType !== 'ObjectRead') {
      return invalidParameter('name, objectName and accessType ObjectRead are what the stand-in knows');
    }
    if (Number.isNaN(expiresMs) || expiresMs <= this.#nowMs()) return invalidParameter('timeExpires');
    const token = randomBytes(24).toString('base64url');
    this.requests.set(token, { name, bucket, objectName, accessType, expiresMs });
    return jsonAnswer({
      id: randomUUID(),
      name,
      objectName,
      accessType,
      // UNVERIFIED whether the name is encoded here.
      accessUri: `/p/${token}/n/${namespace}/b/${bucket}/o/${objectName}`,
      timeExpires: new Date(expiresMs).toISOString(),
      timeCreated: new Date(this.#nowMs()).toISOString(),
    });
  }

  use(request: WireRequest): Answer {
    const [, token = '', namespace, bucket, name = ''] = use.exec(request.path) ?? [];
    const made = this.requests.get(token);
    const isRight =
      made !== undefined &&
      request.method === 'GET' &&
      namespace === this.#namespace &&
      bucket === made.bucket &&
      decodeURIComponent(name) === made.objectName &&
      this.#nowMs() < made.expiresMs;
    const object = isRight ? this.#objects.details(made.bucket, made.objectName) : null;
    // UNVERIFIED code.
    if (object === null) return errorAnswer(404, 'BucketNotFound', 'No such pre-authenticated request');
    return readObject(request, object);
  }
}
