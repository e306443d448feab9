import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

/** The name servers gave no answer; whether there are records is not known. */
export class DnsSilent extends Error {
  override readonly name = 'DnsSilent';
}

/** Answers that say that there is nothing, as opposed to no answer. */
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA', 'NOTFOUND', 'NODATA']);
const PATIENCE = 2_000;
const TRIES = 2;

/** TXT records, as the name servers of this machine give them. A provider, so that a test can serve its own. */
@Injectable()
export class DnsTxt {
  readonly #resolver = new Resolver({ timeout: PATIENCE, tries: TRIES });

  /** The texts at `name`, each put together from its pieces; none when there are none. Throws {@link DnsSilent}. */
  async lookup(name: string): Promise<string[]> {
    try {
      const records = await this.#resolver.resolveTxt(name);
      return records.map((pieces) => pieces.join(''));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== undefined && NOTHING_THERE.has(code)) return [];
      throw new DnsSilent(`no answer for ${name}`, { cause: error });
    }
  }
}
