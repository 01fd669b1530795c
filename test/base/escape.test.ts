import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeXml } from '../../src/base/escape.js';

const hostile = `<a href="x" title='y'>&amp;</a>`;

describe('text for markup', () => {
  it('has nothing that HTML takes for an element, an entity or the end of an attribute', () => {
    expect(escapeHtml(hostile)).toBe('&lt;a href=&quot;x&quot; title=&#x27;y&#x27;&gt;&amp;amp;&lt;/a&gt;');
  });

  it('has for XML the entity that XML knows for an apostrophe', () => {
    expect(escapeXml(hostile)).toBe('&lt;a href=&quot;x&quot; title=&apos;y&apos;&gt;&amp;amp;&lt;/a&gt;');
  });

  it.each([
    ['&', '&amp;', '&amp;'],
    ['<', '&lt;', '&lt;'],
    ['>', '&gt;', '&gt;'],
    ['"', '&quot;', '&quot;'],
    ["'", '&#x27;', '&apos;'],
    ['%', '%', '%'],
    ['(', '(', '('],
    ['=', '=', '='],
    ['?', '?', '?'],
  ])('has %s as %s in HTML and as %s in XML', (text, html, xml) => {
    expect([escapeHtml(`a${text}`), escapeXml(`a${text}`)]).toEqual([`a${html}`, `a${xml}`]);
  });

  it('stays as it is where there is nothing to escape', () => {
    expect([escapeHtml('plain · text'), escapeXml('plain · text')]).toEqual(['plain · text', 'plain · text']);
  });

  it('is well-formed in HTML, whatever the event had', () => {
    expect(escapeHtml('a\ud800b')).toBe('a\ufffdb');
  });
});
