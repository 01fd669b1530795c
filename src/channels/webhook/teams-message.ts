import type { Notice } from '../../ports/delivery.js';
import { isWebAddress, messageLine, messageText } from '../plain-text.js';

const titleChars = 300;
/** The most that fits is taken; the least always does. */
const textChars = [6000, 4000, 2000, 1000];
const leastTextChars = 300;
const locationChars = 1000;
/**
 * Teams takes 28 KB: https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using
 * Some room is left for what a workflow adds.
 */
const messageBytes = 27_000;

const colours: Readonly<Record<Notice['standing']['level'], string>> = {
  good: 'good',
  warning: 'warning',
  bad: 'attention',
};

/**
 * An Adaptive Card for the workflow "when a Teams webhook request is received", in a message with one attachment. It
 * uses text runs only: all other text of a card may be parsed as Markdown.
 */
export function teamsMessage(notice: Notice): object {
  const messages = textChars.map((maxChars) => cardOf(notice, maxChars));
  return messages.find((message) => fits(message)) ?? cardOf(notice, leastTextChars);
}

function fits(message: object): boolean {
  return Buffer.byteLength(JSON.stringify(message), 'utf8') <= messageBytes;
}

function cardOf({ title, text, location, standing }: Notice, maxChars: number): object {
  const lines = messageText(text, maxChars).split('\n');
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
