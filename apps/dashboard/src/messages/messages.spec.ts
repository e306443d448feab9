import { IntlMessageFormat } from 'intl-messageformat';
import { accessAr } from './access-ar.js';
import { accessEn } from './access-en.js';
import { ar as coreAr } from './ar.js';
import { billingAr } from './billing-ar.js';
import { billingEn } from './billing-en.js';
import { customersAr } from './customers-ar.js';
import { customersEn } from './customers-en.js';
import { deskSettingsAr } from './desk-settings-ar.js';
import { deskSettingsEn } from './desk-settings-en.js';
import { en as coreEn } from './en.js';
import { integrationsAr } from './integrations-ar.js';
import { integrationsEn } from './integrations-en.js';
import { staffAr } from './staff-ar.js';
import { staffEn } from './staff-en.js';
import { supportAr } from './support-ar.js';
import { supportEn } from './support-en.js';
import { ticketAr } from './ticket-ar.js';
import { ticketEn } from './ticket-en.js';
import { workAr } from './work-ar.js';
import { workEn } from './work-en.js';

const english = [
  coreEn,
  accessEn,
  billingEn,
  customersEn,
  deskSettingsEn,
  integrationsEn,
  staffEn,
  supportEn,
  ticketEn,
  workEn,
];
const arabic = [
  coreAr,
  accessAr,
  billingAr,
  customersAr,
  deskSettingsAr,
  integrationsAr,
  staffAr,
  supportAr,
  ticketAr,
  workAr,
];
const en: Record<string, string> = Object.assign({}, ...english);
const ar: Record<string, string> = Object.assign({}, ...arabic);

type Elements = ReturnType<IntlMessageFormat['getAst']>;

/** The names that a message takes, with the kind of each. */
function placeholders(elements: Elements, found = new Set<string>()): Set<string> {
  for (const element of elements) {
    // Words have no name; neither has the # of a plural.
    if (!('value' in element) || element.type === 0) continue;
    found.add(`${element.value}:${element.type}`);
    if ('options' in element) {
      for (const option of Object.values(element.options)) placeholders(option.value, found);
    }
  }
  return found;
}

const parse = (message: string, language: string) =>
  placeholders(new IntlMessageFormat(message, language).getAst());

describe('the messages', () => {
  const keys = Object.keys(en);

  it('are complete in Arabic, with nothing left over', () => {
    const sorted = (each: object) => Object.keys(each).sort();
    expect(arabic.map(sorted)).toEqual(english.map(sorted));
  });

  it('stand in one catalogue each', () => {
    const all = english.flatMap((each) => Object.keys(each));
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
  });

  it('take the same values in every language', () => {
    for (const key of keys) {
      expect([key, parse(ar[key] ?? '', 'ar')]).toEqual([key, parse(en[key] ?? '', 'en')]);
    }
  });

  it('say something in every language', () => {
    expect(keys.filter((key) => !ar[key]?.trim() || !en[key]?.trim())).toEqual([]);
  });

  it('know every plural form that Arabic has', () => {
    const forms = new Intl.PluralRules('ar').resolvedOptions().pluralCategories;
    for (const key of keys.filter((each) => ar[each]?.includes('plural,'))) {
      expect([key, forms.filter((form) => !ar[key]?.includes(`${form} {`))]).toEqual([key, []]);
    }
  });
});
