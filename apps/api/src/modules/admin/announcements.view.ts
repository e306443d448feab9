import type { AnnouncementDto } from './dto/announcement.dto.js';

/** What of an announcement everybody is told. */
export const announcementSelect = {
  id: true,
  tone: true,
  title: true,
  text: true,
  titleAr: true,
  textAr: true,
  startsAt: true,
  endsAt: true,
} as const;

export interface AnnouncementRow {
  id: string;
  tone: string;
  title: string;
  text: string;
  titleAr: string | null;
  textAr: string | null;
  startsAt: Date;
  endsAt: Date | null;
}

export function toAnnouncementDto({
  titleAr,
  textAr,
  startsAt,
  endsAt,
  ...row
}: AnnouncementRow): AnnouncementDto {
  return {
    ...row,
    arabic: titleAr === null || textAr === null ? null : { title: titleAr, text: textAr },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
  };
}
