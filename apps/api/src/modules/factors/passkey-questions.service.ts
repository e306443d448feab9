import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#core/context/clock.js';
import { isId, newId } from '#core/context/ids.js';
import { SystemDb } from '#core/database/system-db.js';

/** Milliseconds in which a question is to be answered. */
export const QUESTION_LIFE = 5 * 60_000;
const ID_BYTES = 16;
const RANDOM_BYTES = 32;

/** What an answer is for. One given for another purpose is none. */
export type QuestionPurpose = 'registration' | 'sign_in' | 'second_factor';

/**
 * The challenges that passkeys sign (WebAuthn, 13.4.3): random, kept here, good once and for minutes. Each begins with
 * the id of its row, by which it is found.
 */
@Injectable()
export class PasskeyQuestions {
  constructor(
    private readonly system: SystemDb,
    private readonly clock: Clock,
  ) {}

  /** A new question, to one person or to whoever answers. Gives the challenge. */
  async ask(purpose: QuestionPurpose, identityId: string | null): Promise<Uint8Array<ArrayBuffer>> {
    const id = newId();
    const idBytes = Buffer.from(id.replaceAll('-', ''), 'hex');
    const challenge = new Uint8Array(Buffer.concat([idBytes, randomBytes(RANDOM_BYTES)]));
    await this.system.client.passkeyChallenge.create({
      data: {
        id,
        challenge: Buffer.from(challenge).toString('base64url'),
        purpose,
        identityId,
        expiresAt: new Date(this.clock.now().getTime() + QUESTION_LIFE),
      },
      select: { id: true },
    });
    return challenge;
  }

  /** Uses a question up. Gives whether it was asked, for this purpose and of this person, and not too long ago. */
  async take(
    challenge: string,
    purpose: QuestionPurpose,
    identityId: string | null,
  ): Promise<boolean> {
    const bytes = Buffer.from(challenge, 'base64url');
    // What decodes to the same bytes may hold characters that the database cannot compare.
    if (bytes.length !== ID_BYTES + RANDOM_BYTES || bytes.toString('base64url') !== challenge)
      return false;
    const id = hexId(bytes.subarray(0, ID_BYTES));
    if (!isId(id)) return false;
    const { count } = await this.system.client.passkeyChallenge.deleteMany({
      where: { id, challenge, purpose, identityId, expiresAt: { gt: this.clock.now() } },
    });
    return count > 0;
  }

  /** Deletes questions that nobody answered in time. Gives how many. */
  async deleteExpired(): Promise<number> {
    const { count } = await this.system.client.passkeyChallenge.deleteMany({
      where: { expiresAt: { lte: this.clock.now() } },
    });
    return count;
  }
}

function hexId(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
