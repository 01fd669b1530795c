import { nameValues } from '../base/name-values.js';
import { createOwnModuleChannel } from '../channels/own-module-channel.js';
import type { LoadedConfiguration } from '../config/load.js';
import type { Configuration } from '../config/schema.js';
import type { Channel } from '../ports/delivery.js';
import type { EventSource } from '../ports/event-source.js';
import type { Log } from '../ports/log.js';
import type { ModuleParts, OwnChannel, OwnSource } from '../ports/own-module.js';
import { createOwnModuleSource } from '../sources/own-module/own-module-source.js';
import { openOwnModule } from './load-own-module.js';

type SourceOfModule = Extract<Configuration['sources'][number], { readonly type: 'module' }>;
type ChannelOfModule = Extract<Configuration['channels'][number], { readonly type: 'module' }>;

/** @throws Failure('usage') for a module that cannot be used */
export async function wireOwnSource(
  source: SourceOfModule,
  loaded: LoadedConfiguration,
  log: Log,
): Promise<EventSource> {
  const place = `sources[${loaded.configuration.sources.indexOf(source)}].module`;
  const { opened, description } = await openOwnModule<OwnSource>(
    { place, module: source.module, settings: source.settings, exported: 'source', methods: ['read'] },
    partsOf(loaded, log),
  );
  return createOwnModuleSource(opened, description, nameValues('settings', source.settings));
}

/** @throws Failure('usage') for a module that cannot be used */
export async function wireOwnChannel(
  channel: ChannelOfModule,
  loaded: LoadedConfiguration,
  log: Log,
): Promise<Channel> {
  const place = `channels[${loaded.configuration.channels.indexOf(channel)}].module`;
  const { opened } = await openOwnModule<OwnChannel>(
    { place, module: channel.module, settings: channel.settings, exported: 'channel', methods: ['notify'] },
    partsOf(loaded, log),
  );
  return createOwnModuleChannel(opened, {
    ...channel,
    timeoutMs: channel.timeout,
    naming: nameValues('settings', channel.settings),
  });
}

function partsOf({ configuration, directory }: LoadedConfiguration, log: Log): ModuleParts {
  return { directory, timezone: configuration.timezone, log };
}
