import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger } from '#core/ledger/ledger.service.js';
import { Notices, type Notice, type QueuedNotice } from '#modules/notices/notices.service.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { normaliseEmail } from '#modules/users/identities.service.js';
import { PersonPlaces } from '#modules/users/person-places.service.js';
import { AccountLinks } from './account-links.service.js';
import { LinkInvalid } from './auth.exceptions.js';
import { Passwords } from './passwords.service.js';
import { Throttle } from './throttle.service.js';

const PURPOSE = 'password_reset';

/** How somebody who has forgotten their password chooses another: by a link that is mailed to them. */
@Injectable()
export class PasswordResets implements OnModuleInit {
  constructor(
    private readonly system: SystemDb,
    private readonly notices: Notices,
    private readonly links: AccountLinks,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
    private readonly places: PersonPlaces,
    private readonly throttle: Throttle,
    private readonly ledger: Ledger,
  ) {}

  onModuleInit(): void {
    this.notices.register('password_reset', (queued) => this.#notice(queued));
  }

  /** Asks for the mail: one insert, whether there is such an account or not. Throws Throttled. */
  async request(email: string, locale?: string): Promise<void> {
    await this.throttle.request(PURPOSE);
    await this.notices.post(this.system.client, {
      kind: 'password_reset',
      to: normaliseEmail(email),
      ...(locale === undefined ? {} : { locale }),
    });
  }

  /** Whose password the link is for. Throws LinkInvalid. */
  async find(token: string): Promise<{ email: string }> {
    const { email } = await this.links.find(token, PURPOSE);
    return { email };
  }

  /**
   * Uses the link up: the password is the new one, and every session ends. It opens none, so that a second factor is
   * still asked for. Gives the address. Throws LinkInvalid, PasswordBreached, PasswordTooObvious.
   */
  async complete(token: string, password: string): Promise<{ email: string }> {
    const link = await this.links.find(token, PURPOSE);
    const person = link.identityId === null ? null : await this.accounts.person(link.identityId);
    // A link to an address that is no longer the person's proves nothing.
    if (person?.email !== link.email) throw new LinkInvalid();
    const how = { type: 'auth.password_reset', sparedSession: null } as const;
    await this.passwords.change(person, password, how, async (tx) => {
      await this.links.use(tx, token, PURPOSE);
    });
    await this.throttle.forgive(person.email);
    return { email: person.email };
  }

  async #notice({ id, to }: QueuedNotice): Promise<Notice | null> {
    const person = await this.accounts.applicant(to);
    if (!person) return null;
    const { identityId, name } = person;
    const token = await this.links.make({ id, purpose: PURPOSE, email: to, identityId });
    if (token === null) return null;
    await this.system.transaction(async (tx) => {
      // By nobody that we know: whoever asked has shown nothing.
      for (const place of await this.places.active(tx, identityId))
        this.ledger.recordIn(place.organizationId, {
          type: 'auth.password_reset_asked',
          subject: { type: 'user', id: place.membershipId },
          data: {},
        });
    });
    return { values: { name }, path: `/password-reset?token=${token}` };
  }
}
