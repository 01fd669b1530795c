import { createHeartbeat, silentHeartbeat } from '../channels/heartbeat.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import type { Channel, Heartbeat } from '../ports/delivery.js';
import type { Log } from '../ports/log.js';
import { type OciParts, requireOci } from './wire-oci.js';

/** The channels that are notified of a report besides mail. */
export async function wireChannels(
  loaded: LoadedConfiguration,
  oci: OciParts | null,
  log: Log,
): Promise<readonly Channel[]> {
  return Promise.all(
    loaded.configuration.channels.map(async (channel): Promise<Channel> => {
      if (channel.type === 'oci-notifications') {
        const { createOciNotificationsChannel } = await import('../channels/oci-notifications-channel.js');
        const { connection, http } = requireOci(oci);
        return createOciNotificationsChannel(connection, channel, http);
      }
      if (channel.type === 'module') {
        const { wireOwnChannel } = await import('./wire-own-modules.js');
        return wireOwnChannel(channel, loaded, log);
      }
      // `npm run new` adds channels above this line.
      const { createWebhookChannel } = await import('../channels/webhook/webhook-channel.js');
      return createWebhookChannel({ ...channel, timeoutMs: channel.timeout });
    }),
  );
}

/** Lets an outside monitor notice when nothing runs any more; silent where none is configured. */
export function wireHeartbeat({ heartbeat }: Configuration, log: Log): Heartbeat {
  if (heartbeat === undefined) return silentHeartbeat;
  return createHeartbeat({ url: heartbeat.url, timeoutMs: heartbeat.timeout }, log);
}
