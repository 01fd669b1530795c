import type { FollowUp, Transition } from './daily-report.js';
import type { LeavingReason, UnjudgedReason } from './judged-resource.js';
import type { ControlName } from './verdict.js';

/** Why a resource is bad now, or what resolved it. */
export type TransitionReason =
  | {
      readonly code: 'turned-bad';
      /** The most informative control. */
      readonly control: ControlName | null;
    }
  | {
      readonly code: 'was-bad';
      /** The reason as given by the previous report, in its language. */
      readonly words: string;
    }
  | { readonly code: 'not-judged'; readonly left: LeavingReason | UnjudgedReason | null };

/** A transition before its reason is put into words. */
export interface JudgedTransition extends Omit<Transition, 'words'> {
  readonly reason: TransitionReason;
}

export interface JudgedFollowUp extends Pick<FollowUp, 'comparedWith'> {
  readonly newlyBad: readonly JudgedTransition[];
  readonly resolved: readonly JudgedTransition[];
}
