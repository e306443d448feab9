import 'reflect-metadata';
import { Controller, Get, Injectable, Module, type Provider, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  BadJobPayload,
  HandlesJob,
  parseJobPayload,
  type JobContract,
} from '#core/jobs/job-contract.js';
import { JobMap, JobTable } from '#core/jobs/job-map.js';
import { AccessCheck } from '#core/tenancy/access-check.js';
import { Public, RequirePermission } from '#core/tenancy/access.decorators.js';

// What the boot refuses: each is planted in a small application that has just the check.

@Controller('planted')
class Declared {
  @Get()
  @RequirePermission('tickets:read')
  list(): void {}

  @Get('open')
  @Public('planted: anyone may')
  open(): void {}
}

@Controller('planted')
class Undeclared {
  @Get()
  list(): void {}
}

const contract: JobContract = {
  consumer: 'planted.work',
  on: ['a'],
  records: ['b'],
  attempts: 1,
  backoff: 1,
};

@HandlesJob(contract)
@Injectable()
class Handler {
  async handle(): Promise<void> {}
}

@HandlesJob(contract)
@Injectable()
class SecondHandler {
  async handle(): Promise<void> {}
}

async function boot(parts: { controllers?: Type[]; providers?: Provider[] }): Promise<AccessCheck> {
  @Module({
    imports: [DiscoveryModule],
    controllers: parts.controllers ?? [],
    providers: [AccessCheck, ...(parts.providers ?? [])],
  })
  class Planted {}
  const module = await Test.createTestingModule({ imports: [Planted] }).compile();
  await module.init();
  return module.get(AccessCheck);
}

const jobs = (contracts: JobContract[], eventTypes: string[], handlers: Provider[]) =>
  boot({
    providers: [{ provide: JobTable, useValue: { contracts, eventTypes } }, JobMap, ...handlers],
  });

describe('a route', () => {
  it('boots when it says who may call it', async () => {
    const check = await boot({ controllers: [Declared] });
    expect(check.routes()).toEqual([
      {
        method: 'GET',
        path: '/planted',
        handler: 'Declared.list',
        access: { kind: 'permission', permission: 'tickets:read' },
      },
      {
        method: 'GET',
        path: '/planted/open',
        handler: 'Declared.open',
        access: { kind: 'public', reason: 'planted: anyone may' },
      },
    ]);
  });

  it('stops the boot when it does not', async () => {
    await expect(boot({ controllers: [Undeclared] })).rejects.toThrow(
      'Undeclared.list does not say who may call it',
    );
  });
});

describe('a job', () => {
  it('boots with one contract and one handler', async () => {
    await expect(jobs([contract], ['a', 'b'], [Handler])).resolves.toBeDefined();
  });

  it.each([
    ['no handler', [contract], ['a', 'b'], [], 'planted.work has no handler'],
    [
      'two handlers',
      [contract],
      ['a', 'b'],
      [Handler, SecondHandler],
      'planted.work has two handlers',
    ],
    ['a handler without a contract', [], ['a', 'b'], [Handler], 'has no contract in the job table'],
    [
      'an event that nobody declares',
      [contract],
      ['a'],
      [Handler],
      'the event b, which nobody declares',
    ],
  ])('stops the boot with %s', async (_, contracts, events, handlers, sentence) => {
    await expect(jobs(contracts, events, handlers)).rejects.toThrow(sentence);
  });

  it('stops the boot when jobs would answer each other for ever', async () => {
    const circle: JobContract = { ...contract, records: ['a'] };
    @HandlesJob(circle)
    @Injectable()
    class Circular {
      async handle(): Promise<void> {}
    }
    await expect(jobs([circle], ['a'], [Circular])).rejects.toThrow(
      'jobs answer each other for ever: a -> a',
    );
  });
});

describe('a job’s payload', () => {
  const payload = { organizationId: '01912345-0000-7000-8000-000000000001', seq: 1 };

  it('is ids', () => {
    expect(parseJobPayload(payload)).toEqual(payload);
  });

  it.each([
    ['nothing', undefined],
    ['a missing organization', { seq: 1 }],
    ['a foreign form of id', { ...payload, organizationId: 'acme' }],
    ['no position', { organizationId: payload.organizationId }],
    ['a position before the first', { ...payload, seq: 0 }],
    ['a broken position', { ...payload, seq: 1.5 }],
    ['an unknown field', { ...payload, body: 'x' }],
  ])('is refused with %s', (_, value) => {
    expect(() => parseJobPayload(value)).toThrow(BadJobPayload);
  });
});
