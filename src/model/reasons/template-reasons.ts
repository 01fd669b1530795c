/** Why a template or a message of a company's own is not used. */
export const templateReasons = {
  templateEmpty: 'it is empty',
  templateShowsNothing: 'it shows nothing',
  templateLinkToNothing: 'it is a link to a file that does not exist',
  messageBroken: 'it is no message, because braces do not match or a plural has no other ({code}): {text}',
  messageNotGiven: '{name} is not given to this message. It is given: {given}',
  messageNotGivenMeant: '{name} is not given to this message; did you mean {meant}? It is given: {given}',
  messageNoTime: '{name} is text, and cannot be formatted as a date or time',
  messageTwice: 'it is there twice: {place} has it as well: keep one',
  messageNoText: 'this is no text, and no names with texts below them: write one text, in quotes',
} as const;
