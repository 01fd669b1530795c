import {
  errorAnswer,
  invalidParameter,
  jsonAnswer,
  notFound,
  type Answer,
  type WireRequest,
} from './wire.js';

const path = /^\/20190301\/secretbundles\/([^/]+)$/;
const stages = new Set(['CURRENT', 'PENDING', 'LATEST', 'PREVIOUS', 'DEPRECATED']);

interface SecretVersion {
  readonly content: string | Uint8Array;
  readonly created: string;
  /** RFC 3339. */
  readonly timeOfDeletion?: string;
  readonly timeOfExpiry?: string;
}

/**
 * Secrets of OCI Vault, as the API "Secret Retrieval" of 2019-03-01 gives them: the newest version is CURRENT, the one before it
 * PREVIOUS. https://docs.oracle.com/iaas/api/#/en/secretretrieval/20190301/SecretBundle/GetSecretBundle
 */
export class SecretStore {
  readonly #versions = new Map<string, SecretVersion[]>();
  /** Answers as a service that gives no content: the field is optional. */
  hasContent = true;

  /** Adds a version, which is current from then on. */
  put(
    secretId: string,
    content: string | Uint8Array,
    times: Pick<SecretVersion, 'timeOfDeletion' | 'timeOfExpiry'> = {},
  ): void {
    const versions = this.#versions.get(secretId) ?? [];
    this.#versions.set(secretId, [...versions, { content, created: new Date().toISOString(), ...times }]);
  }

  /** As one that is pending deletion: its content cannot be retrieved any more. */
  remove(secretId: string): void {
    this.#versions.delete(secretId);
  }

  isSecretsPath(request: WireRequest): boolean {
    return path.test(request.path);
  }

  answer(request: WireRequest): Answer {
    if (request.method !== 'GET') return errorAnswer(405, 'MethodNotAllowed', 'Only GET');
    const secretId = decodeURIComponent(path.exec(request.path)?.[1] ?? '');
    const stage = request.query.get('stage') ?? 'CURRENT';
    if (!stages.has(stage)) return invalidParameter(`stage ${stage}`);
    const versions = this.#versions.get(secretId) ?? [];
    const number = stage === 'PREVIOUS' ? versions.length - 1 : versions.length;
    const version = versions[number - 1];
    if (version === undefined) return notFound();
    const content = Buffer.from(version.content).toString('base64');
    return jsonAnswer({
      secretId,
      timeCreated: version.created,
      versionNumber: number,
      versionName: null,
      ...(this.hasContent ? { secretBundleContent: { contentType: 'BASE64', content } } : {}),
      timeOfDeletion: version.timeOfDeletion ?? null,
      timeOfExpiry: version.timeOfExpiry ?? null,
      stages: stage === 'PREVIOUS' ? ['PREVIOUS'] : ['CURRENT', 'LATEST'],
      metadata: null,
    });
  }
}
