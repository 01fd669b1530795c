/** File of the workbook's template. */
export const workbookTemplateName = 'report.xlsx';
