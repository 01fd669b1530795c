/** How many days back a report is one that the next is compared with. */
export const rememberedDays = 14;
