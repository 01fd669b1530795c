import { clip } from '../../../base/text-safety.js';
import { textIn } from '../../../records/json.js';
import type { ActivityClass, ActivityLine } from '../model/activity.js';
import type { ListedEvent } from '../model/activity-report.js';
import { activityName } from './classify-activity.js';

/** A longer command is cut in report.json; the lines have it whole. */
const maxCommand = 500;
const maxText = 300;

export function targetIdOf(line: ActivityLine): string {
  return (textIn(line['targetId']) ?? textIn(line['targetName']) ?? '').toLowerCase();
}

/** Where it came from: the address, else the name of the machine. */
export function comesFrom({ clientIp, clientHostname }: ActivityLine): string | null {
  return short(textIn(clientIp) ?? textIn(clientHostname));
}

/** An event in short, for the lists of report.json. */
export function listedEvent(line: ActivityLine, { result }: ActivityClass): ListedEvent {
  const { objectOwner, objectName, errorCode, errorMessage } = line;
  const object = [textIn(objectOwner), textIn(objectName)].filter((each) => each !== undefined).join('.');
  const error = [textIn(errorCode), textIn(errorMessage)].filter((each) => each !== undefined).join(' ');
  const command = textIn(line['commandText']);
  return {
    id: textIn(line['id']) ?? '',
    time: String(line['auditEventTime']),
    targetId: targetIdOf(line),
    targetName: short(textIn(line['targetName'])),
    dbUserName: short(textIn(line['dbUserName'])),
    osUserName: short(textIn(line['osUserName'])),
    action: activityName(line),
    object: object === '' ? null : clip(object, maxText),
    result,
    error: error === '' ? null : clip(error, maxText),
    from: comesFrom(line),
    program: short(textIn(line['clientProgram'])),
    command: command === undefined ? null : clip(command, maxCommand).toWellFormed(),
  };
}

function short(text: string | undefined): string | null {
  return text === undefined ? null : clip(text, maxText).toWellFormed();
}
