import { describe, expect, it } from '@jest/globals';
import { mailFingerprint } from './fingerprint.js';

const head = [
  'Received: from b by c; Mon, 2 May 2005 16:07:05 +0000',
  'Received: from a by b; Mon, 2 May 2005 16:07:04 +0000',
  'Message-ID: <1@x.example>',
  'From: Jo <jo@x.example>',
  'Date: Mon, 2 May 2005 16:07:05 +0000',
  'Subject: Hello',
  'Content-Type: text/plain',
];
const of = (lines: string[], body = 'one\r\ntwo\r\n', end = '\r\n') =>
  mailFingerprint(Buffer.from(lines.join(end) + end + end + body));
const original = of(head);
const without = (...names: string[]) =>
  head.filter((line) => !names.some((name) => line.startsWith(`${name}:`)));

describe('the fingerprint', () => {
  it.each([
    ['line ends', of(head, 'one\ntwo\n', '\n')],
    ['line ends at the end', of(head, 'one\r\ntwo')],
    ['another route', of(['Received: from c by d; later', 'Delivered-To: z@x.example', ...head])],
    ['another return path', of(['Return-Path: <bounce@x.example>', ...head])],
    ['an mbox line', of(['From jo@x.example Mon May  2 16:07:05 2005', ...head])],
    ['folding', of(head.map((line) => line.replace('Mon, 2', 'Mon,\r\n\t2')))],
    ['the order of the header', of(head.toReversed())],
    ['the spelling of the id field', of(head.map((line) => line.replace('-ID: <1', '-Id: < 1')))],
  ])('does not heed %s', (_, same) => {
    expect(same).toBe(original);
  });

  it.each([
    ['Message-ID', of(head.map((line) => line.replace('<1@', '<2@')))],
    ['sender', of(head.map((line) => line.replace('jo@', 'joe@')))],
    ['date', of(head.map((line) => line.replace('Date: Mon, 2', 'Date: Tue, 3')))],
    ['subject', of(head.map((line) => line.replace('Hello', 'hello')))],
    ['body', of(head, 'one\r\ntoo\r\n')],
    ['inner white space', of(head, 'one\r\n\r\ntwo\r\n')],
    ['way to read the body', of(head.map((line) => line.replace('text/plain', 'text/html')))],
    ['field that holds the text', of(head.map((line) => line.replace('Subject', 'Date')))],
  ])('tells apart another %s', (_, other) => {
    expect(other).not.toBe(original);
  });

  it('knows a mail without Message-ID again', () => {
    const lines = without('Message-ID');
    expect(of(['Received: from c by d; later', ...lines])).toBe(of(lines));
    expect(of(lines)).not.toBe(original);
  });

  it('goes by the first hop when there is no date either', () => {
    const lines = without('Message-ID', 'Date');
    const nextDay = lines.map((line) => line.replace('from a by b; Mon, 2', 'from a by b; Tue, 3'));
    expect(of(['Received: from c by d; later', ...lines])).toBe(of(lines));
    expect(of(nextDay)).not.toBe(of(lines));
  });

  it('reads bodies of several megabytes in pieces', () => {
    const long = 'line\r\n'.repeat(500_000);
    expect(of(head, long)).toBe(of(head, long.replaceAll('\r', ''), '\n'));
    expect(of(head, long)).not.toBe(of(head, `${long}x`));
  });
});
