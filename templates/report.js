/*
 * Search, filters, sorting and links of report.html. Without it the page reads the same, but stands still. It only shows,
 * hides and orders rows that are there; no text of the report is ever taken for markup.
 */
if (document.getElementById('all')) begin(document.getElementById('all'), document.getElementById('tools'));
openClosedWhilePrinting();

function begin(table, tools) {
  const { lang } = document.documentElement;
  const collator = new Intl.Collator(lang, { numeric: true, sensitivity: 'base' });
  const numbers = new Intl.NumberFormat(lang);
  const words = tools.dataset;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const places = new Map(rows.map((row, place) => [row, place]));
  const texts = new Map();
  const search = document.getElementById('search');
  const sort = document.getElementById('sort');
  const selects = [...tools.querySelectorAll('select[data-filter]')];
  const headers = [...table.tHead.rows[0].cells];
  const shown = document.getElementById('shown');
  const notice = document.getElementById('notice');
  let isDescending = false;
  /** A row that a link leads to: shown even where a filter would hide it. */
  let pinned = null;

  for (const select of selects) fillChoices(select);
  for (const header of headers) makeSortable(header);
  tools.hidden = false;
  document.documentElement.classList.add('scripted');
  readAddress();

  tools.addEventListener('change', (event) => {
    if (event.target === sort) isDescending = false;
    update();
  });
  search.addEventListener('input', later(update, 150));
  document.getElementById('reset').addEventListener('click', () => {
    reset();
    update();
  });
  document.getElementById('copy-view').addEventListener('click', () => copy(location.href));
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-link]');
    if (button) copy(addressOf(button.dataset.link));
    const link = event.target.closest('a[href^="#r-"]');
    // A second click on the same link changes no address, but is meant to lead there again.
    if (link && link.hash === location.hash) open(link.hash.slice(1));
  });
  window.addEventListener('hashchange', readAddress);

  /** Choices with their counts; those of what nobody has are left out. */
  function fillChoices(select) {
    const key = select.dataset.filter;
    const counts = new Map();
    for (const { dataset } of rows) counts.set(dataset[key], (counts.get(dataset[key]) ?? 0) + 1);
    const known = [...select.options].map(({ value, textContent }) => [value, textContent]);
    const found = [...counts.keys()]
      .sort((a, b) => (a === '') - (b === '') || collator.compare(a, b))
      .map((value) => [value, value === '' ? words.nothing : value]);
    const choices = (known.length > 0 ? known : found).filter(([value]) => counts.has(value));
    const all = new Option(words.any, '*');
    const options = choices.map(
      ([value, name]) => new Option(`${name} (${numbers.format(counts.get(value))})`, value),
    );
    select.replaceChildren(all, ...options);
  }

  function makeSortable(header) {
    const name = header.textContent;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.title = words.sortBy.replace('{column}', () => name);
    header.replaceChildren(button);
    sort.append(new Option(name, header.dataset.key));
    button.addEventListener('click', () => {
      isDescending = sort.value === header.dataset.key && !isDescending;
      sort.value = header.dataset.key;
      update();
    });
  }

  function reset() {
    search.value = '';
    sort.value = '';
    isDescending = false;
    pinned = null;
    for (const select of selects) select.value = '*';
  }

  function update() {
    pinned = null;
    apply();
    history.replaceState(null, '', `#${addressWords() || 'resources'}`);
  }

  function apply() {
    order();
    const needles = search.value.toLocaleLowerCase(lang).split(/\s+/).filter(Boolean);
    const active = selects.filter(({ value }) => value !== '*');
    let count = 0;
    for (const row of rows) {
      const fits =
        active.every(({ value, dataset }) => row.dataset[dataset.filter] === value) &&
        needles.every((needle) => textOf(row).includes(needle));
      row.hidden = !fits && row !== pinned;
      if (!row.hidden) count += 1;
    }
    const counted = words.shown
      .replace('{shown}', () => numbers.format(count))
      .replace('{total}', () => numbers.format(rows.length));
    shown.textContent = count === 0 ? `${counted}. ${words.nothingFits}` : counted;
    notice.textContent = '';
  }

  /** All that a person may look for, in lower case; made when it is first asked for. */
  function textOf(row) {
    let text = texts.get(row);
    if (text === undefined) {
      text = `${row.textContent} ${row.dataset.id}`.toLocaleLowerCase(lang);
      texts.set(row, text);
    }
    return text;
  }

  function order() {
    const column = headers.findIndex(({ dataset }) => dataset.key === sort.value);
    for (const [index, header] of headers.entries()) {
      if (index === column) header.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      else header.removeAttribute('aria-sort');
    }
    const ordered = column < 0 ? rows : rows.toSorted((a, b) => compare(a.cells[column], b.cells[column]));
    if (ordered.some((row, index) => body.rows[index] !== row)) body.append(...ordered);
  }

  /** What has no value comes last either way; equals stay worst first. */
  function compare(one, other) {
    const worst = places.get(one.parentNode) - places.get(other.parentNode);
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === '' || b === '') return (a === '') - (b === '') || worst;
    const difference = typeof a === 'number' ? a - b : collator.compare(a, b);
    return (isDescending ? -difference : difference) || worst;
  }

  /** `outcome=FAILED&q=orders&sort=name`: what a copied link carries. */
  function addressWords() {
    const view = new URLSearchParams();
    if (search.value !== '') view.set('q', search.value);
    for (const { dataset, value } of selects) if (value !== '*') view.set(dataset.filter, value);
    if (sort.value !== '') view.set('sort', isDescending ? `-${sort.value}` : sort.value);
    return view.toString();
  }

  function readAddress() {
    const written = location.hash.slice(1);
    if (/^r-[0-9a-f]+$/.test(written)) {
      apply();
      open(written);
    } else if (written.includes('=')) {
      readView(new URLSearchParams(written));
      apply();
      document.getElementById('resources').scrollIntoView();
    } else {
      apply();
    }
  }

  /** A choice that this day does not have is left open, rather than showing nothing. */
  function readView(view) {
    reset();
    search.value = view.get('q') ?? '';
    for (const select of selects) {
      const value = view.get(select.dataset.filter);
      if (value !== null && [...select.options].some((option) => option.value === value))
        select.value = value;
    }
    const sorted = view.get('sort') ?? '';
    isDescending = sorted.startsWith('-');
    const key = sorted.replace(/^-/, '');
    if (headers.some(({ dataset }) => dataset.key === key)) sort.value = key;
  }

  /** Shows what a link leads to, wherever it is: highlighted, in view, and with the focus for who reads by ear. */
  function open(anchor) {
    const row = rows.find(({ dataset }) => dataset.anchor === anchor);
    const target = document.getElementById(anchor) ?? row;
    for (const marked of document.querySelectorAll('.target')) marked.classList.remove('target');
    if (!target) {
      notice.textContent = words.noTarget;
      notice.scrollIntoView({ block: 'center' });
      return;
    }
    const wasHidden = row?.hidden === true;
    pinned = row ?? null;
    apply();
    if (wasHidden && target === row) {
      const name = row.cells[0].querySelector('bdi').textContent;
      notice.textContent = words.opened.replace('{name}', () => name);
    }
    openDetailsOf(target);
    for (const marked of [target, row]) marked?.classList.add('target');
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'center' });
  }

  async function copy(address) {
    notice.textContent = (await copied(address)) ? words.copied : words.notCopied;
  }
}

function valueOf({ dataset, textContent }) {
  if (dataset.sort === undefined) return textContent.trim();
  return dataset.sort === '' ? '' : Number(dataset.sort);
}

function openDetailsOf(target) {
  for (const details of target.querySelectorAll('details')) details.open = true;
  for (let at = target.closest('details'); at; at = at.parentElement.closest('details')) at.open = true;
}

function addressOf(anchor) {
  return `${location.href.split('#')[0]}#${anchor}`;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** Where the clipboard is not given to pages: on http, in old browsers. */
function copiedBySelection(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'away';
  field.setAttribute('aria-hidden', 'true');
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  return isDone;
}

function later(run, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
  };
}

/** Paper has no triangle to click on. */
function openClosedWhilePrinting() {
  let opened = [];
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const details of opened) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}
