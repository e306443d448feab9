/** Whether a person may come in: `deactivated` can be undone, `removed` by a new invitation alone. */
export const USER_STATUSES = ['active', 'deactivated', 'removed'] as const;

export type UserStatus = (typeof USER_STATUSES)[number];
