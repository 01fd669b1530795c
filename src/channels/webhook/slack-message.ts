import type { Notice } from '../../ports/delivery.js';
import { isWebAddress, messageLine, messageText } from '../plain-text.js';

/** https://docs.slack.dev/reference/block-kit/blocks: limits of a header, of a section, and of the blocks of a message. */
const headerChars = 150;
const sectionChars = 3000;
const blockLimit = 50;

/**
 * In the format of a Slack incoming webhook, with one section for each paragraph. Text from events has no format, and can
 * neither mention nor link: it is plain text, characters with a meaning to Slack are escaped, and its parsing of names is
 * off. Only the report's own address is a link.
 */
export function slackMessage({ title, text, location }: Notice): object {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  const where = isWebAddress(location)
    ? { type: 'mrkdwn', text: `<${escaped(location, sectionChars)}>`, verbatim: true }
    : plainText(location, sectionChars);
  return {
    text: slackText(messageLine(title, sectionChars), sectionChars),
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    blocks: [
      { type: 'header', text: plainText(messageLine(title, headerChars), headerChars) },
      ...paragraphs
        .slice(0, blockLimit - 2)
        .map((paragraph) => ({ type: 'section', text: plainText(paragraph, sectionChars) })),
      { type: 'context', elements: [where] },
    ],
  };
}

/** No mark in it is one of formatting, and no name of an emoji becomes one. */
function plainText(text: string, maxChars: number): object {
  return { type: 'plain_text', text: slackText(text, maxChars), emoji: false };
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
