import { Test } from '@nestjs/testing';
import { DiscoveryModule } from '@nestjs/core';
import type { Type } from '@nestjs/common';
import {
  BadJobPayload,
  HandlesJob,
  jobIdOf,
  parseJobPayload,
  type JobContract,
} from '#core/jobs/job-contract.js';
import { JobMap, JobTable } from '#core/jobs/job-map.js';

const ID = '01900000-0000-7000-8000-000000000000';
const contract = (consumer: string, on: string[], records: string[] = []): JobContract => ({
  consumer,
  on,
  records,
  attempts: 1,
  backoff: 1,
});

describe('a payload', () => {
  it('is ids and nothing else', () => {
    expect(parseJobPayload({ organizationId: ID, seq: 1 })).toEqual({ organizationId: ID, seq: 1 });
    expect(jobIdOf('email.send', { organizationId: ID, seq: 7 })).toBe(`email.send:${ID}:7`);
  });

  it.each([
    null,
    undefined,
    'x',
    [],
    {},
    { organizationId: ID },
    { seq: 1 },
    { organizationId: '', seq: 1 },
    { organizationId: ID.toUpperCase().replace('0190', 'ABCD'), seq: 1 },
    { organizationId: ID, seq: 0 },
    { organizationId: ID, seq: -1 },
    { organizationId: ID, seq: 1.5 },
    { organizationId: ID, seq: '1' },
    { organizationId: ID, seq: 2 ** 53 },
    { organizationId: ID, seq: 1, body: 'x' },
  ])('%j is refused', (value) => {
    expect(() => parseJobPayload(value)).toThrow(BadJobPayload);
  });
});

describe('the map of jobs', () => {
  const SENDS = contract('test.send', ['test.asked'], ['test.sent']);
  const EVENTS = ['test.asked', 'test.sent'];

  @HandlesJob(SENDS)
  class Sends {
    handle = async (): Promise<void> => undefined;
  }
  @HandlesJob(SENDS)
  class SendsToo extends Sends {}

  async function boot(table: { contracts: JobContract[]; eventTypes: string[] }, handlers: Type[]) {
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [...handlers, JobMap, { provide: JobTable, useValue: table }],
    }).compile();
    await module.init();
    return module.get(JobMap);
  }

  it('knows who reacts to what', async () => {
    const map = await boot({ contracts: [SENDS], eventTypes: EVENTS }, [Sends]);

    expect(map.reactingTo('test.asked')).toEqual([SENDS]);
    expect(map.reactingTo('test.sent')).toEqual([]);
    expect(map.handler('test.send')).toBeInstanceOf(Sends);
  });

  it.each([
    ['a contract without a handler', [SENDS], EVENTS, [], /test\.send has no handler/],
    ['two handlers of one', [SENDS], EVENTS, [Sends, SendsToo], /two handlers/],
    ['a handler without a contract', [], EVENTS, [Sends], /no contract/],
    ['an event that nobody declares', [SENDS], ['test.asked'], [Sends], /test\.sent, which nobody/],
  ] as const)('refuses to boot with %s', async (_, contracts, eventTypes, handlers, sentence) => {
    const table = { contracts: [...contracts], eventTypes: [...eventTypes] };

    await expect(boot(table, [...handlers])).rejects.toThrow(sentence);
  });

  /** Boots contracts that differ in nothing but what they react to and what they record. */
  function bootChain(contracts: JobContract[]): Promise<JobMap> {
    const handlers = contracts.map((each) => {
      @HandlesJob(each)
      class Handler extends Sends {}
      return Handler;
    });
    return boot({ contracts, eventTypes: ['x', 'y', 'z', 'end'] }, handlers);
  }

  it.each([
    ['of one', [contract('a', ['x'], ['x'])]],
    ['of two', [contract('a', ['x'], ['y']), contract('b', ['y'], ['x'])]],
    [
      'of three',
      [contract('a', ['x'], ['y']), contract('b', ['y'], ['z']), contract('c', ['z'], ['x'])],
    ],
  ])('refuses a circle %s', async (_, contracts) => {
    await expect(bootChain(contracts)).rejects.toThrow(/for ever: x -> /);
  });

  it('lets a chain and a diamond pass', async () => {
    const diamond = [
      contract('a', ['x'], ['y', 'z']),
      contract('b', ['y'], ['end']),
      contract('c', ['z'], ['end']),
    ];

    await expect(bootChain(diamond)).resolves.toBeInstanceOf(JobMap);
  });
});
