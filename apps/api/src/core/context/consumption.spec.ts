import { afterEach, describe, expect, it } from '@jest/globals';
import {
  countCall,
  countConsumption,
  countJob,
  countStatement,
  takeConsumption,
} from './consumption.js';

const ACME = 'acme';

afterEach(() => countConsumption(false));

describe('what is spent on organizations', () => {
  it('is not counted until somebody asks for it', () => {
    countCall(ACME, 5);
    countStatement(ACME, 3);
    expect(takeConsumption()).toEqual(new Map());
  });

  it('is added up, and forgotten when it is taken', () => {
    countConsumption(true);
    countCall(ACME, 5);
    countCall(ACME, 7);
    countJob(ACME, 11);
    countStatement(ACME, 3);
    countStatement(ACME, 4);
    const taken = takeConsumption();
    expect(taken.get(ACME)).toMatchObject({
      ...{ calls: 2, callMs: 12, jobs: 1, jobMs: 11, statements: 2, databaseMs: 7 },
    });
    expect(takeConsumption().size).toBe(0);
  });
});
