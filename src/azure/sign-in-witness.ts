import type { TokenCredentialOptions } from '@azure/identity';
import { explainError, innerError } from '../errors.js';

type Policies = NonNullable<TokenCredentialOptions['additionalPolicies']>;

/** What the last request of a sign-in came to. The SDK tells of some failures only that there was one. */
export class SignInWitness {
  /** null: the last request did not fail. */
  failure: string | null = null;

  readonly policies: Policies = [
    {
      position: 'perCall',
      policy: {
        name: 'sign-in-witness',
        sendRequest: async (request, next) => {
          try {
            const response = await next(request);
            const { status, bodyAsText } = response;
            this.failure = status < 400 ? null : `${status} ${descriptionOf(bodyAsText ?? '')}`.trim();
            return response;
          } catch (error) {
            this.failure = explainError(innerError(error));
            throw error;
          }
        },
      },
    },
  ];
}

/** RFC 6749, section 5.2 */
function descriptionOf(text: string): string {
  try {
    const { error_description: words, error } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return String(words ?? error ?? '');
  } catch {
    return '';
  }
}
