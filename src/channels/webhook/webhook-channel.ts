import { Failure } from '../../errors.js';
import type { Channel, Notice } from '../../ports/delivery.js';
import { PostError, hostOf, post } from '../../http/post.js';
import { jsonMessage } from './json-message.js';
import { slackMessage } from './slack-message.js';
import { teamsMessage } from './teams-message.js';

export interface WebhookOptions {
  readonly name: string;
  readonly when: Channel['when'];
  /** A secret: anybody who has it may post. Logs, errors and records show only its host. */
  readonly url: string;
  readonly format: 'json' | 'slack' | 'teams';
  /** Per attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** No attempt begins after this time. Milliseconds. */
  readonly deadlineMs?: number;
  readonly firstDelayMs?: number;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

const messages: Readonly<Record<WebhookOptions['format'], (notice: Notice) => object>> = {
  json: jsonMessage,
  slack: slackMessage,
  teams: teamsMessage,
};

const retries = 5;
const marginMs = 5000;

/** Posts a notice to a URL, in JSON for programs or in the format of Slack or Teams. */
export function createWebhookChannel(options: WebhookOptions): Channel {
  const { name, when, url, format, timeoutMs, deadlineMs = 60_000, firstDelayMs = 1000, sleep } = options;
  const host = hostOf(url);
  return {
    name,
    type: 'webhook',
    when,
    claimMs: deadlineMs + timeoutMs + marginMs,

    async notify(notice) {
      const body = JSON.stringify(messages[format](notice));
      const how = { url, timeoutMs, deadlineMs, retries, firstDelayMs, ...(sleep && { sleep }) };
      try {
        await post(body, 'application/json; charset=utf-8', how);
      } catch (error) {
        if (!(error instanceof PostError)) throw error;
        throw new Failure('delivery', `channel ${name}: ${host} ${error.message}`, {
          hints: [hintFor(error, name)],
          retryable: error.retryable,
        });
      }
    },
  };
}

function hintFor({ status, retryable }: PostError, name: string): string {
  if (status !== null && !retryable) {
    return `Look whether the url of the channel ${name} is still valid, and takes messages of its format.`;
  }
  return 'Run again when the service answers: only who has not been told is.';
}
