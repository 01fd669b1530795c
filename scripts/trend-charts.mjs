// The charts of the Trend sheet, which exceljs cannot make: parts of the template written by hand (ECMA-376 part 1, 21.2).
// They show one row, the one that repeats: in a report they show all of its rows.
import JSZip from 'jszip';

const date = new Date('2026-01-01T00:00:00Z');
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
const chartSpace = 'http://schemas.openxmlformats.org/drawingml/2006/chart';
const main = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const spreadsheet = 'http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Distinct under colour blindness by their lightness, too. */
const colours = {
  compliant: '3F9C77',
  nonCompliant: '8A1C13',
  unknown: '6D4BB5',
  percent: '24425F',
  quiet: '4A5561',
};

/**
 * @param bytes of the template
 * @param sheet name of the sheet, with its expression
 * @param number of the sheet, from 1
 * @param letterOf the column of a field: `trend.date` -> `A`
 */
export async function addTrendCharts(bytes, { sheet, number, letterOf }) {
  const zip = await JSZip.loadAsync(bytes);
  const parts = new Map();
  for (const [name, entry] of Object.entries(zip.files))
    if (!entry.dir) parts.set(name, await entry.async('nodebuffer'));
  const change = (name, edit) => parts.set(name, edit(parts.get(name).toString('utf8')));
  const charts = trendCharts(sheet, letterOf);
  for (const [index, xml] of charts.entries()) parts.set(`xl/charts/chart${index + 1}.xml`, xml);
  parts.set('xl/drawings/drawing1.xml', drawingXml(charts.length));
  parts.set(
    'xl/drawings/_rels/drawing1.xml.rels',
    relationsXml(charts.map((_, index) => ['chart', `../charts/chart${index + 1}.xml`])),
  );
  parts.set(
    `xl/worksheets/_rels/sheet${number}.xml.rels`,
    relationsXml([['drawing', '../drawings/drawing1.xml']]),
  );
  change(`xl/worksheets/sheet${number}.xml`, (xml) =>
    xml.replace(/(?=<extLst|<\/worksheet>)/, '<drawing r:id="rId1"/>'),
  );
  change('[Content_Types].xml', (xml) => xml.replace('</Types>', `${typesXml(charts.length)}</Types>`));
  const made = new JSZip();
  for (const [name, content] of parts) made.file(name, content, { date, createFolders: false });
  return made.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

function trendCharts(sheet, letterOf) {
  const cell = (field, row) => `'${sheet.replaceAll("'", "''")}'!$${letterOf(field)}$${row}`;
  const series = (key, index, shape, row = 2) =>
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:strRef><c:f>${escaped(cell(`trend.${key}`, 1))}</c:f>` +
    `</c:strRef></c:tx>${shape}<c:cat><c:numRef><c:f>${escaped(cell('trend.date', row))}</c:f></c:numRef></c:cat>` +
    `<c:val><c:numRef><c:f>${escaped(cell(`trend.${key}`, row))}</c:f></c:numRef></c:val>`;
  const stacked = ['nonCompliant', 'unknown', 'compliant'].map(
    (key, index) =>
      `${series(key, index, `<c:spPr>${fill(colours[key])}</c:spPr><c:invertIfNegative val="0"/>`)}</c:ser>`,
  );
  const line =
    `<c:spPr><a:ln w="28575" cap="rnd">${fill(colours.percent)}<a:round/></a:ln></c:spPr><c:marker>` +
    `<c:symbol val="circle"/><c:size val="6"/><c:spPr>${fill(colours.percent)}</c:spPr></c:marker>`;
  return [
    chartXml(
      '{{t "workbook.chart.percent"}}',
      `<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>${series('percent', 0, line)}` +
        '<c:smooth val="0"/></c:ser><c:marker val="1"/><c:axId val="1001"/><c:axId val="1002"/></c:lineChart>',
      { format: '0%', limits: '<c:max val="1"/><c:min val="0"/>', legend: '' },
    ),
    chartXml(
      '{{t "workbook.chart.verdicts"}}',
      `<c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>${stacked.join('')}` +
        '<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>',
      { format: '#,##0', limits: '<c:min val="0"/>', legend: legendXml() },
    ),
  ];
}

function chartXml(title, plot, { format, limits, legend }) {
  return (
    `${declaration}<c:chartSpace xmlns:c="${chartSpace}" xmlns:a="${main}" xmlns:r="${office}">` +
    '<c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr>' +
    `<a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr sz="1200" b="1">${fill(colours.percent)}</a:rPr>` +
    `<a:t>${escaped(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>` +
    `<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>${plot}` +
    `<c:dateAx><c:axId val="1001"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>` +
    '<c:axPos val="b"/><c:numFmt formatCode="yyyy\\-mm\\-dd" sourceLinked="1"/><c:majorTickMark val="out"/>' +
    `<c:minorTickMark val="none"/><c:tickLblPos val="low"/>${lineOf('BFC6CE')}${textOf(-2700000)}` +
    '<c:crossAx val="1002"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblOffset val="100"/>' +
    '<c:baseTimeUnit val="days"/></c:dateAx>' +
    `<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>${limits}</c:scaling><c:delete val="0"/>` +
    `<c:axPos val="l"/><c:majorGridlines>${lineOf('D9DEE4')}</c:majorGridlines>` +
    `<c:numFmt formatCode="${format}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>` +
    `<c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>${textOf(0)}` +
    '<c:crossAx val="1001"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>' +
    `</c:plotArea>${legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
    `<c:spPr>${fill('FFFFFF')}<a:ln w="9525">${fill('D9DEE4')}</a:ln></c:spPr></c:chartSpace>`
  );
}

function legendXml() {
  return `<c:legend><c:legendPos val="b"/><c:overlay val="0"/>${textOf(0)}</c:legend>`;
}

function lineOf(colour) {
  return `<c:spPr><a:ln w="9525">${fill(colour)}</a:ln></c:spPr>`;
}

/** @param turned in 60,000ths of a degree */
function textOf(turned) {
  const body = turned === 0 ? '<a:bodyPr/>' : `<a:bodyPr rot="${turned}" vert="horz"/>`;
  return (
    `<c:txPr>${body}<a:lstStyle/><a:p><a:pPr><a:defRPr sz="900">${fill(colours.quiet)}</a:defRPr></a:pPr>` +
    '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
  );
}

function fill(colour) {
  return `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`;
}

/** Side by side, a row below the list; each is as wide as six columns. */
function drawingXml(count) {
  const anchors = Array.from({ length: count }, (_, index) => {
    const left = index * 6;
    return (
      `<xdr:twoCellAnchor editAs="oneCell">${pointXml('from', left, 3)}${pointXml('to', left + 6, 21)}` +
      `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${index + 2}" name="Chart ${index + 1}"/>` +
      '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>' +
      `<a:graphic><a:graphicData uri="${chartSpace}"><c:chart xmlns:c="${chartSpace}" xmlns:r="${office}" ` +
      `r:id="rId${index + 1}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`
    );
  });
  return `${declaration}<xdr:wsDr xmlns:xdr="${spreadsheet}" xmlns:a="${main}">${anchors.join('')}</xdr:wsDr>`;
}

function pointXml(name, column, row) {
  return (
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff>` +
    `<xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`
  );
}

function relationsXml(relations) {
  const entries = relations.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/${kind}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${packaged}">${entries.join('')}</Relationships>`;
}

function typesXml(charts) {
  const each = Array.from({ length: charts }, (_, index) =>
    typeXml(`xl/charts/chart${index + 1}.xml`, 'drawingml.chart'),
  );
  return typeXml('xl/drawings/drawing1.xml', 'drawing') + each.join('');
}

function typeXml(name, kind) {
  return `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.${kind}+xml"/>`;
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
