/** How much a page of a report shows. What is left out is counted in a sentence; report.json has all. */
export interface PageLimits {
  /** Most exceptions shown in full; also of waived ones, incidents, changes and findings each. */
  readonly exceptions: number;
  /** Most rows of the list of all resources for readers without script, and on paper. */
  readonly rows: number;
  /** Most resources in the page's data, which the script lists, searches and filters. */
  readonly listed: number;
}

/**
 * A browser without script still scrolls 2,000 rows. A card has some 70 elements: 200 of them load at once, and what more
 * there is stands in the list. 50,000 resources are some 8 MB of data.
 */
export const defaultPageLimits: PageLimits = { exceptions: 200, rows: 2_000, listed: 50_000 };
