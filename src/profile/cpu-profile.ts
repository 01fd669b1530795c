/** One function of a profile, as the DevTools protocol has it (Profiler.ProfileNode). */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    /** Of its file: `file:///…`, `node:…` or a path; empty for what is no JavaScript. */
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly children?: readonly number[] | undefined;
}

/** What a thread did, as the DevTools protocol has it (Profiler.Profile): the content of a `.cpuprofile`. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  /** In microseconds of the machine's own clock, which all threads share. */
  readonly startTime: number;
  readonly endTime: number;
  /** The function that ran at each instant, by its id. */
  readonly samples?: readonly number[] | undefined;
  /** From the sample before, for the first from the start; in microseconds. */
  readonly timeDeltas?: readonly number[] | undefined;
}

/** The profile of one thread. */
export interface ThreadProfile {
  /** URL of the file that the thread began with; null: the main thread. */
  readonly url: string | null;
  readonly profile: CpuProfile;
}
