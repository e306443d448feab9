import { Injectable } from '@nestjs/common';
import { AppConfig } from '#core/config/config.module.js';

/** Where the directory finds us, for the addresses in our answers. */
@Injectable()
export class ScimBase {
  readonly url: string;

  constructor(config: AppConfig) {
    this.url = `${config.settings.publicUrl}/api/v1/scim/v2`;
  }
}
