import type { MailContent } from '../../src/ports/mail-renderer.js';

/**
 * The facts of both parts of a mail, each once, in no order: what stands on a line of its own, or between two points. A
 * link is its words and its address. Left out: the words of the button and of headings that only one part has.
 */
export function mailFacts({ html, text }: Pick<MailContent, 'html' | 'text'>): {
  readonly html: readonly string[];
  readonly text: readonly string[];
} {
  return { html: factsOf(visibleLines(html)), text: factsOf(text.split('\n')) };
}

/** The HTML part as somebody reads it, a line for each block. */
export function visibleLines(html: string): readonly string[] {
  return html
    .slice(html.indexOf('<table'))
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '\n$2\n$1\n')
    .replaceAll(/<br>|<\/?(?:div|td|h1|h2|table)\b[^>]*>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .split('\n')
    .map(decoded);
}

/** Words that lead to an address, and the heading of the exceptions with what it says of none: only one part has them. */
const signposts =
  /^(?:=== .* ===|--|Open the report|Bericht öffnen|Report|Bericht|report\.xlsx|None\.|Keine\.|None could be found.*)$/;
const labels = /^(?:Workbook|Arbeitsmappe): /;

function factsOf(lines: readonly string[]): readonly string[] {
  const facts = lines
    .flatMap((line) => line.replace(labels, '').split(/ · |: (?=https?:)/))
    .map((fact) =>
      fact
        .replace(/:? *$/, '')
        .trim()
        .replace(/^[•*-] /, ''),
    )
    .filter((fact) => fact !== '' && !signposts.test(fact));
  return [...new Set(facts)].sort();
}

function decoded(text: string): string {
  return text
    .replaceAll('&middot;', '·')
    .replaceAll('&bull;', '•')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#123;', '{')
    .replaceAll('&amp;', '&');
}
