/** Why calls to OCI fail, budgets end and objects are not read. */
export const servicesReasons = {
  callsSpentOfDay:
    'the budget of {limit#} calls for a day is used up, and what is left was not read: see why the service needs so many, or raise budget.calls of the source',
  callsSpentOfDays:
    'the budget of {limit#} calls for {days#} days is used up, and what is left was not read: see why the service needs so many, or raise budget.calls of the source',
  minutesSpentOfDay:
    'the budget of {limit#} minutes for a day is used up, and what is left was not read: see why the service needs so many, or raise budget.minutes of the source',
  minutesSpentOfDays:
    'the budget of {limit#} minutes for {days#} days is used up, and what is left was not read: see why the service needs so many, or raise budget.minutes of the source',
  callFailed: '{service} {operation} failed: {why}',
  callFailedRequest: '{service} {operation} failed: {why} (opc-request-id {request})',
  callAnswered: '{service} {operation} answered {status}: {why}',
  callAnsweredRequest: '{service} {operation} answered {status}: {why} (opc-request-id {request})',
  noReasonGiven: 'no reason given',
  notWaitedFor: '{why}; it asks to wait {time} (Retry-After), which is not waited for',
  noAnswer: 'no answer for {seconds} s',
  answerNoJson: 'the answer is no JSON ({type}): {content}',
  ofNoType: 'of no type',
  emptyBody: 'its body is empty',
  pageNoProgress: 'the next page begins at {next}, which is not after {start}',
  wrongDigest: 'what came does not have the digest that the service tells',
  endedEarly: 'it ended after {bytes#} of {all#} bytes',
  folderObject: 'an empty object that stands for a folder',
  modifiedBefore: 'modified before the window',
  modifiedAfter: 'modified after the window and its margin',
  objectNotRead: 'not read: the budget of the source was used up',
  objectsNotRead: '{number#object was|objects were} not read: {why}',
  objectsNotReadNorListed:
    '{number#object was|objects were} not read, and others were not even listed: {why}',
  objectsNotListed: 'the objects were not listed to their end: {why}',
  noObject: 'no object below {prefix} was written in the window',
  noObjectLeftOut: 'no object below {prefix} was written in the window: {rest}',
} as const;
