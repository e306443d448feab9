import type { NotificationPreferencesDto } from './dto/notification-preferences.dto.js';
import {
  DEFAULT_CHOICES,
  NOTIFICATION_REASONS,
  type DigestRhythm,
  type NotificationChoice,
  type NotificationReason,
} from './notification-reasons.js';

/** What of a person's preferences is read. */
export const preferenceSelect = {
  userId: true,
  choices: true,
  digestEvery: true,
  digestHour: true,
  timeZone: true,
  locale: true,
} as const;

interface PreferenceRow {
  choices: unknown;
  digestEvery: string;
  digestHour: number;
  timeZone: string | null;
  locale: string | null;
}

/** How a person wants to be told. */
export interface NotificationPreferences {
  choices: Record<NotificationReason, NotificationChoice>;
  digest: { every: DigestRhythm; hour: number };
  /** Null: the organization's. */
  timeZone: string | null;
  /** Null: the organization's. */
  locale: string | null;
}

/** The preferences that `row` holds; without one, and for reasons that it does not know, what everybody has. */
export function toPreferences(row?: PreferenceRow): NotificationPreferences {
  return {
    choices: { ...DEFAULT_CHOICES, ...(row?.choices as NotificationPreferences['choices']) },
    digest: { every: (row?.digestEvery ?? 'daily') as DigestRhythm, hour: row?.digestHour ?? 8 },
    timeZone: row?.timeZone ?? null,
    locale: row?.locale ?? null,
  };
}

export function toPreferencesDto(preferences: NotificationPreferences): NotificationPreferencesDto {
  const { choices, ...rest } = preferences;
  return {
    reasons: NOTIFICATION_REASONS.map((reason) => ({ reason, ...choices[reason] })),
    ...rest,
  };
}
