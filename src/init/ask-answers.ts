import { commonFields } from '../config/schema.js';
import { issueWords } from '../files/issue-words.js';
import type { StarterAnswers } from './starter-configuration.js';
import { starterKindOf } from './starter-kinds.js';

export interface Terminal {
  /** Resolves to what was typed, without the line end. Rejects when the user ends the dialogue. */
  ask(question: string): Promise<string>;
  print(words: string): void;
}

/** What is wrong with an answer; null: nothing. */
type Check = (answer: string) => string | null;

interface Question {
  readonly words: string;
  /** The answer that an empty line stands for; '' where an answer is required. */
  readonly preset: string;
  readonly check: Check;
}

/** Asks for each answer, showing its default, until the configuration accepts it. */
export async function askAnswers(terminal: Terminal, presets: StarterAnswers): Promise<StarterAnswers> {
  const ask = (words: string, preset: string, check: Check): Promise<string> =>
    askUntilValid(terminal, { words, preset, check });
  const plan = await ask('Name of the report plan', presets.plan, faultIn('plan'));
  const timezone = await ask('Time zone of the report day', presets.timezone, faultIn('timezone'));
  const { sourceTypes, sender } = starterKindOf(presets.report);
  const choice = choiceOf(sourceTypes);
  const source = await ask(`Where the records come from: ${choice}`, sourceTypes[0] ?? '', (answer) =>
    sourceTypes.some((type) => type === answer) ? null : `Write ${choice}.`,
  );
  return {
    report: presets.report,
    plan,
    timezone,
    source: await askSource(ask, source, presets),
    archiveDirectory: await ask('Folder of the archive', presets.archiveDirectory, notEmpty),
    mail: await askMail(ask, sender),
  };
}

function choiceOf(types: readonly string[]): string {
  return [types.slice(0, -1).join(', '), types.at(-1)].join(' or ');
}

async function askSource(ask: Ask, type: string, presets: StarterAnswers): Promise<StarterAnswers['source']> {
  if (type === 'oci-audit') return { type };
  if (type === 'data-safe') return askDataSafe(ask);
  return type === 'local-files' ? askLocalFiles(ask, presets) : askLogAnalytics(ask);
}

type Ask = (words: string, preset: string, check: Check) => Promise<string>;

async function askLocalFiles(ask: Ask, { source }: StarterAnswers): Promise<StarterAnswers['source']> {
  const preset = source.type === 'local-files' ? source.path : '';
  return { type: 'local-files', path: await ask('Files of events', preset, notEmpty) };
}

async function askLogAnalytics(ask: Ask): Promise<StarterAnswers['source']> {
  const compartmentId = 'ocid1.compartment.oc1..x';
  const place = { type: 'log-analytics', region: 'us-ashburn-1', compartmentId, logSource: 'any' };
  const faultOf =
    (key: 'region' | 'compartmentId'): Check =>
    (answer) =>
      faultIn('sources')([{ ...place, [key]: answer }]);
  return {
    type: 'log-analytics',
    region: await ask('Region, such as us-ashburn-1', '', faultOf('region')),
    compartmentId: await ask('OCID of the compartment of the logs', '', faultOf('compartmentId')),
  };
}

async function askDataSafe(ask: Ask): Promise<StarterAnswers['source']> {
  const words = 'OCID of the compartment of the target databases; the tenancy has all of them';
  return { type: 'data-safe', compartmentId: await ask(words, '', faultInCompartment) };
}

const faultInCompartment: Check = (answer) =>
  faultIn('sources')([{ type: 'data-safe', compartmentId: answer }]);

async function askMail(ask: Ask, sender: string): Promise<StarterAnswers['mail']> {
  const mail = { type: 'outbox', directory: './outbox', from: 'a@example.com', to: ['a@example.com'] };
  const recipients = await ask(
    'Mail addresses of the recipients, separated by commas; none for no mail',
    'none',
    (answer) => (answer === 'none' ? null : faultIn('mail')({ ...mail, to: addressesIn(answer) })),
  );
  if (recipients === 'none') return null;
  const to = addressesIn(recipients);
  const domain = /@([^@<>\s]+?)>?$/.exec(to[0] ?? '')?.[1] ?? 'example.com';
  const from = await ask('Mail address of the sender', `${sender}@${domain}`, (answer) =>
    faultIn('mail')({ ...mail, from: answer }),
  );
  return { from, to };
}

function addressesIn(answer: string): readonly string[] {
  return answer
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
}

async function askUntilValid(terminal: Terminal, { words, preset, check }: Question): Promise<string> {
  for (;;) {
    const typed = (await terminal.ask(`${words}${preset === '' ? '' : ` [${preset}]`}: `)).trim();
    const answer = typed === '' ? preset : typed;
    const fault = check(answer);
    if (fault === null) return answer;
    terminal.print(`  ${fault}`);
  }
}

const notEmpty: Check = (answer) => (answer === '' ? 'It must not be empty.' : null);

/** Checks a value for a key with the configuration's own schema; null where it is accepted. */
function faultIn(key: keyof typeof commonFields): (value: unknown) => string | null {
  return (value) => {
    const parsed = commonFields[key].safeParse(value, { error: issueWords });
    if (parsed.success) return null;
    return `It ${parsed.error.issues[0]?.message ?? 'is not valid'}.`;
  };
}
