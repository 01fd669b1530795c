// What `npm run new` lays: files of their own, and lines at places that are marked in the code. A new sort is an entry here.

/** `__name__`: as in the configuration; `__Name__` and `__camel__`: the same in code. */
export const sorts = {
  source: {
    files: {
      'source.txt': 'src/sources/__name__/__name__-source.ts',
      'source-test.txt': 'test/sources/__name__-source.test.ts',
    },
    room: 'src/sources/__name__',
    insertions: [
      {
        file: 'src/config/sources-schema.ts',
        mark: '// `npm run new` adds sections of sources above this line.',
        text: `const __camel__Source = z.strictObject({
  type: z.literal('__name__'),
  ...common,
  path: textValue,
});

`,
      },
      {
        file: 'src/config/sources-schema.ts',
        mark: '// `npm run new` adds sources above this line.',
        text: '__camel__Source,\n',
      },
      {
        file: 'src/wiring/wire-oci.ts',
        mark: '// `npm run new` adds types of sources above this line.',
        text: `'__name__',\n`,
      },
      {
        file: 'src/wiring/wire-sources.ts',
        mark: '// `npm run new` adds sources without a budget above this line.',
        text: `case '__name__':\n`,
      },
      {
        file: 'src/wiring/wire-sources.ts',
        mark: '// `npm run new` adds sources above this line.',
        text: `if (source.type === '__name__') {
  const { create__Name__Source } = await import('../sources/__name__/__name__-source.js');
  return create__Name__Source({ ...source, directory });
}
`,
      },
      {
        file: 'src/reference/key-meanings.ts',
        mark: '// `npm run new` adds keys of sources above this line.',
        text: `'sources.__name__.path': {
  meaning: 'A file with a record of JSON on each line. The source is not written yet: each report with it is INCOMPLETE.',
  example: './events.ndjson',
},
`,
      },
    ],
  },
  channel: {
    files: {
      'channel.txt': 'src/channels/__name__-channel.ts',
      'channel-test.txt': 'test/channels/__name__-channel.test.ts',
    },
    room: 'src/channels/__name__',
    insertions: [
      {
        file: 'src/config/channels-schema.ts',
        mark: '// `npm run new` adds channels above this line.',
        text: `z.strictObject({
  type: z.literal('__name__'),
  ...common,
  url: webUrlValue,
  ...postTimeout,
}),
`,
      },
      {
        file: 'src/wiring/wire-channels.ts',
        mark: '// `npm run new` adds channels above this line.',
        text: `if (channel.type === '__name__') {
  const { create__Name__Channel } = await import('../channels/__name__-channel.js');
  return create__Name__Channel({ ...channel, timeoutMs: channel.timeout });
}
`,
      },
      {
        file: 'src/reference/key-meanings.ts',
        mark: '// `npm run new` adds keys of channels above this line.',
        text: `'channels.__name__.url': {
  meaning: 'Where it is posted to. It counts as a secret. The channel is not written yet: it refuses each notice.',
  example: 'https://chat.example.com/hook',
},
'channels.__name__.timeout': { meaning: 'Longest wait for the answer.', example: '20s' },
`,
      },
    ],
  },
};
