import type { Page } from 'playwright-core';
import { findings, findingsOfColours } from './support/axe.js';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { newColleague, newDesk, newTicket, signIn, told, type Desk } from './support/desk.js';
import { startReceiver, type Receiver } from './support/receiver.js';

describe('webhooks', () => {
  let desk: Desk;
  let receiver: Receiver;
  beforeAll(async () => {
    desk = await newDesk();
    receiver = await startReceiver();
  });
  afterEach(closePages);
  afterAll(async () => {
    await closeBrowser();
    await receiver.close();
  });

  const create = async (body: object = {}) => {
    const { data } = await desk.api<{ data: { id: string } }>('POST', '/webhook-endpoints', {
      url: receiver.url,
      ...body,
    });
    return data.id;
  };
  const deliveries = (page: Page) => page.getByRole('list', { name: 'Deliveries' });
  const fitsNarrow = async (page: Page) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
  };

  it('begin with an endpoint whose secret is shown once, and a test that arrives', async () => {
    const page = await openPage();
    await signIn(page, desk);
    await page.goto('/settings/webhooks');
    await page.getByText('No endpoints yet').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'webhooks-empty');
    await page.getByRole('button', { name: 'Add endpoint' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add endpoint' });
    await dialog.getByRole('textbox', { name: 'Address' }).fill('ftp://nowhere.example');
    await dialog.getByRole('button', { name: 'Add endpoint' }).click();
    await dialog.getByText(/must be an https URL/).waitFor();
    await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
    await dialog.getByLabel('Description').fill('The shop');
    await dialog.getByLabel('Find an event').fill('ticket.created');
    await dialog.getByRole('checkbox', { name: /ticket\.created/ }).check();
    await dialog.getByText('1 chosen').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'webhook-create');
    await dialog.getByRole('button', { name: 'Add endpoint' }).click();
    const shown = page.getByRole('dialog', { name: 'The endpoint is added' });
    const secret = await shown.getByRole('textbox', { name: 'Secret' }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    expect(await findings(page)).toEqual([]);
    await picture(page, 'webhook-secret');
    await shown.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByRole('link', { name: new RegExp(receiver.url) }).click();
    await page.getByRole('heading', { name: receiver.url, level: 1 }).waitFor();
    expect(await page.getByText(secret).count()).toBe(0);

    await page.getByRole('button', { name: 'Send a test' }).click();
    await deliveries(page)
      .getByRole('link', { name: /Delivered.*Test/s })
      .waitFor();
    expect(receiver.received.at(-1)?.headers['webhook-signature']).toMatch(/^v1,/);
    expect(await findings(page)).toEqual([]);
    await picture(page, 'webhook');
  });

  it('show what a receiver was sent and answered, and send it again', async () => {
    receiver.answer(500, '{"error":"the shop is closed"}');
    const id = await create({ types: ['ticket.created'] });
    await newTicket(desk, { subject: 'Tell the shop' });
    const page = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] });
    await signIn(page, desk);
    await page.goto(`/settings/webhooks/${id}`);
    await deliveries(page)
      .getByRole('link', { name: /Waiting.*tr(y|ies)/s })
      .click();
    const tries = page.getByRole('list', { name: 'Tries' });
    await tries.getByText('It answered something else than 2xx.').first().waitFor();
    await tries.getByText('the shop is closed').first().waitFor();
    await page.getByRole('region', { name: 'As JSON' }).getByText('ticket.created').waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, 'webhook-delivery');

    receiver.answer(200, 'thank you');
    const before = receiver.received.at(-1)!;
    await page.getByRole('button', { name: 'Send again' }).click();
    await told(page, 'It is on its way again');
    await tries.getByText('thank you').waitFor();
    const again = receiver.received.at(-1)!;
    expect(again.headers['webhook-id']).toBe(before.headers['webhook-id']);
    expect(again.body).toBe(before.body);

    await page.getByRole('link', { name: 'The endpoint' }).click();
    await page.getByLabel('State').selectOption('delivered');
    await deliveries(page)
      .getByRole('link', { name: /Delivered/ })
      .first()
      .waitFor();
    await page.getByLabel('Event', { exact: true }).fill('customer.*');
    await page.getByText('No delivery fits the filters').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it('are changed, signed by two secrets, sent again since a place, and deleted', async () => {
    receiver.answer(200, '{}');
    const id = await create({ description: 'Before' });
    const page = await openPage();
    await signIn(page, desk);
    await page.goto(`/settings/webhooks/${id}`);
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'New secret' }).click();
    const shown = page.getByRole('dialog', { name: 'The new secret' });
    expect(await shown.getByRole('textbox', { name: 'Secret' }).inputValue()).toMatch(/^whsec_/);
    await shown.getByRole('button', { name: 'I have kept it' }).click();
    const secrets = page.getByRole('list', { name: 'Secrets' });
    await secrets.getByRole('button', { name: /^End the secret/ }).waitFor();
    expect(await secrets.getByRole('listitem').count()).toBe(2);

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const edit = page.getByRole('dialog', { name: 'Edit endpoint' });
    await edit.getByLabel('Description').fill('After');
    await edit.getByLabel('Order').selectOption('subject');
    await edit.getByRole('button', { name: 'Save' }).click();
    await page.getByText('After', { exact: true }).waitFor();

    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Send again since' }).click();
    const replay = page.getByRole('dialog', { name: 'Send events again' });
    await replay.getByLabel('From event number').fill('1');
    await picture(page, 'webhook-replay');
    await replay.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('list', { name: 'Sent again' }).getByText('Done').waitFor();
    await picture(page, 'webhook-replayed');
    expect(await findings(page)).toEqual([]);

    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Switch off' }).click();
    await page.getByText('Switched off by somebody.').waitFor();
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await told(page, 'The endpoint is gone');
    await page.getByRole('heading', { name: 'Webhooks', level: 1 }).waitFor();
  });

  it('are readable in the dark, on a telephone and in Arabic; an agent learns that they exist', async () => {
    const id = await create();
    const dark = await openPage({ colorScheme: 'dark' });
    await signIn(dark, desk);
    await dark.goto(`/settings/webhooks/${id}`);
    await dark.getByRole('heading', { name: receiver.url, level: 1 }).waitFor();
    await dark.getByText('Made').waitFor();
    expect(await findingsOfColours(dark)).toEqual([]);
    await picture(dark, 'webhook-dark');

    const narrow = await openPage({ viewport: { width: 360, height: 740 } });
    await signIn(narrow, desk);
    await narrow.evaluate(() =>
      localStorage.setItem('manydesk.preferences', JSON.stringify({ language: 'ar' })),
    );
    await narrow.goto('/settings/webhooks');
    await narrow.getByText(receiver.url).first().waitFor();
    await fitsNarrow(narrow);
    await picture(narrow, 'webhooks-narrow');
    await narrow.goto(`/settings/webhooks/${id}`);
    await narrow.getByRole('heading', { name: receiver.url, level: 1 }).waitFor();
    await fitsNarrow(narrow);
    await picture(narrow, 'webhook-narrow');

    const agent = await newColleague(desk, 'agent', 'Ada Agent');
    const theirs = await openPage();
    await signIn(theirs, agent);
    await theirs.goto('/settings/webhooks');
    await theirs.getByText('Not for your role').first().waitFor();
    expect(await theirs.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
  });
});
