/** @param latest what was rendered for another revision; null: nothing was */
type Render<T> = (revision: number, latest: T | null) => Promise<T>;

/**
 * What a day is rendered to, for the revision that it is to be archived as: paper names its number. Another process may
 * take that number before this one does; then the day is rendered for the next.
 */
export class Renderings<T> {
  readonly #render: Render<T>;
  #latest: { readonly revision: number; readonly rendered: T } | null = null;

  /** Nothing is rendered before it is asked for. */
  constructor(render: Render<T>) {
    this.#render = render;
  }

  static async begin<T>(revision: number, render: Render<T>): Promise<Renderings<T>> {
    const renderings = new Renderings(render);
    await renderings.of(revision);
    return renderings;
  }

  /** The latest. To be asked for once there is one. */
  get current(): T {
    if (this.#latest === null) throw new Error('nothing is rendered yet');
    return this.#latest.rendered;
  }

  /** For a revision; the latest if it is for that one. */
  async of(revision: number): Promise<T> {
    if (revision !== this.#latest?.revision) {
      const rendered = await this.#render(revision, this.#latest?.rendered ?? null);
      this.#latest = { revision, rendered };
    }
    return this.current;
  }
}
