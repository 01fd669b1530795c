import type { Language } from '../../../../model/language.js';
import type { Match } from '../../model/match.js';

/** The match in words: `type database or volume, compartment prod*, tag env=prod`; `everything` if it is empty. */
export function matchInWords(match: Match, language: Language): string {
  const { resourceType, compartment, name, tags, owner, resourceId } = match;
  const alternatives = (key: string, patterns: readonly string[] | undefined): string[] =>
    patterns === undefined ? [] : [language.text(key, { patterns: eitherInWords(patterns, language) })];
  const words = [
    ...alternatives('sentences.match.type', resourceType),
    ...alternatives('sentences.match.compartment', compartment),
    ...alternatives('sentences.match.name', name),
    ...Object.entries(tags ?? {}).map(([key, pattern]) =>
      language.text('sentences.match.tag', { key, pattern }),
    ),
    ...alternatives('sentences.match.owner', owner),
    ...alternatives('sentences.match.resource', resourceId),
  ];
  return words.length === 0 ? language.text('sentences.match.everything') : words.join(', ');
}

function eitherInWords(patterns: readonly string[], language: Language): string {
  return patterns.join(` ${language.text('sentences.match.or')} `);
}
