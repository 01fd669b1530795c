import type { Notice } from '../../ports.js';
import { isWebAddress, messageLine, messageText } from '../plain-text.js';

const titleChars = 300;
const textChars = 4000;
const locationChars = 2000;

const colours: Readonly<Record<Notice['standing']['level'], string>> = {
  good: 'good',
  warning: 'warning',
  bad: 'attention',
};

/**
 * An Adaptive Card for the workflow "when a Teams webhook request is received", in a message with one attachment. It
 * uses text runs only: all other text of a card may be parsed as Markdown.
 */
export function teamsMessage({ title, text, location, standing }: Notice): object {
  const lines = messageText(text, textChars).split('\n');
  const where = messageLine(location, locationChars);
  const link = isWebAddress(location) ? { selectAction: { type: 'Action.OpenUrl', url: location } } : {};
  const heading = { weight: 'bolder', size: 'large', color: colours[standing.level] };
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      block({ text: messageLine(title, titleChars), ...heading }),
      ...lines.filter((line) => line.trim() !== '').map((line) => block({ text: line })),
      block({ text: where, ...link }),
    ],
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function block(run: { readonly text: string } & Readonly<Record<string, unknown>>): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', ...run }] };
}
