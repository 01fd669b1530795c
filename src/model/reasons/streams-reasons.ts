/** Why a stream, or a partition of one, is not complete. */
export const streamsReasons = {
  ofPartition: 'partition {partition}: {why}',
  streamNoEndpoint: 'the stream {name} has no endpoint of its messages',
  streamPartitions: 'the stream {name} has {number} partitions',
  streamRetentionUnknown: 'the stream does not say how long it keeps messages',
  streamTooShort:
    'the stream keeps messages for {hours} h, which does not reach back to {from}: older ones are gone',
  streamTooYoung: 'the stream was created at {created}, after {from}',
  noMessageList: 'the answer is not a list of messages',
  noNextCursor: 'the answer has no next cursor',
  partitionsNotRead: '{number#partition was|partitions were} not read to their end: {why}',
  notReadToEnd: 'not read to its end: {why}',
  groupBegan:
    'messages of the window begin at offset {offset#}, but the first that came is at offset {first#}: group {group} committed them before, or another instance has the partition',
  groupNothing:
    'messages of the window begin at offset {offset#}, but no message came: group {group} committed them before, or another instance has the partition',
  messagesAgain: 'the messages from offset {offset#} of partition {partition} came again',
  endNotReached: 'the end was not reached after {pages#} pages',
  offsetDisorder: 'offset {offset#} came after offset {last#}',
  offsetOther: 'offset {offset#} came again with another content',
  offsetsMissing: 'messages are missing at offset {offsets}',
  offsetsMissingMore: 'messages are missing at offset {offsets} and {number#} gaps more',
} as const;
