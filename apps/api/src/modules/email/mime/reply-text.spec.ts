import { describe, expect, it } from '@jest/globals';
import { visibleReply } from './reply-text.js';

const split = (text: string) => {
  const { visible, quoted } = visibleReply(text);
  expect(visible + quoted).toBe(text);
  return { visible: visible.trim(), quoted };
};

describe('the visible part of a reply', () => {
  it.each([
    ['an attribution', 'On Mon, 2 May 2005, Jo <jo@x.example> wrote:\n> How are you?'],
    [
      'a folded one',
      'On Mon, 2 May 2005 at 10:00,\nJo Doe <jo@x.example>\nwrote:\n\n> How?\n>\n> You',
    ],
    ['one without marks', 'On 2 May 2005, at 10:00, Jo <jo@x.example> wrote:\n\nHow are you?'],
    ['a German one', 'Am 02.05.2005 um 10:00 schrieb Jo Doe:\n> Wie geht es?'],
    ['a French one', 'Le 2 mai 2005 à 10:00, Jo a écrit :\n> Ça va ?'],
    ['a Spanish one', 'El lun, 2 may 2005, Jo escribió:\n> ¿Qué tal?'],
    ['marks alone', '> How are you?\n>> Fine.\n'],
    ['Outlook', '-----Original Message-----\nFrom: Jo\nSent: today\nHow are you?'],
    ['Outlook in German', '-----Ursprüngliche Nachricht-----\nVon: Jo\nWie geht es?'],
    ['a header', 'From: Jo <jo@x.example>\nSent: Monday\nTo: Ann\nSubject: Re: x\n\nHow?'],
    ['a ruled header', '________________________________\nFrom: Jo\nDate: Monday\nTo: Ann\n\nHow?'],
    ['a bold header', '*From:* Jo\n*Sent:* Monday\n*To:* Ann\n\nHow?'],
    ['a German header', 'Von: Jo\nGesendet: Montag\nAn: Ann\nBetreff: x\n\nWie?'],
    ['a marker', '## Please type your reply above this line ##\n\nHow are you?'],
    ['a marker inside of a quote', '> -- reply above this line --\n> How are you?'],
  ])('ends above %s', (_, history) => {
    expect(split(`Thanks!\nIt works.\n\n${history}`)).toEqual({
      visible: 'Thanks!\nIt works.',
      quoted: history,
    });
  });

  it.each([
    ['answers between quoted lines', 'Hi\n> one?\nyes\n> two?\nno'],
    ['an answer below the quote', 'On Monday, Jo <jo@x.example> wrote:\n> one?\n\nyes'],
    ['nothing but a quote', '> one\n> two'],
    ['nothing but a header', 'From: Jo\nSent: Monday\nTo: Ann\n\nHow are you?'],
    [
      'a forwarded mail',
      'See below\n---------- Forwarded message ----------\nFrom: Jo\nDate: x\nTo: y\n\nHi',
    ],
    ['a sentence like an attribution', 'On Monday he wrote:\nI shall come.'],
    ['a sentence with From', 'From: the heart\nI thank you'],
    ['a signature', 'Hello\n-- \nJo'],
    ['an arrow in the text', 'a\n> b\nc'],
    ['nothing', ''],
    ['line ends', '\n\n'],
  ])('is all of %s', (_, text) => {
    expect(split(text).quoted).toBe('');
  });

  it('keeps answers between quoted lines above the oldest history', () => {
    const text = '> one?\nyes\n\nOn Monday, Jo wrote:\n> older';
    expect(split(text)).toEqual({
      visible: '> one?\nyes',
      quoted: 'On Monday, Jo wrote:\n> older',
    });
  });
});
