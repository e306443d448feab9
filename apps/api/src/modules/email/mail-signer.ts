import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';
import { MailAddressSigner } from './mime/mail-address.js';

/** The signer of this deployment's reply addresses and Message-IDs. */
@Injectable()
export class MailSigner extends MailAddressSigner {
  readonly #domain: string;

  constructor({ settings }: AppConfig) {
    super(settings.secrets.bytes('mail-address'), settings.mailDomain);
    this.#domain = settings.mailDomain;
  }

  /** Whether mail to `email` comes back to this deployment: nobody is to get a copy there. */
  isOwn(email: string): boolean {
    return email.toLowerCase().endsWith(`@${this.#domain}`);
  }
}
