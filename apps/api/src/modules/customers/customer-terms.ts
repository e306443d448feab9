/** How much there may be of each. */
export const LONGEST_NAME = 200;
export const LONGEST_NOTES = 20_000;
export const MOST_ADDRESSES = 50;
export const MOST_DOMAINS = 50;
/** Tickets of a customer or a company that are counted. */
export const TICKETS_COUNTED = 1000;
