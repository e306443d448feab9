import { Injectable } from '@nestjs/common';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { PasskeyQuestions } from './passkey-questions.service.js';
import { RememberedDevices } from './remembered-devices.service.js';
import { TotpFactors } from './totp.service.js';

const MINUTE = 60_000;

/** Deletes what nobody can use any more: anybody may have a passkey asked, so questions would pile up. */
@Injectable()
@Sweeps({ name: 'factors.expire', every: 5 * MINUTE })
export class ExpiredFactors implements Sweep {
  constructor(
    private readonly questions: PasskeyQuestions,
    private readonly devices: RememberedDevices,
    private readonly totp: TotpFactors,
  ) {}

  async sweep(): Promise<boolean> {
    await this.questions.deleteExpired();
    await this.devices.deleteExpired();
    await this.totp.deleteExpired();
    return false;
  }
}
