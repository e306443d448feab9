import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { changesOf } from '#core/context/version.js';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { requirePerson } from '#core/tenancy/current-person.js';
import type { TenantTransaction } from '#core/tenancy/tenant-client.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { isTimeZone, nextDigest } from './digest-time.js';
import type { NotificationPreferencesDto } from './dto/notification-preferences.dto.js';
import {
  preferenceSelect,
  toPreferences,
  toPreferencesDto,
  type NotificationPreferences,
} from './notification-preferences.view.js';
import type { NotificationReason } from './notification-reasons.js';
import { holdPreferences } from './notifications.sql.js';

export type { NotificationPreferences };

/** How people want to be told, each for themselves and in each organization. */
@Injectable()
export class Preferences {
  constructor(
    private readonly db: TenantDb,
    private readonly organizations: OrganizationsService,
    private readonly clock: Clock,
    private readonly ledger: Ledger,
  ) {}

  /** The caller's. Throws PersonMissing for a program, which nobody tells anything. */
  async mine(): Promise<NotificationPreferencesDto> {
    return toPreferencesDto(await this.#of(requirePerson()));
  }

  /** Changes the caller's, and when their digest goes that is waiting. Throws PersonMissing, {@link ValidationFailed}. */
  async change(wanted: NotificationPreferencesDto): Promise<NotificationPreferencesDto> {
    const { reasons, digest, timeZone, locale } = wanted;
    if (timeZone !== null && !isTimeZone(timeZone)) throw noTimeZone();
    const chosen = reasons.map(({ reason, inApp, mail }) => [reason, { inApp, mail }]);
    const after = await this.#change(requirePerson(), ({ choices }) => ({
      choices: { ...choices, ...Object.fromEntries(chosen) },
      ...{ digest: { every: digest.every, hour: digest.hour }, timeZone, locale },
    }));
    return toPreferencesDto(after);
  }

  /** Those of each of `ids`: whoever has chosen nothing has what everybody has. */
  async of(ids: readonly string[]): Promise<(id: string) => NotificationPreferences> {
    const rows = await this.db.client.notificationPreference.findMany({
      where: { userId: { in: [...ids] } },
      select: preferenceSelect,
    });
    const byId = new Map(rows.map((row) => [row.userId, toPreferences(row)]));
    return (id) => byId.get(id) ?? toPreferences();
  }

  /** Ends the mails to a person for `reasons`. What the desk shows stays. */
  async endMails(userId: string, reasons: readonly NotificationReason[]): Promise<void> {
    await this.#change(userId, (before) => {
      const quiet = reasons.map((reason) => [reason, { ...before.choices[reason], mail: 'off' }]);
      return { ...before, choices: { ...before.choices, ...Object.fromEntries(quiet) } };
    });
  }

  async #of(userId: string): Promise<NotificationPreferences> {
    return (await this.of([userId]))(userId);
  }

  /** One after the other for each person: what another window of theirs has changed meanwhile stays changed. */
  async #change(
    userId: string,
    changed: (before: NotificationPreferences) => NotificationPreferences,
  ): Promise<NotificationPreferences> {
    const { timeZone: ours } = await this.organizations.current();
    return this.db.transaction(async (tx) => {
      const first = [{ userId, ...this.#columns(toPreferences()) }];
      await tx.notificationPreference.createMany({ data: first, skipDuplicates: true });
      await tx.sql(holdPreferences, [userId]);
      const [row] = await tx.notificationPreference.findMany({
        where: { userId },
        select: preferenceSelect,
      });
      const before = toPreferences(row);
      const after = changed(before);
      const changes = changesOf(fieldsOf(before), fieldsOf(after));
      if (Object.keys(changes).length === 0) return after;
      await tx.notificationPreference.updateMany({ where: { userId }, data: this.#columns(after) });
      if (changes.digest ?? changes.timeZone) await this.#move(tx, userId, after, ours);
      const subject = { type: 'user', id: userId };
      this.ledger.record({ type: 'user.notifications_changed', subject, data: {}, changes });
      return after;
    });
  }

  #columns({ choices, digest, timeZone, locale }: NotificationPreferences) {
    return {
      choices: { ...choices },
      ...{ digestEvery: digest.every, digestHour: digest.hour },
      ...{ timeZone, locale, updatedAt: this.clock.now() },
    };
  }

  async #move(
    tx: TenantTransaction,
    userId: string,
    { digest, timeZone }: NotificationPreferences,
    ours: string,
  ): Promise<void> {
    await tx.notification.updateMany({
      where: { userId, mail: 'digest', mailDueAt: { not: null } },
      data: { mailDueAt: nextDigest(digest, timeZone ?? ours, this.clock.now()) },
    });
  }
}

const fieldsOf = ({ choices, ...rest }: NotificationPreferences): object => ({
  ...choices,
  ...rest,
});

const noTimeZone = (): ValidationFailed =>
  new ValidationFailed([{ field: 'timeZone', problem: 'is no time zone such as Europe/Berlin' }]);
