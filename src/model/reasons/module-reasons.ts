/** What a source of a company's own did, or said of itself, that is no answer. */
export const moduleReasons = {
  moduleFailed: 'its module failed: {error}',
  noRecord: 'its module gave something that is no record',
  noOutcome: 'its module gave an outcome that is not understood: {what}',
  noReason: 'its module says that it is not complete, and not why',
  inputsUnbalanced:
    'its module counts inputs that do not add up: found is not read, unreadable and left out together',
} as const;
