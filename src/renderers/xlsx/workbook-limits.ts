/** Most rows of a sheet in the xlsx format, the header included. */
export const xlsxRowLimit = 1_048_576;

/** Longest sheet name in the xlsx format. */
export const sheetNameLimit = 31;
