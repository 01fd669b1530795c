/** Where a block of a page is run: a folder that is prepared as the page says. */
export interface Place {
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Other folders, for commands of a list that are not one after the other: by command, without what a comment says. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export interface RanCommand {
  /** As it is written, without what a comment says. */
  readonly command: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command block of a page that is run as it is written. */
export interface RunBlock {
  readonly page: string;
  /** Its first command. */
  readonly first: string;
  /** The place, in words. */
  readonly in: string;
  lay(): Promise<Place>;
  /** The time of the machine, where days of the page would otherwise be in the future some time; default: as it is. */
  readonly now?: string;
  /** Commands of ours that run until a person ends them, and the words after which one does. */
  readonly endless?: Readonly<Record<string, string>>;
  /** Exit codes other than 0. */
  readonly codes?: Readonly<Record<string, number>>;
  /** What more must hold. */
  check?(ran: readonly RanCommand[], place: Place): void | Promise<void>;
}

/** One that another test runs, or does what it says. */
export interface BlockElsewhere {
  readonly page: string;
  readonly first: string;
  /** Its path from the root of the project. */
  readonly test: string;
}

/** One that cannot be run here. */
export interface BlockNotRun {
  readonly page: string;
  readonly first: string;
  readonly why: string;
}
