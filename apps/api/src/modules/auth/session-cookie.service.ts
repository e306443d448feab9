import { Injectable } from '@nestjs/common';
import { stringifySetCookie } from 'cookie';
import { AppConfig } from '#core/config/config.module.js';
import type { SignedInDto } from './dto/auth.dto.js';
import { DEVICE_COOKIE, KnownDevices } from './known-devices.service.js';
import { clearRefreshCookie, setRefreshCookie, type HeaderTaker } from './refresh-cookie.js';
import type { OpenedSession } from './sign-in.service.js';

const YEAR = 365 * 24 * 3600;

/** An answer that knows what was asked: it takes headers. */
export interface CookieTaker extends HeaderTaker {
  request: { headers: { cookie?: string } };
}

/** How a sign-in is answered, whichever room's route it came by. */
@Injectable()
export class SessionCookie {
  readonly #secure: boolean;

  constructor(
    private readonly devices: KnownDevices,
    config: AppConfig,
  ) {
    this.#secure = config.settings.publicUrl.startsWith('https:');
  }

  /** Puts the refresh token into its cookie. Gives the answer's body. */
  answer(reply: CookieTaker, opened: OpenedSession): { readonly data: SignedInDto } {
    this.set(reply, opened);
    return { data: opened.signedIn };
  }

  /** Puts the refresh token into its cookie, for an answer that has no body. */
  set(reply: CookieTaker, { refreshToken, signedIn }: OpenedSession): void {
    setRefreshCookie(reply, refreshToken, this.#secure);
    this.know(reply, signedIn.user.email);
  }

  /** Remembers that this browser is one of the person with this address: it has a throttle of its own from now on. */
  know(reply: CookieTaker, email: string): void {
    const value = this.devices.after(reply.request.headers.cookie, email);
    if (value === null) return;
    const cookie = { name: DEVICE_COOKIE, value, httpOnly: true, secure: this.#secure } as const;
    const where = { sameSite: 'strict', path: '/api/v1', maxAge: YEAR } as const;
    reply.header('set-cookie', stringifySetCookie({ ...cookie, ...where }));
  }

  /** Takes the refresh cookie away. */
  clear(reply: HeaderTaker): void {
    clearRefreshCookie(reply, this.#secure);
  }
}
