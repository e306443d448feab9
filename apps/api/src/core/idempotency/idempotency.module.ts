import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { KeptAnswersExpiry } from './kept-answers-expiry.service.js';
import { KeptAnswers } from './kept-answers.service.js';

/** Writes that may be sent twice. */
@Module({
  providers: [
    KeptAnswers,
    KeptAnswersExpiry,
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
  ],
})
export class IdempotencyModule {}
