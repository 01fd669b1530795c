/** Most rows of a sheet in the xlsx format, the header included. */
export const xlsxRowLimit = 1_048_576;

/** What the format allows for the name of a sheet. */
export const sheetNameLimit = 31;
