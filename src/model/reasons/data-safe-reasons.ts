/** Why the records of Data Safe are not complete. */
export const dataSafeReasons = {
  dataSafeNoId: 'it is a record of Data Safe without an id or a target',
  dataSafeNoList: 'the answer is no list',
  dataSafeSamePage: 'the token of a page came again',
  dataSafeNoCount: "the service's count is no number",
  dataSafeCounted: '{rows#} audit events came, the service counts {counted#}',
  dataSafeLateUnread: 'which events of earlier days arrived late is not known: {why}',
  dataSafeTrailsUnread: 'the state of the audit trails could not be read, so silence proves nothing: {why}',
  dataSafeTrailUnread: 'until when an audit trail was collected could not be read: {why}',
  dataSafeTrailsSlow: 'there was no answer within {seconds#} s',
  dataSafeGone:
    '{number#target database keeps|target databases keep} audit events for a shorter time than has passed since {from}: older ones are gone',
} as const;
