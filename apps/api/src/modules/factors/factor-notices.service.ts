import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { Notices, type NoticeKind, type NoticeMaker } from '#modules/notices/notices.service.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';

const KINDS = {
  second_factor_added: '/settings/sign-in',
  second_factor_removed: '/settings/sign-in',
  recovery_code_used: '/settings/sign-in',
  second_factor_reset: '/sign-in',
} as const satisfies Partial<Record<NoticeKind, string>>;

/** Tells people by mail what became of their factors: whoever did it may not have been they. */
@Injectable()
export class FactorNotices implements OnModuleInit {
  constructor(
    private readonly notices: Notices,
    private readonly places: PersonPlaces,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const [kind, path] of Object.entries(KINDS))
      this.notices.register(kind as NoticeKind, sayer(path));
  }

  /** Queues the mail in `tx`. `values` are those of its sentences beside the person's name and the time. */
  async post(
    tx: SystemTransaction,
    identityId: string,
    kind: keyof typeof KINDS,
    values: Record<string, string | number> = {},
  ): Promise<void> {
    const { name, email } = await this.places.person(tx, identityId);
    const [first] = await this.places.active(tx, identityId);
    await this.notices.post(tx, {
      kind,
      to: email,
      ...(first ? { locale: first.locale } : {}),
      data: { name, time: this.clock.now().toISOString(), ...values },
    });
  }
}

/** These mails hold no token: what they say was known when they were queued. */
function sayer(path: string): NoticeMaker {
  return ({ data }) => {
    const known = Object.entries(data).filter(([, value]) => value !== null);
    return Promise.resolve({
      values: Object.fromEntries(known) as Record<string, string | number>,
      path,
    });
  };
}
