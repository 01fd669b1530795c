/** How many days the trend and the strips of outcomes go back, the report day included. */
export const trendDays = 14;
