import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { SystemDb } from '#core/database/system-db.js';
import { TooManyGuesses } from './factors.exceptions.js';

/** Guesses that one account has in {@link GUESS_WINDOW}. */
const MOST_GUESSES = 5;
/** Milliseconds after which the count begins anew. */
const GUESS_WINDOW = 15 * 60_000;

/** Where somebody guesses: on their way in, or signed in and about to change the account. */
export type GuessPlace = 'sign_in' | 'session';

/**
 * Holds back those who try codes. A guess is paid for before it is looked at, by one statement on one row, so that
 * fifty at once on several processes are still five that are looked at; a right one gives the count back.
 *
 * At a sign-in only who has shown the first factor gets here, guesses in a session are counted apart, and the wait is
 * never more than the window: nobody is locked out by a stranger, nor by whoever got hold of a session. A passkey,
 * which cannot be guessed, is not held back at all.
 */
@Injectable()
export class FactorGuesses {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  /** Pays for one guess. Throws {@link TooManyGuesses} when none is left, which costs nothing more. */
  async spend(identityId: string, place: GuessPlace): Promise<void> {
    const now = this.clock.now();
    const at = now.toISOString();
    const begins = new Date(now.getTime() - GUESS_WINDOW).toISOString();
    const { client } = this.system;
    const count = await client.$executeRaw`
      insert into factor_guesses as g (identity_id, place, guesses, since)
      values (${identityId}::uuid, ${place}, 1, ${at}::timestamptz)
      on conflict (identity_id, place) do update set
        guesses = case when g.since <= ${begins}::timestamptz then 1 else g.guesses + 1 end,
        since = case when g.since <= ${begins}::timestamptz then excluded.since else g.since end
      where g.since <= ${begins}::timestamptz or g.guesses < ${MOST_GUESSES}`;
    if (count > 0) return;
    const row = await client.factorGuess.findFirst({
      where: { identityId, place },
      select: { since: true },
    });
    const until = (row?.since.getTime() ?? now.getTime()) + GUESS_WINDOW;
    throw new TooManyGuesses(Math.max(1, Math.ceil((until - now.getTime()) / 1000)));
  }

  /** Gives the guesses back, for a right one. */
  async forgive(identityId: string, place: GuessPlace): Promise<void> {
    await this.system.client.factorGuess.deleteMany({ where: { identityId, place } });
  }
}
