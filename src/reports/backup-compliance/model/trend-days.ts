/** Length in days of the trend and the outcome strips, the report day included. */
export const trendDays = 14;
