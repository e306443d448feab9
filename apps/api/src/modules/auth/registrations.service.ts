import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SystemDb } from '#core/database/system-db.js';
import { Notices, type Notice, type QueuedNotice } from '#modules/notices/notices.service.js';
import { Accounts } from '#modules/users/accounts.service.js';
import { normaliseEmail } from '#modules/users/identities.service.js';
import { AccountLinks } from './account-links.service.js';
import type {
  PendingRegistrationDto,
  RegistrationCompletionDto,
  RegistrationDto,
} from './dto/registration.dto.js';
import { Founding } from './founding.service.js';
import { hashPassword } from './password.js';
import { assertGoodPassword } from './password-policy.js';
import type { OpenedSession } from './sign-in.service.js';
import { Throttle } from './throttle.service.js';

const PURPOSE = 'registration';

/**
 * How somebody whom we do not know opens an organization: by a link that is mailed to them, and the password is chosen
 * by who reads that mail. Nobody can so take an address that is not theirs before its owner comes, or learn whether it
 * has an account: each request is one insert, and what the mail says is found when it is sent.
 */
@Injectable()
export class Registrations implements OnModuleInit {
  constructor(
    private readonly system: SystemDb,
    private readonly notices: Notices,
    private readonly links: AccountLinks,
    private readonly accounts: Accounts,
    private readonly founding: Founding,
    private readonly throttle: Throttle,
  ) {}

  onModuleInit(): void {
    this.notices.register('registration', (queued) => this.#notice(queued));
    this.notices.register('registration_known', ({ data }) =>
      Promise.resolve({ values: { name: String(data.name) }, path: '/sign-in' }),
    );
  }

  /** Asks for the mail. Throws Throttled for a client that asks too often. */
  async request({ organizationName, name, email, locale }: RegistrationDto): Promise<void> {
    await this.throttle.request(PURPOSE);
    await this.notices.post(this.system.client, {
      kind: 'registration',
      to: normaliseEmail(email),
      ...(locale === undefined ? {} : { locale }),
      data: { organizationName, name },
    });
  }

  /** What a link says. Throws LinkInvalid. */
  async find(token: string): Promise<PendingRegistrationDto> {
    const { email, data } = await this.links.find(token, PURPOSE);
    return { email, name: String(data.name), organizationName: String(data.organizationName) };
  }

  /**
   * Uses the link up: makes the person and their organization, and signs them in. Throws LinkInvalid, EmailTaken,
   * PasswordBreached, PasswordTooObvious.
   */
  async complete(token: string, completion: RegistrationCompletionDto): Promise<OpenedSession> {
    const pending = await this.find(token);
    const { password, ...corrected } = completion;
    const name = corrected.name ?? pending.name;
    const organizationName = corrected.organizationName ?? pending.organizationName;
    await assertGoodPassword(password, [pending.email, name, organizationName]);
    const passwordHash = await hashPassword(password);
    const founder = { organizationName, name, email: pending.email, passwordHash };
    const how = { method: 'link', secondFactor: false } as const;
    return this.founding.found(founder, how, async (tx) => {
      const { email } = await this.links.use(tx, token, PURPOSE);
      await this.links.end(tx, { email });
    });
  }

  /** Says to a stranger how to go on, and to whoever has an account that they have one, by another mail. */
  async #notice({ id, to, locale, data }: QueuedNotice): Promise<Notice | null> {
    const known = await this.accounts.applicant(to);
    const link = { id, purpose: PURPOSE, email: to } as const;
    const whose = known
      ? { identityId: known.identityId }
      : { data: { name: data.name ?? '', organizationName: data.organizationName ?? '' } };
    // Made for both, because it is what counts the mails; that of a known person can be used for nothing.
    const token = await this.links.make({ ...link, ...whose });
    if (token === null) return null;
    if (!known) return { values: {}, path: `/registration?token=${token}` };
    await this.notices.post(this.system.client, {
      kind: 'registration_known',
      to,
      locale,
      data: { name: known.name },
    });
    return null;
  }
}
