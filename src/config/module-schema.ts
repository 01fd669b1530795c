import { z } from 'zod';
import { textValue, wanted } from './values.js';

/** Of a source or a channel that is a module of a company's own (docs/own-modules.md). */
export const ownModuleFields = {
  type: z.literal('module'),
  /** A path from the configuration, or the name of a package that is installed for it. */
  module: textValue.regex(
    /^(?:\.{0,2}\/|[a-z@])[^\p{Cc}]*$/u,
    'must be a path such as ./our-source.mjs, or the name of an installed package',
  ),
  /** Its own keys, which it checks itself. */
  settings: z.record(z.string(), z.unknown(), wanted('must have keys of the module')).optional(),
};
