import { CredentialsRefused, Failure, explainError, isUsageFailure } from '../../errors.js';
import type { Finding } from '../../ports/finding.js';
import type { PlacedFinding } from './diagnosed-plan.js';

/** Makes each check, whatever became of those before it. */
export class Attempts {
  /** A failure of the identity, which every part that uses it meets again. It is told once. */
  #told: Failure | null = null;

  get areCredentialsRefused(): boolean {
    return this.#told !== null;
  }

  /** The findings of a check. A Failure that ends it is one, too; anything else is a bug, and thrown. */
  async findings(
    { area, check }: Pick<PlacedFinding, 'area' | 'check'>,
    work: () => Promise<readonly Finding[]>,
  ): Promise<readonly PlacedFinding[]> {
    try {
      const found = await work();
      return found.map((finding) => ({ area, ...finding }));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return [this.#failed(area, check, error)];
    }
  }

  #failed(area: PlacedFinding['area'], check: string, error: Failure): PlacedFinding {
    if (this.#isTold(error)) {
      const words = 'not checked: it needs the credentials';
      return { area: 'credentials', check, state: 'failed', words, advice: null };
    }
    const found = { state: 'failed', words: explainError(error), advice: error.hints[0] ?? null } as const;
    if (area === 'credentials' || error instanceof CredentialsRefused) {
      this.#told = error;
      return { area: 'credentials', check: 'credentials', ...found };
    }
    return { area: isUsageFailure(error) ? 'plan' : area, check, ...found };
  }

  #isTold(error: Failure): boolean {
    return error === this.#told || (error instanceof CredentialsRefused && this.#told !== null);
  }
}
