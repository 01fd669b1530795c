/*
 * The list of all changes or events of a day that counts what happened: search, filters, and rows as they are asked for. No text of the report
 * is ever taken for markup. Without this script the page reads the same, and lists what a person has to look at.
 */
const step = 200;

function begin({ words, rows }) {
  const tools = document.getElementById('tools');
  const body = document.querySelector('#list tbody');
  const search = document.getElementById('search');
  const more = document.getElementById('show-more');
  const selects = [...tools.querySelectorAll('select')];
  const labels = [...document.querySelectorAll('#list thead th')].map(({ textContent }) => textContent);
  const { lang } = document.documentElement;
  const numbers = new Intl.NumberFormat(lang);
  const texts = [];
  const textOf = (at) =>
    (texts[at] ??= rows[at]
      .map((place) => words[place])
      .join(' ')
      .toLocaleLowerCase(lang));
  let found = [];
  let drawn = 0;

  function fill(select) {
    const column = Number(select.dataset.column);
    const counts = new Map();
    for (const row of rows) counts.set(row[column], (counts.get(row[column]) ?? 0) + 1);
    const sorted = [...counts].sort(([a], [b]) => words[a].localeCompare(words[b], lang));
    select.append(new Option(tools.dataset.any, ''));
    for (const [place, number] of sorted) {
      select.append(new Option(`${words[place] || '–'} (${numbers.format(number)})`, String(place)));
    }
  }

  function draw() {
    const next = found.slice(drawn, drawn + step);
    for (const at of next) {
      const row = body.insertRow();
      for (const [column, place] of rows[at].entries()) {
        const cell = row.insertCell();
        cell.dataset.label = labels[column];
        const text = document.createElement('span');
        text.textContent = words[place] || '–';
        cell.append(text);
      }
    }
    drawn += next.length;
    more.hidden = drawn >= found.length;
    document.getElementById('shown').textContent = tools.dataset.shown
      .replace('{shown}', numbers.format(found.length))
      .replace('{total}', numbers.format(rows.length));
  }

  function show() {
    const needles = search.value.toLocaleLowerCase(lang).split(/\s+/).filter(Boolean);
    const wanted = selects
      .filter(({ value }) => value !== '')
      .map(({ dataset, value }) => [Number(dataset.column), Number(value)]);
    found = [...rows.keys()].filter(
      (at) =>
        wanted.every(([column, place]) => rows[at][column] === place) &&
        needles.every((needle) => textOf(at).includes(needle)),
    );
    drawn = 0;
    body.replaceChildren();
    draw();
  }

  for (const select of selects) fill(select);
  tools.hidden = false;
  document.getElementById('list').hidden = false;
  document.documentElement.classList.add('scripted');
  search.addEventListener('input', show);
  for (const select of selects) select.addEventListener('change', show);
  more.addEventListener('click', draw);
  show();
}

begin(JSON.parse(document.getElementById('data').textContent));
