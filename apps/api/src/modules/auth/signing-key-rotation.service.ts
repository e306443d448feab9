import { Injectable } from '@nestjs/common';
import { Sweeps, type Sweep } from '#core/jobs/sweeps.js';
import { SigningKeys } from './signing-keys.service.js';

/** Replaces the signing key when it is old. */
@Injectable()
@Sweeps({ name: 'auth.signing_key_rotation', every: 60 * 60_000 })
export class SigningKeyRotation implements Sweep {
  constructor(private readonly keys: SigningKeys) {}

  async sweep(): Promise<boolean> {
    await this.keys.maintain();
    return false;
  }
}
