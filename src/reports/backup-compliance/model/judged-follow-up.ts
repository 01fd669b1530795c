import type { FollowUp, Transition } from './daily-report.js';
import type { LeavingReason, UnjudgedReason } from './judged-resource.js';
import type { ControlName } from './verdict.js';

/** Why a resource is bad now, or what resolved it. */
export type TransitionReason =
  | {
      readonly code: 'turned-bad';
      /** The control that tells most. */
      readonly control: ControlName | null;
    }
  | {
      readonly code: 'was-bad';
      /** As the previous report gave the reason, in its language. */
      readonly words: string;
    }
  | { readonly code: 'not-judged'; readonly left: LeavingReason | UnjudgedReason | null };

/** A transition before its reason is in words. */
export interface JudgedTransition extends Omit<Transition, 'words'> {
  readonly reason: TransitionReason;
}

export interface JudgedFollowUp extends Pick<FollowUp, 'comparedWith'> {
  readonly newlyBad: readonly JudgedTransition[];
  readonly resolved: readonly JudgedTransition[];
}
