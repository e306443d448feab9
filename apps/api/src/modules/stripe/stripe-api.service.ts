import { Injectable } from '@nestjs/common';
import Stripe from 'stripe';
import { AppConfig } from '#core/config/config.module.js';
import { Clock } from '#core/context/clock.js';
import { requireNoTransaction } from '#core/database/outside-transactions.js';
import {
  EventNotSigned,
  PaymentRefused,
  ProviderRefused,
  ProviderUnreachable,
  StripeIsOff,
} from './stripe.exceptions.js';

/** Milliseconds that one answer is waited for. */
const TIMEOUT = 20_000;
/** Seconds that an event may be under way before its signature is too old. */
const TOLERANCE = 300;

/** Stripe, by its own package. */
@Injectable()
export class StripeApi {
  readonly #client: Stripe | null;

  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {
    const { stripe } = config.settings.billing;
    this.#client = stripe && new Stripe(stripe.secretKey, optionsOf(stripe.apiBase));
  }

  get isOn(): boolean {
    return this.#client !== null;
  }

  /**
   * Asks Stripe. Throws {@link StripeIsOff}, {@link PaymentRefused}, {@link ProviderUnreachable}, {@link ProviderRefused};
   * and at once within a transaction: its locks would be held for as long as Stripe pleases.
   */
  async ask<T>(question: (client: Stripe) => Promise<T>): Promise<T> {
    if (!this.#client) throw new StripeIsOff();
    requireNoTransaction('Stripe is asked');
    try {
      return await question(this.#client);
    } catch (error) {
      throw failureOf(error);
    }
  }

  /**
   * The event that `body` is, exactly as it came. Throws {@link StripeIsOff}, and {@link EventNotSigned} when none of the
   * endpoint's secrets has signed it lately.
   */
  eventOf(body: Uint8Array, signature: string): Stripe.Event {
    const { stripe } = this.config.settings.billing;
    if (!this.#client || !stripe) throw new StripeIsOff();
    const now = this.clock.now().getTime();
    for (const secret of stripe.webhookSecrets)
      try {
        const { webhooks } = this.#client;
        const bytes = Buffer.from(body);
        return webhooks.constructEvent(bytes, signature, secret, TOLERANCE, undefined, now);
      } catch {
        // Perhaps the next one: two are right while a secret is changed.
      }
    throw new EventNotSigned();
  }

  /** Whether this is of the account and of the kind of money that the key is for. */
  isOurs({ livemode, account }: { livemode: boolean; account?: string | null }): boolean {
    const isLive = this.config.settings.billing.stripe?.isLive === true;
    return livemode === isLive && (account ?? '') === '';
  }
}

function optionsOf(apiBase: string | null): ConstructorParameters<typeof Stripe>[1] {
  const common = {
    ...{ timeout: TIMEOUT, maxNetworkRetries: 2, telemetry: false },
    appInfo: { name: 'Manydesk' },
  };
  if (apiBase === null) return common;
  const { hostname, port } = new URL(apiBase);
  return { ...common, host: hostname, port, protocol: 'http' };
}

/** Whether Stripe said what became of it: then its key has been used. */
export function isAnswered(error: unknown): boolean {
  const { statusCode } = ((error as { cause?: unknown }).cause ?? error) as { statusCode?: number };
  return statusCode !== undefined && statusCode !== 409 && statusCode !== 429;
}

function failureOf(error: unknown): Error {
  const { StripeError, StripeCardError, StripeConnectionError, StripeAPIError } = Stripe.errors;
  const { StripeRateLimitError } = Stripe.errors;
  if (!(error instanceof StripeError)) return error as Error;
  const { type, code, param, statusCode, requestId } = error;
  const internal = { type, stripeCode: code, param, statusCode, stripeRequest: requestId };
  const isDown =
    error instanceof StripeConnectionError ||
    error instanceof StripeRateLimitError ||
    error instanceof StripeAPIError ||
    (statusCode ?? 0) >= 500;
  const failure =
    error instanceof StripeCardError
      ? new PaymentRefused()
      : isDown
        ? new ProviderUnreachable(internal)
        : new ProviderRefused(internal);
  // What Stripe wrote stays in the log: its words may hold what a customer entered.
  Object.defineProperty(failure, 'cause', { value: error, enumerable: false });
  return failure;
}
