import { describe, expect, it } from '@jest/globals';
import { isTimeZone, nextDigest } from './digest-time.js';

const daily = (hour: number, zone: string, now: string): string =>
  nextDigest({ every: 'daily', hour }, zone, new Date(now)).toISOString();
const hourly = (zone: string, now: string): string =>
  nextDigest({ every: 'hourly', hour: 0 }, zone, new Date(now)).toISOString();

describe('the next digest', () => {
  it.each([
    // Today when the hour is to come, tomorrow when it is now or was.
    [8, 'UTC', '2026-03-01T07:59:59.999Z', '2026-03-01T08:00:00.000Z'],
    [8, 'UTC', '2026-03-01T08:00:00.000Z', '2026-03-02T08:00:00.000Z'],
    [8, 'Asia/Tokyo', '2026-03-01T22:00:00.000Z', '2026-03-01T23:00:00.000Z'],
    [8, 'America/Los_Angeles', '2026-03-01T20:00:00.000Z', '2026-03-02T16:00:00.000Z'],
    [8, 'Asia/Kathmandu', '2026-03-01T00:00:00.000Z', '2026-03-01T02:15:00.000Z'],
    // The night in which Berlin's clocks go forward at two, and the one in which they go back at three.
    [8, 'Europe/Berlin', '2026-03-28T12:00:00.000Z', '2026-03-29T06:00:00.000Z'],
    [8, 'Europe/Berlin', '2026-10-24T12:00:00.000Z', '2026-10-25T07:00:00.000Z'],
    [2, 'Europe/Berlin', '2026-03-28T12:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    [2, 'Europe/Berlin', '2026-10-24T12:00:00.000Z', '2026-10-25T00:00:00.000Z'],
    [0, 'Pacific/Kiritimati', '2026-12-31T09:59:00.000Z', '2026-12-31T10:00:00.000Z'],
  ])('at %i in %s after %s is %s', (hour, zone, now, expected) => {
    expect(daily(hour, zone, now)).toBe(expected);
  });

  it('of every hour is at the next full one of their clocks', () => {
    expect(hourly('UTC', '2026-03-01T07:20:00.000Z')).toBe('2026-03-01T08:00:00.000Z');
    expect(hourly('UTC', '2026-03-01T08:00:00.000Z')).toBe('2026-03-01T09:00:00.000Z');
    expect(hourly('Asia/Kolkata', '2026-03-01T07:20:00.000Z')).toBe('2026-03-01T07:30:00.000Z');
  });
});

it('knows time zones from what only looks like one', () => {
  expect(['UTC', 'Europe/Berlin'].map(isTimeZone)).toEqual([true, true]);
  expect(['', '+02:00', 'Mars/Olympus', 'UTC+2'].map(isTimeZone)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
