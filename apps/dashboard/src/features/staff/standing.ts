/** How a plan that was taken stands, and what colour helps to see it. */
export const standingTones = {
  trialing: 'plain',
  active: 'good',
  past_due: 'warn',
  grace: 'warn',
  read_only: 'bad',
  suspended: 'bad',
  canceled: 'plain',
} as const;

export type Standing = keyof typeof standingTones;

/** In the order in which they come when nothing is paid. */
export const standings = Object.keys(standingTones) as Standing[];

/** How much of some limit is used. */
export const usages = ['near_limit', 'over_limit'] as const;
