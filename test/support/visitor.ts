import { randomBytes } from 'node:crypto';
import { stringifyCookie, parseSetCookie } from 'cookie';
import type { RunningApp } from './app.js';
import type { Answer } from './as.js';

/** What an application must be told to believe a {@link Visitor}'s address. */
export const BELIEVE_ADDRESSES = { TRUSTED_PROXIES: '127.0.0.1' };

/** A browser at an address of its own, with its cookies. The application must have {@link BELIEVE_ADDRESSES}. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly running: RunningApp,
    readonly address = freshAddress(),
    private readonly userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0',
  ) {}

  /** Sends with the cookies of the visitor, and keeps those that come back. */
  async post(path: string, body?: unknown, token: string | null = null): Promise<Answer> {
    return this.send('POST', path, body, token);
  }

  async send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    token: string | null = null,
  ): Promise<Answer> {
    const headers = {
      'x-forwarded-for': this.address,
      'user-agent': this.userAgent,
      'x-manydesk-csrf': '1',
      cookie: stringifyCookie(Object.fromEntries(this.cookies)),
    };
    const answer = await this.running.as(token).send(method, path, body, { headers });
    for (const line of answer.cookies) {
      const { name, value } = parseSetCookie(line);
      this.cookies.set(name, value ?? '');
    }
    return answer;
  }

  signIn(email: string, password: string, organizationId?: string): Promise<Answer> {
    const where = organizationId === undefined ? {} : { organizationId };
    return this.post('/auth/sessions', { email, password, ...where });
  }
}

/** An address (RFC 3849) that no other visitor has, of this file or of one that shares its database. */
export function freshAddress(): string {
  return `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`;
}
