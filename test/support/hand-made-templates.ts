import { type HandMade, type HandMadeSheet, relationsXml } from './hand-made-workbook.js';

/* Templates with parts as other programs write them. */

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A header in row 1, and a row for each resource from row 2. */
export const listed: HandMadeSheet = {
  name: 'Own',
  rows: [['Name', 'State'], ['{{#each resources}}{{name}}', '{{outcome}}'], ['End']],
};

const chart =
  '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:layout/>' +
  '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/>' +
  '<c:tx><c:strRef><c:f>Own!$A$2</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{{#each resources}}{{name}}</c:v></c:pt></c:strCache></c:strRef></c:tx>' +
  '<c:cat><c:strRef><c:f>Own!$A$2:$A$2</c:f></c:strRef></c:cat><c:val><c:numRef><c:f>Own!$B$2</c:f></c:numRef></c:val>' +
  '</c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/>' +
  '<c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:axPos val="l"/>' +
  '<c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>';
/** In the default namespace, as openpyxl writes it. */
const drawing =
  '<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><twoCellAnchor>' +
  '<from><col>0</col><colOff>0</colOff><row>2</row><rowOff>0</rowOff></from>' +
  '<to><col>4</col><colOff>0</colOff><row>9</row><rowOff>0</rowOff></to>' +
  '<graphicFrame><nvGraphicFramePr><cNvPr id="2" name="Chart of {{report.plan}}"/><cNvGraphicFramePr/></nvGraphicFramePr>' +
  '<xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xfrm><a:graphic>' +
  '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart ' +
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>' +
  '</a:graphicData></a:graphic></graphicFrame><clientData/></twoCellAnchor></wsDr>';
/** A chart over the rows of the list, beginning at the row below. */
export const withChart = {
  sheets: [
    {
      ...listed,
      after:
        '<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>',
      relations: [['drawing', '/xl/drawings/own.xml']],
    },
  ],
  parts: {
    'xl/drawings/own.xml': drawing,
    'xl/drawings/_rels/own.xml.rels': relationsXml([['chart', '../charts/chart7.xml']]),
    'xl/charts/chart7.xml': chart,
  },
} as const satisfies HandMade;

const notes =
  `<comments xmlns="${main}"><authors><author>A</author></authors><commentList>` +
  '<comment ref="A1" authorId="0"><text><t>of {{report.plan}}</t></text></comment>' +
  '<comment ref="A3" authorId="0"><text><t>end</t></text></comment></commentList></comments>';
/** A line break that is not closed: Excel writes such. */
const boxes =
  '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:200pt;height:50px;visibility:hidden" ' +
  'fillcolor="#ccffcc"><v:textbox><div><br></div></v:textbox><x:ClientData ObjectType="Note"><x:Row>0</x:Row>' +
  '<x:Column>0</x:Column></x:ClientData></v:shape></xml>';

/** Notes at the header and below the list. */
export const withNotes: HandMade = {
  sheets: [
    {
      ...listed,
      after:
        '<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId2"/>',
      relations: [
        ['comments', '../notes.xml'],
        ['vmlDrawing', '../drawings/boxes.vml'],
      ],
    },
  ],
  parts: { 'xl/notes.xml': notes, 'xl/drawings/boxes.vml': boxes },
};

const table =
  `<table xmlns="${main}" id="9" name="Own" displayName="Own" ref="A1:B2" totalsRowShown="false">` +
  '<tableStyleInfo name="TableStyleMedium2" showRowStripes="true"/><tableColumns count="2">' +
  '<tableColumn id="1" name="x"/><tableColumn id="2" name="y"/></tableColumns><autoFilter ref="A1:B2"/></table>';
/** A table over header and list. */
export const withTable: HandMade = {
  sheets: [
    {
      ...listed,
      rows: [
        ['{{t "workbook.head.resource"}}', 'State'],
        ['{{#each resources}}{{name}}', '{{outcome}}'],
      ],
      after:
        '<tableParts xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" count="1">' +
        '<tablePart r:id="rId1"/></tableParts>',
      relations: [['table', '../tables/mine.xml']],
    },
  ],
  parts: { 'xl/tables/mine.xml': table },
};
