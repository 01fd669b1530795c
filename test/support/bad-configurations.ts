import { type BadInput, changed, configured, plainConfiguration } from './bad-input.js';

const latin1 = Buffer.concat([Buffer.from(plainConfiguration), Buffer.from('# M\u00fcnchen\n', 'latin1')]);
const laughs = Array.from({ length: 10 }, (_, level) =>
  level === 0
    ? 'l0: &l0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]'
    : `l${level}: &l${level} [${Array.from({ length: 10 }, () => `*l${level - 1}`).join(', ')}]`,
);

/** Texts that are no YAML, or that YAML reads in another way than they were meant. */
const texts: readonly BadInput[] = [
  {
    fault: 'a value begins with `*` and has no quotes',
    configuration: configured('exclude:', '  - match: { name: *_SANDBOX }', '    reason: rebuilt nightly'),
    exit: 2,
    says: "exclude[0].match.name: a value that begins with * refers to an anchor, and there is none before it: quote it, '*_SANDBOX' (line 10)",
    todo: 'quote the value',
  },
  {
    fault: 'a `*` alone, without quotes',
    configuration: configured('policies:', '  - name: all', '    match: { name: * }'),
    exit: 2,
    says: "policies[0].match.name: a value that begins with * … quote it, '*' (line 11)",
    todo: 'quote the value',
  },
  {
    fault: 'an anchor that refers to itself',
    configuration: configured('policies: &all', '  - *all'),
    exit: 2,
    says: 'policies[0]: *all refers to what it is a part of: remove it, or quote it',
    todo: 'write out what is meant',
  },
  {
    fault: 'aliases of aliases that stand for thousands of millions of values',
    configuration: configured(...laughs),
    exit: 2,
    says: 'its aliases stand for more than 100000 values: write out what is needed (line 10)',
    todo: 'find out who wrote this file; write out what is needed',
  },
  {
    fault: 'a value begins with `&` and has no quotes',
    configuration: configured('policies:', '  - name: all', '    owner: &team'),
    exit: 2,
    says: "policies[0].owner: &team names an anchor, and nothing follows: quote it, '&team' (line 11)",
    todo: 'quote the value',
  },
  {
    fault: 'a value begins with `!` and has no quotes, or a tag of another program',
    configuration: changed('plan: daily', 'plan: !!js/function "return 1"'),
    exit: 2,
    says: 'plan: a value that begins with ! has a tag, and !!js/function means nothing here: quote it, or remove the tag (line 1)',
    todo: 'quote the value, or remove the tag',
  },
  {
    fault: 'a value begins with `@` or a backtick and has no quotes',
    configuration: configured('branding: { company: @acme }'),
    exit: 2,
    says: 'a text cannot begin with @, ` or %: quote it (line 9)',
    todo: 'quote the value',
  },
  {
    fault: 'two documents in one file',
    configuration: configured('---', 'plan: weekly'),
    exit: 2,
    says: 'a second document begins after --- or ...: a file has one; give each its own file (line …)',
    todo: 'one file for each plan; `schedule` takes several `--config`',
  },
  {
    fault: 'tabs as indentation',
    configuration: configured('mail:', '\ttype: none'),
    exit: 2,
    says: 'a tab indents this line: use spaces (line 10)',
    todo: 'use spaces',
  },
  {
    fault: 'a key that is there twice',
    configuration: configured('plan: weekly'),
    exit: 2,
    says: 'plan: the key is there already: keep one (line 9)',
    todo: 'keep one of them',
  },
  {
    fault: 'a merge key, `<<`',
    configuration: configured('policies:', '  - &a { name: a }', '  - { <<: *a, name: b }'),
    exit: 2,
    says: 'policies[1].<<: YAML 1.2 has no merge keys: write out the keys that are meant (line 11)',
    todo: 'write the keys out',
  },
  {
    fault: 'a file written for YAML 1.1',
    configuration: `%YAML 1.1\n---\n${plainConfiguration}`,
    exit: 2,
    says: '%YAML names another version than 1.2, which reads no as false and 010 as 8: remove the line (line 1)',
    todo: 'remove the line, and look at `yes`, `no` and numbers with a 0 in front',
  },
  {
    fault: 'a number with a 0 in front, such as an octal port',
    configuration: configured('mail:', '  type: smtp', '  port: 0587'),
    exit: 2,
    says: 'mail.port: 0587 is read as the number 587: write it so, or quote it if it is a text (line 11)',
    todo: 'write the number as it is meant',
  },
  {
    fault: 'a text that YAML takes for another number, such as a version',
    configuration: configured('policies:', '  - name: old', '    match: { tags: { version: 1.10 } }'),
    exit: 2,
    says: 'policies[0].match.tags.version: 1.10 is read as the number 1.1: write it so, or quote it if it is a text (line 11)',
    todo: 'quote the value',
  },
  {
    fault: 'a key `__proto__`',
    configuration: configured('policies:', '  - name: all', '    match: { tags: { __proto__: x } }'),
    exit: 2,
    says: 'policies[0].match.tags.__proto__: no key can have this name (line 11)',
    todo: 'use another name',
  },
  {
    fault: 'a bracket or a quote that is not closed',
    configuration: configured('mail: { type: none'),
    exit: 2,
    says: 'a { is not closed by a } (what follows # is a comment) (line …)',
    todo: 'close it',
  },
  {
    fault: 'a `: ` in a value without quotes',
    configuration: configured('exclude:', '  - match: { name: a }', '    reason: note: rebuilt'),
    exit: 2,
    says: 'a second ": " or "- " on one line: quote the value, or begin a new line (line 11)',
    todo: 'quote the value',
  },
  {
    fault: 'a backslash in double quotes',
    configuration: changed('./events', '"C:\\Data"'),
    exit: 2,
    says: 'an escape in double quotes that YAML does not have: use single quotes, or write \\\\ for a backslash (line 5)',
    todo: 'use single quotes',
  },
  {
    fault: 'nested very deep',
    configuration: '['.repeat(20_000),
    exit: 2,
    says: 'nested deeper than 100 levels (line 1)',
    todo: 'find out who wrote this file',
  },
  {
    fault: 'UTF-16, as some editors on Windows save',
    configuration: Buffer.from(`\ufeff${plainConfiguration}`, 'utf16le'),
    exit: 2,
    says: 'cannot read the configuration ./backup-report.yaml: it is UTF-16: save it as UTF-8',
    todo: 'save it as UTF-8',
  },
  {
    fault: 'another encoding than UTF-8',
    configuration: latin1,
    exit: 2,
    says: 'cannot read the configuration ./backup-report.yaml: it is not UTF-8 on line 9: save it as UTF-8',
    todo: 'save it as UTF-8',
  },
  {
    fault: 'NUL bytes: a damaged file, or none that is text',
    configuration: configured('\u0000\u0000\u0000'),
    exit: 2,
    says: 'it has NUL bytes on line 9: it is damaged, or no text; save it as UTF-8',
    todo: 'write the file again, from a copy',
  },
  {
    fault: 'control characters',
    configuration: configured('# \u001b[31mred'),
    exit: 2,
    says: 'it has the control character U+001B on line 9: remove it',
    todo: 'remove them',
  },
];

/** What is named as a configuration and is none. */
const places: readonly BadInput[] = [
  {
    fault: 'no configuration',
    configuration: null,
    exit: 2,
    says: 'cannot read the configuration ./backup-report.yaml: it does not exist (ENOENT)…--config FILE',
    todo: 'name it with `--config`, or write one with `init`',
  },
  {
    fault: 'a folder as configuration',
    args: ['run', '--config', './events'],
    exit: 2,
    says: 'cannot read the configuration ./events: it is a folder, not a file',
    todo: 'name the file',
  },
  {
    fault: 'a pipe as configuration (one of the shell, `<(…)`, is read)',
    args: ['run', '--config', './pipe|'],
    files: { 'pipe|': '' },
    exit: 2,
    says: 'cannot read the configuration ./pipe|: it is a pipe, not a file',
    todo: 'name a file',
  },
  {
    fault: 'an empty file',
    configuration: '# nothing yet\n',
    exit: 2,
    says: 'the configuration ./backup-report.yaml is empty: it has no key…init --config FILE',
    todo: 'write one with `init`',
  },
  {
    fault: 'a very large file',
    configuration: `# ${'x'.repeat(2 * 1024 * 1024)}\n`,
    exit: 2,
    says: 'cannot read the configuration ./backup-report.yaml: it has more than 2097152 bytes',
    todo: 'is it the right file?',
  },
  {
    fault: 'a list as configuration',
    configuration: '- plan: daily\n',
    exit: 2,
    says: 'the file: must be a mapping, not a list',
    todo: 'write `plan: …` at the start of a line',
  },
  {
    fault: 'a text as configuration',
    configuration: 'plan daily\n',
    exit: 2,
    says: 'the file: must be a mapping, not a text',
    todo: 'write `plan: …`, with a colon and a space',
  },
];

export const badConfigurations: readonly BadInput[] = [...texts, ...places];
