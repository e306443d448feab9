import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import type { Secrets } from '#core/config/secrets.js';
import { currentContext, requireOrganizationId, runInContext } from '#core/context/context.js';
import { OrganizationsService } from '#modules/organizations/organizations.service.js';
import { UserRights } from '#modules/users/user-rights.service.js';
import type { UnsubscriptionDto } from './dto/unsubscription.dto.js';
import { Preferences } from './notification-preferences.service.js';
import { NOTIFICATION_REASONS, type NotificationReason } from './notification-reasons.js';
import { UnsubscribeLinkInvalid } from './notifications.exceptions.js';

const ID_BYTES = 16;
const BODY_BYTES = 1 + 2 * ID_BYTES;
const TAG_BYTES = 32;

/**
 * Links that turn mails off: whose, in which organization and for which reasons, signed. They are kept nowhere and never
 * end, because a mail is read years later; all that one can do with them is to be left alone.
 */
@Injectable()
export class UnsubscribeLinks {
  readonly #secrets: Secrets;

  constructor(
    private readonly preferences: Preferences,
    private readonly rights: UserRights,
    private readonly organizations: OrganizationsService,
    { settings }: AppConfig,
  ) {
    this.#secrets = settings.secrets;
  }

  /** The paths for a mail to `userId`: what a mail program posts to (RFC 8058), and the page for the person. */
  to(userId: string, reasons: readonly NotificationReason[]): { post: string; page: string } {
    const body = Buffer.alloc(BODY_BYTES);
    body.writeUInt8(
      reasons.reduce((bits, reason) => bits | (1 << NOTIFICATION_REASONS.indexOf(reason)), 0),
    );
    body.write(requireOrganizationId('a link').replaceAll('-', ''), 1, 'hex');
    body.write(userId.replaceAll('-', ''), 1 + ID_BYTES, 'hex');
    const token = Buffer.concat([this.#tag(body), body]).toString('base64url');
    return { post: `/api/v1/unsubscriptions/${token}`, page: pageOf(token) };
  }

  /** Where a browser that opens the link of a mail program is sent: opening turns nothing off, scanners open everything. */
  page(token: string): string {
    return pageOf(encodeURIComponent(token));
  }

  /** Turns the mails off that `token` names. Quiet when they are. Throws {@link UnsubscribeLinkInvalid}. */
  async use(token: string): Promise<UnsubscriptionDto> {
    const { organizationId, userId, reasons } = this.#read(token);
    const context = { requestId: 'unsubscription', ...currentContext(), organizationId };
    return runInContext(context, async () => {
      // Whoever left gets no mail, and an organization may be gone with all that it knew.
      if (!(await this.rights.of([userId])).has(userId)) throw new UnsubscribeLinkInvalid();
      await this.preferences.endMails(userId, reasons);
      return { organization: (await this.organizations.current()).name, reasons };
    });
  }

  #read(token: string) {
    const bytes = Buffer.from(token, 'base64url');
    const [tag, body] = [bytes.subarray(0, TAG_BYTES), bytes.subarray(TAG_BYTES)];
    const isOurs =
      body.length === BODY_BYTES &&
      bytes.toString('base64url') === token &&
      timingSafeEqual(tag, this.#tag(body));
    if (!isOurs) throw new UnsubscribeLinkInvalid();
    const bits = body.readUInt8();
    return {
      organizationId: idOf(body.subarray(1, 1 + ID_BYTES)),
      userId: idOf(body.subarray(1 + ID_BYTES)),
      reasons: NOTIFICATION_REASONS.filter((_, place) => (bits & (1 << place)) !== 0),
    };
  }

  #tag(body: Buffer): Buffer {
    return this.#secrets.tag('notification-link', body.toString('base64url'));
  }
}

const pageOf = (token: string): string => `/unsubscribe?token=${token}`;

function idOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
