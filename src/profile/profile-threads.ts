import { Session } from 'node:inspector/promises';
import type { CpuProfile, ThreadProfile } from './cpu-profile.js';

/** One a millisecond: fine enough for a small day, and a run of an hour has its samples in some 100 MB. */
const samplingMicroseconds = 1000;

/** How long a thread has to hand over its profile: one that waits for a hung disk never does. */
const answerMs = 30_000;

export interface ThreadProfiles {
  /** Ends the measurement. To be called once. Returns the main thread first, then the others as they began. */
  stop(): Promise<readonly ThreadProfile[]>;
}

/**
 * Profiles this thread and each thread that it starts from now on, from its first module to its end: one that ends waits
 * until its profile was taken (NodeWorker and NodeRuntime of https://nodejs.org/api/inspector.html). No thread has
 * to know of it.
 */
export async function profileThreads(): Promise<ThreadProfiles> {
  const session = new Session();
  session.connect();
  const threads = new OtherThreads(session);
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: samplingMicroseconds });
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: true });
  await session.post('Profiler.start');
  return {
    stop: async () => {
      const { profile } = await session.post('Profiler.stop');
      const others = await threads.stop();
      session.disconnect();
      return [{ url: null, profile }, ...others];
    },
  };
}

/** A message of a thread: an answer has the number of its question, a notice has a method. */
interface ThreadMessage {
  readonly id?: number;
  readonly method?: string;
  readonly result?: { readonly profile?: CpuProfile };
}

interface OtherThread {
  readonly url: string;
  profile: Promise<CpuProfile | null> | null;
}

class OtherThreads {
  readonly #session: Session;
  readonly #threads = new Map<string, OtherThread>();
  readonly #waiting = new Map<string, (message: ThreadMessage | null) => void>();
  #questions = 0;

  constructor(session: Session) {
    this.#session = session;
    process.once('exit', this.#letAllGo);
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
      this.#threads.set(sessionId, { url: workerInfo.url, profile: null });
      void this.#begin(sessionId);
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) => {
      const parsed: ThreadMessage = JSON.parse(message);
      this.#take(sessionId, parsed);
    });
    session.on('NodeWorker.detachedFromWorker', ({ params: { sessionId } }) => this.#forget(sessionId));
  }

  async stop(): Promise<readonly ThreadProfile[]> {
    const profiles: ThreadProfile[] = [];
    // The answers of threads that keep no process alive do not keep it alive, either: the timer does.
    let tooLate: NodeJS.Timeout | undefined;
    const never = new Promise<null>((resolve) => (tooLate = setTimeout(() => resolve(null), answerMs)));
    for (const [id, { url }] of this.#threads) {
      const profile = await Promise.race([this.#profileOf(id), never]);
      if (profile !== null) profiles.push({ url, profile });
    }
    clearTimeout(tooLate);
    process.off('exit', this.#letAllGo);
    this.#letAllGo();
    await this.#session.post('NodeWorker.disable');
    return profiles;
  }

  async #begin(id: string): Promise<void> {
    await this.#ask(id, 'Profiler.enable');
    await this.#ask(id, 'Profiler.setSamplingInterval', { interval: samplingMicroseconds });
    await this.#ask(id, 'NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    await this.#ask(id, 'Profiler.start');
    await this.#ask(id, 'Runtime.runIfWaitingForDebugger');
  }

  #take(id: string, message: ThreadMessage): void {
    if (message.method === 'NodeRuntime.waitingForDisconnect') void this.#end(id);
    if (message.id !== undefined) this.#answer(`${id} ${message.id}`, message);
  }

  /** The thread is done, and waits for whoever listens to it. */
  async #end(id: string): Promise<void> {
    await this.#profileOf(id);
    this.#letGo(id);
  }

  #letGo(id: string): void {
    // It is gone already, then.
    this.#session.post('NodeWorker.detach', { sessionId: id }).catch(() => undefined);
  }

  /** A process cannot end while a thread waits for who listens to it. */
  readonly #letAllGo = (): void => {
    for (const id of this.#threads.keys()) this.#letGo(id);
  };

  #profileOf(id: string): Promise<CpuProfile | null> {
    const thread = this.#threads.get(id);
    if (thread === undefined) return Promise.resolve(null);
    thread.profile ??= this.#ask(id, 'Profiler.stop').then((answer) => answer?.result?.profile ?? null);
    return thread.profile;
  }

  /** Resolves with null where the thread is gone. */
  #ask(id: string, method: string, params: object = {}): Promise<ThreadMessage | null> {
    this.#questions += 1;
    const question = this.#questions;
    const key = `${id} ${question}`;
    const message = JSON.stringify({ id: question, method, params });
    return new Promise((resolve) => {
      this.#waiting.set(key, resolve);
      this.#session
        .post('NodeWorker.sendMessageToWorker', { sessionId: id, message })
        .catch(() => this.#answer(key, null));
    });
  }

  #forget(id: string): void {
    for (const key of this.#waiting.keys()) if (key.startsWith(`${id} `)) this.#answer(key, null);
  }

  #answer(key: string, message: ThreadMessage | null): void {
    this.#waiting.get(key)?.(message);
    this.#waiting.delete(key);
  }
}
