import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

export interface HostAddress {
  address: string;
  family: 4 | 6;
}

/** What names lead to, as this machine sees it. A provider, so that a test can be a resolver that lies. */
@Injectable()
export class HostResolver {
  /** Every address of `hostname`. Rejects when it has none. */
  async lookup(hostname: string): Promise<HostAddress[]> {
    const found = await lookup(hostname, { all: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  }
}
