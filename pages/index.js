/* The search of index.html. Names become text, never markup; what is found is listed as it is looked for. */
const mostRows = 100;
/** Before anything is looked for. */
const firstRows = 10;

function begin({ dates, pages, outcomes, rows, words }) {
  const field = document.getElementById('query');
  const list = document.getElementById('found');
  const notice = document.getElementById('notice');
  const { lang } = document.documentElement;
  const texts = rows.map(([name, id, type]) => `${name}\n${id}\n${type}`.toLocaleLowerCase(lang));

  function search() {
    const wanted = field.value.toLocaleLowerCase(lang).split(/\s+/).filter(Boolean);
    const most = wanted.length === 0 ? firstRows : mostRows;
    const places = [];
    let number = 0;
    for (let at = 0; at < rows.length; at += 1) {
      if (!wanted.every((word) => texts[at].includes(word))) continue;
      number += 1;
      if (places.length < most) places.push(at);
    }
    list.replaceChildren(...places.map((at) => found(rows[at])));
    notice.textContent =
      number === 0 ? words.none : filled(number > most ? words.more : words.found, number, most);
  }

  function filled(message, number, most) {
    const numbers = new Intl.NumberFormat(lang);
    const values = { number: numbers.format(number), shown: numbers.format(most) };
    return message.replaceAll(/\[(\w+)\]/g, (written, name) => values[name] ?? written);
  }

  function found([name, id, type, anchor, strip]) {
    const item = element('li', 'found');
    const title = element('h3', '', name);
    const kind = element('span', 'kind', ` ${type}`);
    title.append(kind);
    const days = element('ol', 'day-strip');
    for (const [at, code] of [...strip].entries()) days.append(square(at, code, anchor));
    item.append(title, element('p', 'small mono soft', id), days);
    return item;
  }

  function square(at, code, anchor) {
    const [mark, tone, said] =
      code === '.'
        ? ['·', 'quiet', words.notThere]
        : (outcomes[parseInt(code, 36)] ?? ['?', 'unknown', code]);
    const item = element('li', '');
    const page = code === '.' ? null : pages[at];
    const inner = element(page === null ? 'span' : 'a', `square tone-${tone}`, mark);
    if (page !== null) inner.href = `${page}#${anchor}`;
    inner.title = `${dates[at]}: ${said}`;
    inner.setAttribute('aria-label', inner.title);
    item.append(inner);
    return item;
  }

  document.getElementById('search').hidden = false;
  field.addEventListener('input', search);
  if (location.hash.startsWith('#q=')) field.value = decodeURIComponent(location.hash.slice(3));
  search();
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Reports of a kind without subjects have nothing to be searched.
if (document.getElementById('query') !== null) begin(JSON.parse(document.getElementById('data').textContent));
