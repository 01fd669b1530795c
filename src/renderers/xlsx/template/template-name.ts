/** File of the workbook's template. */
export const workbookTemplateName = 'report.xlsx';

/** Of the workbook of a period. */
export const periodTemplateName = 'period.xlsx';

/** Of the workbook of a day of tenancy-changes. */
export const tenancyTemplateName = 'tenancy-changes.xlsx';

/** Of the workbook of a day of database-activity. */
export const activityTemplateName = 'database-activity.xlsx';

/** The same of a period of tenancy-changes. */
export const tenancyPeriodTemplateName = 'tenancy-changes-period.xlsx';

export const activityPeriodTemplateName = 'database-activity-period.xlsx';
