import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { currentContext } from '#core/context/context.js';
import type { SystemTransaction } from '#core/database/prisma-client.js';
import { SystemDb } from '#core/database/system-db.js';
import { Notices, type Notice, type QueuedNotice } from '#modules/notices/notices.service.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { normaliseEmail } from '#modules/users/identities.service.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import { AccountLinks } from './account-links.service.js';
import { EmailTaken, LinkInvalid } from './auth.exceptions.js';
import type { EmailChangeDto } from './dto/account.dto.js';
import { Throttle } from './throttle.service.js';
import { PasswordProofs, type Browser } from './password-proofs.service.js';
import type { SignedInPerson } from './person.js';

const PURPOSE = 'email_change';
/** Prisma's name for a unique index that was there first. */
const NOT_UNIQUE = 'P2002';

/** How a person's address becomes another: proved by the password and by the new address, and told to both. */
@Injectable()
export class EmailChanges implements OnModuleInit {
  constructor(
    private readonly system: SystemDb,
    private readonly notices: Notices,
    private readonly links: AccountLinks,
    private readonly accounts: Accounts,
    private readonly places: PersonPlaces,
    private readonly proofs: PasswordProofs,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.notices.register(PURPOSE, (queued) => this.#confirmation(queued));
    for (const kind of ['email_change_asked', 'email_changed'] as const)
      this.notices.register(kind, ({ data }) =>
        Promise.resolve({ values: data as Notice['values'], path: '/settings/profile' }),
      );
  }

  /**
   * Asks for the change. Says nothing of whether the new address has an account: that one then gets no mail. Throws
   * PasswordWrong, Throttled.
   */
  async request(asking: SignedInPerson, change: EmailChangeDto, browser: Browser): Promise<void> {
    // Any address is mailed to: an account is no way to mail many strangers.
    await this.throttle.request(PURPOSE);
    const { identityId, name, email } = await this.proofs.prove(asking, change.password, browser);
    const newAddress = normaliseEmail(change.email);
    const names = { name, oldAddress: email, newAddress };
    await this.system.transaction(async (tx) => {
      const asked = 'auth.email_change_asked';
      const own = await this.#tell(tx, identityId, asked, [email, newAddress]);
      const locale = change.locale ?? own;
      const data = { ...names, identityId, askedAt: this.clock.now().getTime() };
      await this.notices.post(tx, { kind: PURPOSE, to: newAddress, data, locale });
      await this.notices.post(tx, { kind: 'email_change_asked', to: email, data: names, locale });
    });
  }

  /** Uses the link up: the person signs in with the new address. Throws LinkInvalid, {@link EmailTaken}. */
  async complete(token: string): Promise<void> {
    await this.system
      .transaction(async (tx) => {
        const { identityId, email, data } = await this.links.use(tx, token, PURPOSE);
        if (identityId === null) throw new LinkInvalid();
        const from = String(data.oldAddress);
        const change = { from, to: email, now: this.clock.now() };
        if (!(await this.accounts.changeEmail(tx, identityId, change))) throw new EmailTaken();
        // Links that were mailed to the old address would let its reader choose the password.
        await this.links.end(tx, { identityId });
        const locale = await this.#tell(tx, identityId, 'auth.email_changed', [from, email]);
        const names = { name: data.name ?? '', oldAddress: from, newAddress: email };
        for (const to of [from, email])
          await this.notices.post(tx, { kind: 'email_changed', to, data: names, locale });
      })
      .catch((error: { code?: string }) => {
        throw error.code === NOT_UNIQUE ? new EmailTaken() : error;
      });
  }

  /** Tells the organizations of the person. Gives the language that they speak there. */
  async #tell(
    tx: SystemTransaction,
    identityId: string,
    type: 'auth.email_change_asked' | 'auth.email_changed',
    email: [string, string],
  ): Promise<string> {
    const { address = null, userAgent = null } = currentContext()?.origin ?? {};
    const [place] = await this.places.record(tx, identityId, {
      type,
      data: { address, userAgent },
      changes: { email },
    });
    return place?.locale ?? 'en';
  }

  async #confirmation({ id, to, data }: QueuedNotice): Promise<Notice | null> {
    if (await this.accounts.applicant(to)) return null;
    const { identityId, name, oldAddress, askedAt } = data;
    const asked = new Date(Number(askedAt));
    // Asked by whoever knew the password before: a change of it ends the links that are made, and this one is not yet.
    if (await this.places.hasChangedSince(this.system.client, String(identityId), asked))
      return null;
    const link = { id, purpose: PURPOSE, email: to, identityId: String(identityId) } as const;
    const token = await this.links.make({
      ...link,
      data: { name: name ?? '', oldAddress: oldAddress ?? '' },
    });
    if (token === null) return null;
    const values = { name: String(name), oldAddress: String(oldAddress), newAddress: to };
    return { values, path: `/email-change?token=${token}` };
  }
}
