/*
 * The list of all resources of report.html, its search, filters, sorting and links. The list is drawn as it is looked at,
 * from the data in the page; no text of the report is ever taken for markup. Without this script the page reads the same,
 * but stands still and lists only the worst.
 */
function begin(data) {
  const tools = document.getElementById('tools');
  // The list for readers without script has this name in the page.
  document.querySelector('#list table').id = 'all';
  const resources = readResources(data, tools.dataset);
  const list = new ListWindow(resources, tools.dataset);
  const filters = new Filters(resources, tools);
  const cards = new Cards(resources, tools.dataset, () => page.showAll());
  const page = new Page({ data, resources, list, filters, cards, words: tools.dataset });
  tools.hidden = false;
  document.getElementById('drawing').remove();
  document.documentElement.classList.add('scripted');
  page.listen(tools);
  page.readAddress();
}

/** The resources, by their place in the order of the report: worst first. */
function readResources(
  { outcomes, verdicts, severities, clouds, noReport, tables, typeWords, columns },
  words,
) {
  const { lang } = document.documentElement;
  const collator = new Intl.Collator(lang, { numeric: true, sensitivity: 'base' });
  const numbers = new Intl.NumberFormat(lang);
  const size = columns.name.length;
  const texts = [];
  const strips = [];
  const shared = (name) => (at) => tables[name][columns[name][at]];
  const of = {
    name: (at) => columns.name[at],
    anchor: (at) => `r-${columns.anchor.slice(at * 12, at * 12 + 12)}`,
    id: (at) => tables.head[columns.head[at]] + columns.tail[at],
    outcome: (at) => outcomes[columns.outcome[at]],
    verdict: (at) => verdicts[columns.verdict[at]],
    severity: (at) => severities[columns.severity[at]],
    type: shared('type'),
    cloud: (at) => clouds[columns.cloud[at]],
    compartment: shared('compartment'),
    owner: shared('owner'),
    policy: shared('policy'),
    cause: shared('cause'),
    hours: shared('hours'),
    cloudName: (cloud) => clouds.find(([key]) => key === cloud)[1],
    typeName: (type) => typeWords[tables.type.indexOf(type)],
    kind: (at) => [typeWords[columns.type[at]], of.compartment(at)].filter(Boolean).join(' · '),
    ownerWords: (at) => of.owner(at) || words.noOwner,
    isWaived: (at) => columns.waived[at] === 1,
    attempts: (at) => numbers.format(columns.attempts[at]),
    success: (at) => tables.time[columns.success[at]]?.[0] ?? words.noneSeen,
    restore: (at) => tables.time[columns.restore[at]]?.[0] ?? words.never,
    underSuccess: (at) => [
      ...(tables.age[columns.age[at]] ?? []),
      ...(tables.points[columns.points[at]] ?? []),
    ],
    days: (at) => (strips[columns.days[at]] ??= runsOf(tables.days[columns.days[at]])),
    /** All that a person may look for, in lower case; made when it is first asked for. */
    text: (at) => (texts[at] ??= wordsOf(at).join(' ').toLocaleLowerCase(lang)),
  };
  const wordsOf = (at) =>
    [of.name, of.id, of.kind, of.cause, of.success, of.restore, of.policy, of.ownerWords]
      .map((word) => word(at) ?? '')
      .concat(of.outcome(at)[1], of.verdict(at)[1], of.severity(at)[1], of.underSuccess(at))
      .concat(of.cloud(at)?.[1] ?? '')
      .concat(of.isWaived(at) ? words.waived : '');

  /** Neighbours of one outcome share an element. */
  function runsOf(digits) {
    const runs = [...(digits.match(/(.)\1*/g) ?? [])].map((run) => {
      const [, name, tone, mark] = outcomes[run[0]] ?? noReport;
      return { tone, marks: mark.repeat(run.length), words: `${run.length} × ${name}` };
    });
    return { title: `${words.days}: ${runs.map((run) => run.words).join(', ')}`, runs };
  }

  /** What a column is sorted by; null where a resource has no value. */
  const sortKeys = {
    name: of.name,
    outcome: (at) => columns.outcome[at],
    verdict: (at) => columns.verdict[at],
    success: (at) => tables.time[columns.success[at]]?.[1] ?? null,
    attempts: (at) => columns.attempts[at],
    restore: (at) => tables.time[columns.restore[at]]?.[1] ?? null,
    policy: of.policy,
  };

  /** What has no value comes last either way; equals stay worst first. */
  function ordered(key, isDescending) {
    const places = Array.from({ length: size }, (_, at) => at);
    if (!Object.hasOwn(sortKeys, key)) return places;
    const keys = places.map(sortKeys[key]);
    return places.sort((one, other) => {
      const [a, b] = [keys[one], keys[other]];
      if (a === null || b === null) return (a === null) - (b === null) || one - other;
      const difference = typeof a === 'number' ? a - b : collator.compare(a, b);
      return (isDescending ? -difference : difference) || one - other;
    });
  }

  return { size, of, ordered, collator, numbers, lang, outcomes, verdicts, severities };
}

/** The choices, the search field and the order that a person has asked for. */
class Filters {
  isDescending = false;

  constructor(resources, tools) {
    this.resources = resources;
    this.words = tools.dataset;
    this.search = document.getElementById('search');
    this.sort = document.getElementById('sort');
    this.selects = [...tools.querySelectorAll('select[data-filter]')];
    this.headers = [...document.querySelector('#all thead tr').cells];
    for (const select of this.selects) this.fillChoices(select);
    document.getElementById('filter-hour-field').hidden = document.getElementById('filter-hour').length < 2;
    for (const header of this.headers) this.sort.append(new Option(header.textContent, header.dataset.key));
  }

  /** Choices with their counts; those of what nobody has are left out. */
  fillChoices(select) {
    const { size, collator, numbers, of } = this.resources;
    const counts = new Map();
    for (let at = 0; at < size; at += 1) {
      for (const value of this.valuesOf(select.dataset.filter, at)) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    const known = [...select.options].map(({ value, textContent }) => [value, textContent]);
    const found = [...counts.keys()]
      .sort((a, b) => (a === '') - (b === '') || collator.compare(a, b))
      .map((value) => [value, value === '' ? this.words.nothing : nameOfChoice(select, value, of)]);
    const choices = (known.length > 0 ? known : found).filter(([value]) => counts.has(value));
    const options = choices.map(
      ([value, name]) => new Option(`${name} (${numbers.format(counts.get(value))})`, value),
    );
    select.replaceChildren(new Option(this.words.any, '*'), ...options);
  }

  /** What a resource has of what is filtered by: keys as they stand in a link. */
  valuesOf(filter, at) {
    const { of } = this.resources;
    if (filter === 'hour') return of.hours(at).map((hour) => String(hour).padStart(2, '0'));
    const value = of[filter](at);
    return [Array.isArray(value) ? value[0] : value];
  }

  isFiltered() {
    return this.search.value !== '' || this.selects.some(({ value }) => value !== '*');
  }

  /** Whether a resource has what was chosen, whatever is searched for. */
  fits(at) {
    return this.selects.every(
      ({ value, dataset }) => value === '*' || this.valuesOf(dataset.filter, at).includes(value),
    );
  }

  /** The places of what is to be shown, in order; what a link leads to is shown even where a filter would hide it. */
  chosen(pinned) {
    const { of, ordered, lang } = this.resources;
    const needles = this.search.value.toLocaleLowerCase(lang).split(/\s+/).filter(Boolean);
    return ordered(this.sort.value, this.isDescending).filter(
      (at) => at === pinned || (this.fits(at) && needles.every((needle) => of.text(at).includes(needle))),
    );
  }

  markOrder() {
    for (const header of this.headers) {
      if (header.dataset.key !== this.sort.value) header.removeAttribute('aria-sort');
      else header.setAttribute('aria-sort', this.isDescending ? 'descending' : 'ascending');
    }
  }

  reset() {
    this.search.value = '';
    this.sort.value = '';
    this.isDescending = false;
    for (const select of this.selects) select.value = '*';
  }

  /** `outcome=FAILED&q=orders&sort=name`: what a copied link carries. */
  write() {
    const view = new URLSearchParams();
    if (this.search.value !== '') view.set('q', this.search.value);
    for (const { dataset, value } of this.selects) if (value !== '*') view.set(dataset.filter, value);
    const { value } = this.sort;
    if (value !== '') view.set('sort', this.isDescending ? `-${value}` : value);
    return view.toString();
  }

  /** A choice that this day does not have is left open, rather than showing nothing. */
  read(written) {
    const view = new URLSearchParams(written);
    this.reset();
    this.search.value = view.get('q') ?? '';
    for (const select of this.selects) {
      const value = view.get(select.dataset.filter);
      if ([...select.options].some((option) => option.value === value)) select.value = value;
    }
    const sorted = view.get('sort') ?? '';
    const key = sorted.replace(/^-/, '');
    if (!this.headers.some(({ dataset }) => dataset.key === key)) return;
    this.sort.value = key;
    this.isDescending = sorted.startsWith('-');
  }
}

function nameOfChoice(select, value, of) {
  const { filter } = select.dataset;
  if (filter === 'type') return of.typeName(value);
  if (filter === 'cloud') return of.cloudName(value);
  return filter === 'hour' ? `${value}:00` : value;
}

/**
 * The rows that are in view and some around them; the rest is room above and below. Rows are as high as their words need:
 * each is measured when it is drawn, and the view stays where it is when one turns out to be higher than was thought.
 */
class ListWindow {
  places = [];
  target = null;
  isOnPaper = false;
  /** Rows that are drawn, by their position in the list. */
  drawn = new Map();

  constructor(resources, words) {
    this.resources = resources;
    this.words = words;
    this.scroller = document.getElementById('list');
    this.sizer = this.scroller.querySelector('.sizer');
    this.table = document.getElementById('all');
    this.body = this.table.tBodies[0];
    this.labels = [...this.table.tHead.rows[0].cells].map(({ textContent }) => textContent);
    this.forgetHeights();
    this.scroller.hidden = false;
    this.scroller.addEventListener('scroll', () => this.draw(), { passive: true });
    this.body.addEventListener('focusin', ({ target }) => this.drawAround(target.closest('tr')));
    this.width = this.scroller.clientWidth;
    new ResizeObserver(() => this.afterResize()).observe(this.scroller);
  }

  forgetHeights() {
    this.heights = new Float32Array(this.resources.size);
    this.usual = 0;
  }

  /** @param places of the resources to list, in order */
  show(places) {
    this.places = places;
    this.clear();
    this.table.setAttribute('aria-rowcount', String(places.length + 1));
    this.scroller.classList.toggle('long', places.length > 30);
    this.scroller.scrollTop = 0;
    this.draw();
  }

  clear() {
    this.drawn.clear();
    this.body.replaceChildren();
  }

  heightOf(position) {
    return this.heights[this.places[position]] || this.usual || 80;
  }

  /** Where a row begins, below the head. */
  offsetOf(position) {
    let offset = 0;
    for (let before = 0; before < position; before += 1) offset += this.heightOf(before);
    return offset;
  }

  /** The half-open range of rows between two offsets. */
  rangeOf(from, to) {
    let [first, offset] = [0, 0];
    while (first < this.places.length - 1 && offset + this.heightOf(first) < from) {
      offset += this.heightOf(first);
      first += 1;
    }
    let end = first;
    while (end < this.places.length && offset < to) {
      offset += this.heightOf(end);
      end += 1;
    }
    return [first, end];
  }

  draw() {
    if (this.isOnPaper) return;
    const isLong = this.scroller.classList.contains('long');
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    const isAtEnd = isLong && scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 1;
    const around = clientHeight;
    const [first, end] = isLong
      ? this.rangeOf(scrollTop - around, scrollTop + clientHeight + around)
      : [0, this.places.length];
    if (this.drawn.size > 0 && first === this.first && end === this.end) return;
    [this.first, this.end] = [first, end];
    this.drawRows(first, end);
    const shift = this.measure(scrollTop);
    this.makeRoom();
    if (isAtEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (shift !== 0 && scrollTop > 0) this.scroller.scrollTop = scrollTop + shift;
  }

  /** Who holds the Tab key is faster than the events of scrolling: the last row that is drawn has its next one at once. */
  drawAround(row) {
    const position = row.ariaRowIndex - 2;
    if (position > this.first && position < this.end - 1) return;
    row.scrollIntoView({ block: 'nearest' });
    this.draw();
  }

  drawRows(first, end) {
    const focused = document.activeElement?.closest('#all tbody tr');
    for (const [position, row] of this.drawn) {
      row.classList.remove('kept');
      if (position >= first && position < end) continue;
      // A row with the focus stays, unseen, or who goes by the keyboard would be back at the top of the page.
      if (row === focused) {
        row.classList.add('kept');
        continue;
      }
      row.remove();
      this.drawn.delete(position);
    }
    // In the order of their positions always: a row that is moved would lose the focus.
    let next = this.body.firstElementChild;
    for (let position = first; position < end; position += 1) {
      while (next && next.ariaRowIndex - 2 < position) next = next.nextElementSibling;
      if (this.drawn.has(position)) continue;
      const row = this.rowAt(position);
      this.drawn.set(position, row);
      this.body.insertBefore(row, next);
    }
  }

  /** @returns by how much the rows above `top` are higher than was thought */
  measure(top) {
    let shift = 0;
    let offset = this.offsetOf(this.first);
    for (let position = this.first; position < this.end; position += 1) {
      const thought = this.heightOf(position);
      const place = this.places[position];
      const { height } = this.drawn.get(position).getBoundingClientRect();
      if (height > 0) {
        this.heights[place] = height;
        if (offset + thought <= top) shift += height - thought;
      }
      offset += thought;
    }
    this.usual ||= this.medianHeight();
    return shift;
  }

  medianHeight() {
    const heights = this.places.slice(this.first, this.end).map((place) => this.heights[place]);
    return heights.sort((a, b) => a - b)[Math.floor(heights.length / 2)] ?? 0;
  }

  makeRoom() {
    const above = this.offsetOf(this.first);
    let below = 0;
    for (let position = this.end; position < this.places.length; position += 1) {
      below += this.heightOf(position);
    }
    this.sizer.style.paddingTop = `${above}px`;
    this.sizer.style.paddingBottom = `${below}px`;
  }

  rowAt(position) {
    const place = this.places[position];
    const row = resourceRow(this.resources.of, place, this.labels, this.words);
    row.setAttribute('aria-rowindex', String(position + 2));
    if (place === this.target) row.classList.add('target');
    return row;
  }

  /** Brings a resource into view within the list, and gives its row. */
  reveal(place) {
    this.target = place;
    const position = this.places.indexOf(place);
    // What is drawn on the way there may turn out to be of another height.
    for (let turn = 0; turn < 3; turn += 1) {
      const middle = this.offsetOf(position) + this.heightOf(position) / 2;
      this.scroller.scrollTop = middle - this.scroller.clientHeight / 2;
      this.draw();
    }
    for (const row of this.body.querySelectorAll('.target')) row.classList.remove('target');
    const row = this.drawn.get(position);
    row.classList.add('target');
    return row;
  }

  afterResize() {
    if (this.isOnPaper) return;
    if (this.scroller.clientWidth === this.width) {
      this.draw();
      return;
    }
    this.width = this.scroller.clientWidth;
    const [top] = this.rangeOf(this.scroller.scrollTop, this.scroller.scrollTop);
    this.forgetHeights();
    this.end = -1;
    this.draw();
    this.scroller.scrollTop = this.offsetOf(top);
  }

  /** Paper has the first of what is looked at: as many as readers without script have. */
  toPaper(most) {
    this.before = this.scroller.scrollTop;
    this.isOnPaper = true;
    [this.first, this.end] = [0, Math.min(most, this.places.length)];
    this.drawRows(this.first, this.end);
    this.sizer.style.paddingTop = '';
    this.sizer.style.paddingBottom = '';
    return this.end;
  }

  fromPaper() {
    this.isOnPaper = false;
    this.end = -1;
    this.makeRoomForAll();
    this.scroller.scrollTop = this.before;
    this.draw();
  }

  makeRoomForAll() {
    this.clear();
    [this.first, this.end] = [0, 0];
    this.makeRoom();
  }
}

/** One row of the list; all of it is text. */
function resourceRow(of, at, labels, words) {
  const anchor = of.anchor(at);
  const row = element('tr', { role: 'row', 'data-anchor': anchor });
  if (!document.getElementById(anchor)) row.id = anchor;
  const cloud = of.cloud(at);
  const ofCloud = cloud === undefined ? [] : [element('span', { class: 'badge cloud' }, [cloud[1]]), ' '];
  const name = element('th', { scope: 'row', role: 'rowheader', class: 'name' }, [
    element('a', { href: `#${anchor}` }, [element('bdi', {}, [of.name(at)])]),
    element('span', { class: 'sub' }, [...ofCloud, element('bdi', {}, [of.kind(at)])]),
  ]);
  const cell = (column, children, attributes = {}) =>
    element('td', { role: 'cell', 'data-label': labels[column], ...attributes }, children);
  const badge = ([, said, tone]) => element('span', { class: `badge tone-${tone}` }, [said]);
  const waived = of.isWaived(at) ? [' ', badge(['', words.waived, 'info'])] : [];
  const cause =
    of.cause(at) === undefined ? [] : [' ', element('span', { class: 'soft small' }, [of.cause(at)])];
  const days = element('span', { class: 'days', role: 'img', 'aria-label': of.days(at).title });
  for (const { tone, marks } of of.days(at).runs) {
    days.append(element('span', { class: `tone-${tone}` }, [marks]));
  }
  const lines = of
    .underSuccess(at)
    .flatMap((line) => [element('br'), element('span', { class: 'soft small' }, [line])]);
  row.append(
    name,
    cell(1, [element('span', {}, [badge(of.outcome(at)), ...cause, days])]),
    cell(2, [element('span', {}, [badge(of.verdict(at)), ...waived])]),
    cell(3, [element('span', {}, [element('span', { class: 'nowrap' }, [of.success(at)]), ...lines])]),
    cell(4, [of.attempts(at)], { class: 'number' }),
    cell(5, [of.restore(at)]),
    cell(6, [policyCell(of, at)], { class: 'policy' }),
  );
  return row;
}

function policyCell(of, at) {
  return element('span', {}, [
    element('bdi', {}, [of.policy(at)]),
    element('br'),
    element('span', { class: 'soft small' }, [
      element('bdi', {}, [of.ownerWords(at)]),
      ` · ${of.severity(at)[1]}`,
    ]),
  ]);
}

/** @param children nodes, and texts that become text */
function element(name, attributes = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The cards of the page: what is told of a resource outside the list. Those of other resources are hidden by a filter. */
class Cards {
  constructor({ size, of, numbers }, words, showAll) {
    this.words = words;
    this.numbers = numbers;
    this.places = new Map(Array.from({ length: size }, (_, at) => [of.anchor(at), at]));
    this.all = [...document.querySelectorAll('[id^="r-"]')].filter(({ id }) => this.places.has(id));
    const sections = new Set(this.all.map((card) => card.closest('section')));
    this.sections = [...sections].map((section) => {
      const cards = this.all.filter((card) => section.contains(card));
      return { cards, ...this.lineOf(section, cards[0], showAll) };
    });
  }

  /** Says above the cards of a section that some are hidden, with the way back. */
  lineOf(section, card, showAll) {
    const counted = element('span');
    const button = element('button', { type: 'button' }, [this.words.showAll]);
    button.addEventListener('click', showAll);
    const line = element('p', { class: 'filtered', role: 'status' }, [counted, ' ', button]);
    line.hidden = true;
    const first = [...section.children].find((child) => child.contains(card));
    section.insertBefore(line, first);
    return { line, counted };
  }

  /** @returns the first card that is shown; null if none is */
  show(fits, isFiltered, pinned) {
    for (const card of this.all) {
      const place = this.places.get(card.id);
      card.hidden = !fits(place) && place !== pinned;
    }
    for (const group of document.querySelectorAll('[data-group]')) {
      const cards = this.all.filter((card) => group.contains(card));
      group.hidden = cards.length > 0 && cards.every(({ hidden }) => hidden);
    }
    for (const { cards, line, counted } of this.sections) {
      const shown = cards.filter(({ hidden }) => !hidden).length;
      line.hidden = !isFiltered || shown === cards.length;
      counted.textContent = filled(this.words.cards, {
        shown: this.numbers.format(shown),
        total: this.numbers.format(cards.length),
      });
    }
    return this.all.find(({ hidden }) => !hidden) ?? null;
  }
}

/** What ties list, cards, filters and address together. */
class Page {
  /** A resource that a link leads to. */
  pinned = null;

  constructor({ data, resources, list, filters, cards, words }) {
    Object.assign(this, { data, resources, list, filters, cards, words });
    this.shown = document.getElementById('shown');
    this.notice = document.getElementById('notice');
    this.onPaper = document.getElementById('on-paper');
    for (const header of filters.headers) this.makeSortable(header);
  }

  listen(tools) {
    const { filters } = this;
    tools.addEventListener('change', (event) => {
      if (event.target === filters.sort) filters.isDescending = false;
      if (event.target !== filters.search) this.update();
    });
    filters.search.addEventListener(
      'input',
      later(() => this.update(), 150),
    );
    document.getElementById('reset').addEventListener('click', () => this.showAll());
    document.getElementById('copy-view').addEventListener('click', () => this.copy(location.href));
    document.addEventListener('click', (event) => this.follow(event));
    window.addEventListener('hashchange', () => this.readAddress());
    window.addEventListener('beforeprint', () => this.toPaper());
    window.addEventListener('afterprint', () => this.fromPaper());
    matchMedia('print').addEventListener('change', ({ matches }) =>
      matches ? this.toPaper() : this.fromPaper(),
    );
  }

  makeSortable(header) {
    const { filters, words } = this;
    const { key } = header.dataset;
    const button = element('button', { type: 'button' }, [header.textContent]);
    button.title = filled(words.sortBy, { column: header.textContent });
    header.replaceChildren(button);
    button.addEventListener('click', () => {
      filters.isDescending = filters.sort.value === key && !filters.isDescending;
      filters.sort.value = key;
      this.update();
    });
  }

  follow(event) {
    const button = event.target.closest('button[data-link]');
    if (button) this.copy(addressOf(button.dataset.link));
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    const fragment = link.getAttribute('href').slice(1);
    if (isView(fragment) && link.getAttribute('aria-current') === 'true') {
      // A filter that is on is switched off by the link that switched it on.
      event.preventDefault();
      this.leave(fragment);
    } else if (`#${fragment}` === location.hash && isAnchor(fragment)) {
      // A second click on the same link changes no address, but is meant to lead there again.
      this.open(fragment);
    }
  }

  leave(fragment) {
    const view = new URLSearchParams(this.filters.write());
    for (const key of new URLSearchParams(fragment).keys()) view.delete(key);
    this.filters.read(view.toString());
    this.update();
  }

  showAll() {
    this.filters.reset();
    this.update();
  }

  /** After a choice: the address says what is seen, without an entry of its own in the history. */
  update() {
    this.pinned = null;
    this.apply();
    const view = this.filters.write();
    history.replaceState({ view }, '', `#${view || 'resources'}`);
  }

  /** @returns the first card that is shown */
  apply() {
    const { filters, list, cards, resources, words } = this;
    const asked = `${filters.write()} ${this.pinned}`;
    this.notice.textContent = '';
    if (asked !== this.asked) {
      this.asked = asked;
      filters.markOrder();
      const chosen = filters.chosen(this.pinned);
      list.show(chosen);
      const counted = filled(words.shown, {
        shown: resources.numbers.format(chosen.length),
        total: resources.numbers.format(resources.size),
      });
      this.shown.textContent = chosen.length === 0 ? `${counted}. ${words.nothingFits}` : counted;
    }
    this.markLinks();
    return cards.show((at) => filters.fits(at), filters.isFiltered(), this.pinned);
  }

  /** Links that are filters are marked while they are on. */
  markLinks() {
    const view = new URLSearchParams(this.filters.write());
    for (const link of document.querySelectorAll('a[href^="#"][href*="="]')) {
      const asked = new URLSearchParams(link.getAttribute('href').slice(1));
      const isOn = asked.has('show')
        ? !this.filters.isFiltered()
        : [...asked].every(([key, value]) => view.get(key) === value);
      if (isOn) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }

  /**
   * Each entry of the history keeps the filters that it was left with: the way back leads to what was seen, also from a
   * section or a resource, whose addresses say nothing of filters.
   */
  readAddress() {
    const fragment = location.hash.slice(1);
    const { state } = history;
    if (isView(fragment)) this.filters.read(fragment);
    else if (typeof state?.view === 'string') this.filters.read(state.view);
    else if (fragment === '') this.filters.reset();
    if (state?.view === undefined) history.replaceState({ view: this.filters.write() }, '');
    this.pinned = null;
    const first = this.apply();
    if (isAnchor(fragment)) this.open(fragment);
    else if (isView(fragment)) this.lookAt(first);
  }

  /** To the first card that is left, if any; to the list, for who is there already. */
  lookAt(card) {
    const { top, bottom } = document.getElementById('list').getBoundingClientRect();
    const isAtList = top < innerHeight && bottom > 0;
    const section = isAtList ? null : card?.closest('section');
    (section?.querySelector('h2') ?? document.getElementById('resources')).scrollIntoView();
  }

  /** Shows what a link leads to, wherever it is: highlighted, in view, and with the focus for who reads by ear. */
  open(anchor) {
    for (const marked of document.querySelectorAll('.target')) marked.classList.remove('target');
    const place = this.cards.places.get(anchor);
    const card = this.cards.all.find(({ id }) => id === anchor);
    if (place === undefined) {
      this.notice.textContent = this.words.noTarget;
      this.notice.scrollIntoView({ block: 'center' });
      return;
    }
    const wasHidden = !this.list.places.includes(place);
    this.pinned = place;
    this.apply();
    const row = this.list.reveal(place);
    if (wasHidden && !card) {
      this.notice.textContent = filled(this.words.opened, { name: this.resources.of.name(place) });
    }
    const target = card ?? row;
    openDetailsOf(target);
    target.classList.add('target');
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'center' });
  }

  /** What paper leaves out is said on it. */
  toPaper() {
    if (this.list.isOnPaper) return;
    const { numbers } = this.resources;
    const shown = this.list.toPaper(this.data.rows);
    this.onPaper.hidden = shown === this.data.total;
    this.onPaper.textContent = filled(this.words.onPaper, {
      shown: numbers.format(shown),
      total: numbers.format(this.data.total),
    });
  }

  fromPaper() {
    if (!this.list.isOnPaper) return;
    this.onPaper.hidden = true;
    this.list.fromPaper();
  }

  async copy(address) {
    this.notice.textContent = (await copied(address)) ? this.words.copied : this.words.notCopied;
  }
}

/** `r-1f3a9c0b2d4e`: a resource. */
function isAnchor(fragment) {
  return /^r-[0-9a-f]+$/.test(fragment);
}

/** `outcome=FAILED&hour=05`: a filter. */
function isView(fragment) {
  return fragment.includes('=');
}

/** A message with its placeholders filled in; a value is never searched for placeholders. */
function filled(message, values) {
  return message.replaceAll(/\{(\w+)\}/g, (written, name) => values[name] ?? written);
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
  const field = element('textarea', { class: 'away', 'aria-hidden': 'true' });
  field.value = text;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  return isDone;
}

/** Buttons that copy what stands in `data-text`, such as a command, and say that they did. */
function copyTexts() {
  document.documentElement.classList.add('scripted');
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('button[data-text]');
    if (button && (await copied(button.dataset.text))) button.textContent = button.dataset.done;
  });
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

// Last: classes are known only from where they stand.
const dataElement = document.getElementById('data');
if (dataElement && document.getElementById('list')) begin(JSON.parse(dataElement.textContent));
copyTexts();
openClosedWhilePrinting();
