import type { Notice } from '../../ports.js';
import { isWebAddress, messageLine, messageText } from '../plain-text.js';

/** https://docs.slack.dev/reference/block-kit/blocks: limits of a header and a section. */
const headerChars = 150;
const sectionChars = 3000;

/**
 * In the format of a Slack incoming webhook. Text from events can neither mention nor link: characters with a meaning
 * to Slack are escaped, and its parsing of names is off.
 */
export function slackMessage({ title, text, location }: Notice): object {
  const where = isWebAddress(location)
    ? `<${escaped(location, sectionChars)}>`
    : slackText(location, sectionChars);
  return {
    text: slackText(messageLine(title, sectionChars), sectionChars),
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    blocks: [
      {
        type: 'header',
        text: {
          type: 'plain_text',
          text: slackText(messageLine(title, headerChars), headerChars),
          emoji: false,
        },
      },
      { type: 'section', text: { type: 'mrkdwn', text: slackText(text, sectionChars), verbatim: true } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: where, verbatim: true }] },
    ],
  };
}

function slackText(text: string, maxChars: number): string {
  // A section must not be empty.
  const plain = messageText(text, maxChars).trim() || '-';
  return escaped(plain.replace(/@(?=channel|here|everyone)/gi, '@\u2060'), maxChars);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** At most `maxChars` characters once escaped; no entity is cut. */
function escaped(text: string, maxChars: number): string {
  let result = '';
  for (const character of text) {
    const written = entities[character] ?? character;
    if (result.length + written.length > maxChars) break;
    result += written;
  }
  return result;
}
