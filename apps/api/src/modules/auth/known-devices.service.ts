import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import { AppConfig } from '#core/config/config.module.js';
import { normaliseEmail } from '#modules/users/identities.service.js';

/** The cookie of a device that has signed in before. */
export const DEVICE_COOKIE = 'manydesk_device';
const TAG_BYTES = 16;
/** Accounts of one browser that are remembered. */
const MOST_ACCOUNTS = 5;

/**
 * Devices that have signed in to an account before. It proves nothing but that: who comes with such a cookie has a
 * throttle of their own. The cookie is `<device>.<tag>.<tag>…`, a tag for each account, made with our key and kept
 * nowhere; the accounts cannot be read from it.
 */
@Injectable()
export class KnownDevices {
  readonly #secrets;

  constructor(config: AppConfig) {
    this.#secrets = config.settings.secrets;
  }

  /** The device of a request that has signed in to the account of `email` before; null for any other. */
  of(cookies: string | undefined, email: string): string | null {
    const { device, tags } = this.#read(cookies);
    if (device === null) return null;
    const tag = this.#tagOf(device, email);
    return tags.some((known) => same(known, tag)) ? device : null;
  }

  /** The cookie's new value after a sign-in to the account of `email`; null when it says so already. */
  after(cookies: string | undefined, email: string): string | null {
    if (this.of(cookies, email) !== null) return null;
    const known = this.#read(cookies);
    const device = known.device ?? randomBytes(16).toString('base64url');
    const tags = [this.#tagOf(device, email), ...known.tags].slice(0, MOST_ACCOUNTS);
    return [device, ...tags.map((tag) => tag.toString('base64url'))].join('.');
  }

  #read(cookies: string | undefined): { device: string | null; tags: Buffer[] } {
    const [device, ...tags] = (parseCookie(cookies ?? '')[DEVICE_COOKIE] ?? '').split('.');
    if (!device || !/^[\w-]{22}$/.test(device)) return { device: null, tags: [] };
    return {
      device,
      tags: tags.slice(0, MOST_ACCOUNTS).map((tag) => Buffer.from(tag, 'base64url')),
    };
  }

  #tagOf(device: string, email: string): Buffer {
    return this.#secrets
      .tag('known-device', `${device}|${normaliseEmail(email)}`)
      .subarray(0, TAG_BYTES);
  }
}

function same(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
