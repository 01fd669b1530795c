import { describe, expect, it } from 'vitest';
import { caniemail } from 'caniemail';
import { backupMail } from '../support/backup-renderers.js';
import { incompleteParts, sampleReport } from '../support/sample-report.js';
import { englishTheme } from '../support/theme.js';

/** Which client does not know a feature, or not all of it, and why the mail uses it all the same. */
interface Allowance {
  readonly feature: string;
  readonly clients: readonly string[];
  readonly why: string;
}

const gmailApps = ['gmail.android', 'gmail.ios'];
const gmail = [...gmailApps, 'gmail.desktop-webmail', 'gmail.mobile-webmail'];
const outlookApps = ['outlook.android', 'outlook.ios'];
const word = ['outlook.windows', 'outlook.windows-mail'];
const apple = ['apple-mail.ios', 'apple-mail.macos'];

const allowed: readonly Allowance[] = [
  {
    feature: '<body> element',
    clients: [...gmail, ...outlookApps, 'outlook.macos'],
    why: 'A mail has one. Where it is replaced, the ground is on the outermost table, too.',
  },
  {
    feature: '<style> element',
    clients: [...gmail, ...word],
    why: 'Holds only what nothing else can: the dark scheme and the widths of a phone. All other rules are inlined.',
  },
  {
    feature: '@media',
    clients: [...gmail, ...outlookApps, ...word],
    why: 'As <style>: without it the mail is as on a light desktop, and wraps as narrow as it must.',
  },
  {
    feature: 'display:none',
    clients: ['gmail.mobile-webmail', ...word],
    why: 'Of the preheader, which is one pixel high and of the colour of its ground; Word has mso-hide.',
  },
  {
    feature: 'display',
    clients: [...gmailApps, ...word],
    why: 'Only none and, of pictures, block, which takes away a gap below.',
  },
  {
    feature: 'role attribute',
    clients: ['outlook.windows-mail'],
    why: 'Tells a screen reader that a table is no data; without it the cells are read in the same order.',
  },
  {
    feature: 'table-layout',
    clients: ['gmail.mobile-webmail', ...word],
    why: 'Keeps a name of one long word from widening the mail; Word has the explicit width of the table around it.',
  },
  {
    feature: 'word-break',
    clients: [
      ...gmailApps,
      'gmail.mobile-webmail',
      ...outlookApps,
      ...apple,
      'outlook.macos',
      'outlook.windows-mail',
    ],
    why: 'As table-layout; that a long word is cut anywhere is what it is for.',
  },
  {
    feature: 'max-width',
    clients: [...word, 'apple-mail.ios'],
    why: 'Word has the table of 600 pixels in the conditional comment; on a phone it is 100% anyway.',
  },
  {
    feature: 'align attribute',
    clients: ['outlook.macos'],
    why: 'Left and right do not float a table there; the mail only centres tables, and aligns text in cells.',
  },
  {
    feature: 'background',
    clients: word,
    why: 'Only colours, which Word knows, each with its bgcolor.',
  },
  {
    feature: 'padding',
    clients: word,
    why: 'Of cells, which Word knows; each row has but one that differs. Lines of a list stand closer there.',
  },
  {
    feature: 'margin',
    clients: [...gmail, ...outlookApps, ...word],
    why: 'Never negative, never auto; of headings, and of the body, where it is nothing.',
  },
  {
    feature: 'font-size',
    clients: word,
    why: 'Only pixels, which Word knows.',
  },
  {
    feature: 'font-weight',
    clients: word,
    why: 'Only bold, which Word knows.',
  },
  {
    feature: 'line-height',
    clients: word,
    why: 'Word takes it for the least height, which does no harm.',
  },
  {
    feature: 'text-decoration',
    clients: [...gmailApps, ...word],
    why: 'Only none, of a link that looks like a button; underlined it is a link, too.',
  },
  {
    feature: 'width property',
    clients: ['outlook.windows'],
    why: 'Of tables and cells, which Word knows.',
  },
  {
    feature: 'height property',
    clients: ['outlook.windows'],
    why: 'Of cells, which Word knows.',
  },
  {
    feature: 'width attribute',
    clients: ['outlook.windows'],
    why: 'In percent only of tables, which Word knows; PixelsPerInch in the head keeps 120 dpi from altering the rest.',
  },
];

async function html(): Promise<string> {
  const renderer = backupMail(englishTheme);
  const report = sampleReport(incompleteParts());
  const location = 'https://archive.example.com/report.html';
  return (await renderer.renderMail({ report, revision: 1, location, attached: true })).html;
}

/** `outlook.windows: padding`, each once. */
async function complaints(): Promise<ReadonlySet<string>> {
  const clients = ['gmail.*', 'outlook.*', 'apple-mail.*'] as const;
  const { errors, warnings } = caniemail({ clients: [...clients], html: await html() }).issues;
  return new Set(
    [...errors, ...warnings].flatMap(([client, issues]) => issues.map(({ title }) => `${client}: ${title}`)),
  );
}

const allowances = new Set(
  allowed.flatMap(({ feature, clients }) => clients.map((client) => `${client}: ${feature}`)),
);

describe('mail clients: Gmail, Outlook, Apple Mail', () => {
  it('know all that the mail uses, but for what is allowed with a reason', async () => {
    expect([...(await complaints())].filter((each) => !allowances.has(each))).toEqual([]);
  });

  it('still complain of all that is allowed', async () => {
    const found = await complaints();
    expect([...allowances].filter((each) => !found.has(each))).toEqual([]);
  });

  it('get nothing that Word does not draw', async () => {
    const mail = await html();
    expect(mail).not.toMatch(/<(?:link|script|svg|form|video|button|input|iframe)\b/i);
    expect(mail).not.toMatch(/flex|display:\s*grid|position:|float:|url\(|var\(|background-image|data:/i);
    expect(mail).toContain('<!--[if mso]><table role="presentation" width="600"');
  });

  it('get a bgcolor beside each background', async () => {
    const body = (await html()).replace(/^[\s\S]*<body[^>]*>/, '');
    const grounds = [...body.matchAll(/<[^>]*background-color:\s*(#\w+)[^>]*>/g)];
    expect(grounds.length).toBeGreaterThan(10);
    for (const [tag, colour = ''] of grounds) expect(tag).toContain(`bgcolor="${colour}"`);
  });

  it('get every rule inlined but those of the media queries', async () => {
    const styles = [...(await html()).matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(
      ([, css]) => css ?? '',
    );
    expect(styles).toHaveLength(1);
    expect(styles[0]?.trim()).toMatch(
      /^@media \(max-width: 480px\) \{[\s\S]*@media \(prefers-color-scheme: dark\) \{[\s\S]*\}$/,
    );
  });
});
