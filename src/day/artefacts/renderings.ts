/** @param latest what was rendered for another revision; null: nothing was */
type Render<T> = (revision: number, latest: T | null) => Promise<T>;

/**
 * What a day is rendered to, for the revision that it is to be archived as: paper names its number. Another process may
 * take that number before this one does; then the day is rendered for the next.
 */
export class Renderings<T> {
  readonly #render: Render<T>;
  #revision: number;
  #current: T;

  private constructor(render: Render<T>, revision: number, current: T) {
    this.#render = render;
    this.#revision = revision;
    this.#current = current;
  }

  static async begin<T>(revision: number, render: Render<T>): Promise<Renderings<T>> {
    return new Renderings(render, revision, await render(revision, null));
  }

  /** The latest. */
  get current(): T {
    return this.#current;
  }

  /** For a revision; the latest if it is for that one. */
  async of(revision: number): Promise<T> {
    if (revision !== this.#revision) {
      this.#current = await this.#render(revision, this.#current);
      this.#revision = revision;
    }
    return this.#current;
  }
}
