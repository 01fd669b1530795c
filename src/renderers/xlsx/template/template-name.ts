/** File of the workbook's template. */
export const workbookTemplateName = 'report.xlsx';

/** Of the workbook of a period. */
export const periodTemplateName = 'period.xlsx';
