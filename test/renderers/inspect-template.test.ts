import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { reasonWords } from '../../src/model/reasons/reason-words.js';
import { type HelperCall, inspectTemplate } from '../../src/renderers/templates/inspect-template.js';
import { expectGermanOf } from '../support/in-german.js';

const view = {
  plan: 'daily',
  none: null,
  yes: true,
  empty: [],
  exceptions: {
    items: [
      { name: 'A', why: ['x'] },
      { name: 'B', why: [] },
    ],
    more: null,
  },
  link: { url: 'https://example.com/' },
};

const helpers: Record<string, HelperCall> = {
  t: ([key]) => {
    if (key !== 'page.title') throw new TypeError(reasonWords('messageUnknown', { key: String(key) }));
    return 'Title';
  },
  eq: ([a, b]) => a === b,
};

function faultsOf(text: string): readonly string[] {
  return inspectTemplate(Handlebars.parse(text), view, helpers).map(
    ({ line, column, words }) => `${line}:${column} ${words}`,
  );
}

describe('a template without a fault', () => {
  it.each([
    [
      'fields, lists and their places',
      '{{plan}} {{#each exceptions.items}}{{@index}} {{name}} {{../plan}}{{/each}}',
    ],
    [
      'block parameters',
      '{{#each exceptions.items as |it at|}}{{it.name}} {{at}} {{#each it.why}}{{this}}{{/each}}{{/each}}',
    ],
    [
      'a partial with values',
      '{{#*inline "row"}}{{list.items.length}} {{plan}}{{/inline}}{{> row list=exceptions}}',
    ],
    [
      'what a partial was given, from within its list',
      '{{#*inline "row"}}{{#each table.items}}{{name}}{{../table.more}}{{../plan}}{{/each}}{{/inline}}{{> row table=exceptions}}',
    ],
    ['a partial above its definition', '{{> row}}{{#*inline "row"}}{{plan}}{{/inline}}'],
    ['what is null behind its if', '{{#if none}}{{none.url}}{{/if}}{{#with link}}{{url}}{{/with}}'],
    ['a list that is empty', '{{#each empty}}{{anything}}{{else}}{{plan}}{{/each}}'],
    [
      'helpers in helpers',
      '{{#if (eq plan "daily")}}{{t "page.title"}}{{else if yes}}{{t "page.title"}}{{/if}}',
    ],
    ['the top of the view', '{{#each exceptions.items}}{{@root.plan}}{{/each}}'],
    [
      'what only others than the first item show',
      '{{#each exceptions.items}}{{#unless @first}}{{#each why}}{{../name}}{{/each}}{{/unless}}{{/each}}',
    ],
    [
      'a partial that nothing shows',
      '{{#*inline "row"}}{{anything}} {{../../else}}{{@root.plan}}{{/inline}}x',
    ],
    [
      'the list around a list',
      '{{#each exceptions.items}}{{#each why}}{{#if @../first}}{{this}}{{/if}}{{/each}}{{/each}}',
    ],
  ])('%s', (_words, text) => {
    expect(faultsOf(text)).toEqual([]);
  });
});

describe('a fault', () => {
  it.each([
    [
      'of a field',
      'one\n {{plam}}',
      '2:4 plam: there is no "plam" here; did you mean "plan"? There is: empty, exceptions, link, none, plan, yes',
    ],
    [
      'of a field in a list, by its whole path and once',
      '{{#each exceptions.items}}\n{{nme}}{{/each}}',
      '2:3 exceptions.items.0.nme: there is no "nme" in exceptions.items.0; did you mean "name"? There is: name, why',
    ],
    [
      'of a path',
      '{{link.ulr}}',
      '1:3 link.ulr: there is no "ulr" in link; did you mean "url"? There is: url',
    ],
    [
      'of a list',
      '{{#each exceptions.itens}}{{/each}}',
      '1:9 exceptions.itens: there is no "itens" in exceptions; did you mean "items"? There is: items, more',
    ],
    [
      'in a branch that this day does not take',
      '{{#if none}}{{plam}}{{/if}}',
      '1:15 plam: there is no "plam" here; did you mean "plan"? There is: empty, exceptions, link, none, plan, yes',
    ],
    [
      'in the other branch of a list',
      '{{#each exceptions.items}}{{else}}{{plam}}{{/each}}',
      '1:37 plam: there is no "plam" here; did you mean "plan"? There is: empty, exceptions, link, none, plan, yes',
    ],
    [
      'of a value of a helper',
      '{{t "page.title" x=(eq plam 1)}}',
      '1:24 plam: there is no "plam" here; did you mean "plan"? There is: empty, exceptions, link, none, plan, yes',
    ],
    [
      'of a helper',
      '{{shout "x"}}',
      '1:1 there is no helper "shout". There is: each, eq, if, t, unless, with',
    ],
    [
      'of a block helper',
      '{{#unles yes}}{{/unles}}',
      '1:1 there is no helper "unles"; did you mean "unless"? There is: each, eq, if, t, unless, with',
    ],
    [
      'of a helper with too few values',
      '{{#if (eq plan)}}x{{/if}}',
      '1:1 {{eq}} takes 2 values and is given 1',
    ],
    [
      'of a block with too many',
      '{{#if plan yes}}x{{/if}}',
      '1:1 {{#if}} takes 1 value and is given 2; two values are compared by (eq a b)',
    ],
    [
      'of a list without each',
      '{{exceptions.items}}',
      '1:1 exceptions.items is a list: show its items with {{#each}}',
    ],
    [
      'of fields that are no text',
      '{{exceptions}}',
      '1:1 exceptions is no text: show one of its fields: items, more',
    ],
    ['of a message', '{{#if none}}{{t "page.titel"}}{{/if}}', '1:13 no language has a message page.titel'],
    ['of what is null', '{{none.url}}', '1:3 none.url: none is null here: put {{#if …}} around it'],
    ['of what is text', '{{plan.name}}', '1:3 plan.name: plan is text and has no fields'],
    [
      'of a list that is no item',
      '{{exceptions.items.name}}',
      '1:3 exceptions.items.name: exceptions.items is a list: show its items with {{#each}}',
    ],
    ['of the items around', '{{../plan}}', '1:3 ../plan: there is nothing around this'],
    [
      'of a place in a list',
      '{{#each exceptions.items}}{{@indx}}{{/each}}',
      '1:29 there is no "@indx"; did you mean "@index"? There is: @index, @key, @first, @last, @root',
    ],
    [
      'behind the first item of a list of texts',
      '{{#each exceptions.items}}{{#each why}}{{#unless @first}}, {{else}}{{nme}}{{/unless}}{{/each}}{{/each}}',
      '1:70 exceptions.items.0.why.0.nme: exceptions.items.0.why.0 is text and has no fields',
    ],
    [
      'behind the last item of a list of texts, within with',
      '{{#each exceptions.items}}{{#each why}}{{#with ../../link}}{{#if @last}}{{../nme}}{{/if}}{{/with}}{{/each}}{{/each}}',
      '1:75 exceptions.items.0.why.0.nme: exceptions.items.0.why.0 is text and has no fields',
    ],
    [
      'of a partial that nothing shows',
      '{{#*inline "row"}}{{#*inline "cell"}}{{@root.plam}}{{/inline}}{{anything}}{{/inline}}x',
      '1:40 plam: there is no "plam" here; did you mean "plan"? There is: empty, exceptions, link, none, plan, yes',
    ],
    [
      'of a message of a partial that nothing shows',
      '{{#*inline "row"}}{{t "page.titel"}}{{/inline}}x',
      '1:19 no language has a message page.titel',
    ],
    [
      'of a partial',
      '{{#*inline "row"}}{{/inline}}{{> rwo}}',
      '1:30 {{> rwo}}: there is no partial of this name; did you mean "row"?',
    ],
    [
      'of what a partial was given, without the steps to it',
      '{{#*inline "row"}}{{#each list.items}}{{list.more}}{{/each}}{{/inline}}{{> row list=exceptions}}',
      '1:41 exceptions.items.0.list: there is no "list" in exceptions.items.0. There is: name, why',
    ],
    [
      'within a partial',
      '{{#*inline "row"}}{{list.plam}}{{/inline}}{{> row list=link}}',
      '1:21 link.plam: there is no "plam" in link. There is: url',
    ],
  ])('%s', async (_words, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
    await expectGermanOf(fault.slice(fault.indexOf(' ') + 1));
  });

  it('does not hide the others', () => {
    expect(faultsOf('{{a1}}\n{{#if none}}{{b1}}{{/if}}\n{{c1}}').map((each) => each.slice(0, 8))).toEqual([
      '1:3 a1: ',
      '2:15 b1:',
      '3:3 c1: ',
    ]);
  });
});
