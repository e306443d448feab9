import type { Page } from 'playwright-core';
import { closeBrowser, closePages, openPage, picture } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { newDesk, row, signIn, type Desk } from './support/desk.js';
import { mailIn } from './support/letters.js';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);

describe('mail with looks of its own', () => {
  let desk: Desk;
  let page: Page;
  beforeAll(async () => {
    desk = await newDesk();
  });
  beforeEach(async () => {
    page = await openPage();
    await signIn(page, desk);
  });
  afterEach(closePages);
  afterAll(closeBrowser);

  async function open(
    subject: string,
    html: string,
    files: Parameters<typeof mailIn>[1]['files'] = [],
  ) {
    await mailIn(desk, { subject, html, files, cc: 'boss@customer.example' });
    await row(page, subject).click();
    const frame = page.frameLocator('iframe[title="Message of Rita Requester"]');
    return frame.locator('body');
  }

  it('is shown in a frame in which nothing runs', async () => {
    const letter = await open(
      'Hostile looks',
      `<p style="color:#c00">Red words</p><img src="x" onerror="top.hacked=1"><script>top.hacked=1</script>
       <a href="javascript:top.hacked=1">press me</a><form action="https://evil.example"><input></form>
       <svg onload="top.hacked=1"></svg><iframe src="https://evil.example"></iframe>`,
    );
    await letter.getByText('Red words').waitFor();
    expect(
      await letter.getByText('Red words').evaluate((element) => getComputedStyle(element).color),
    ).toBe('rgb(204, 0, 0)');
    expect(await letter.locator('script, form, iframe, svg').count()).toBe(0);
    expect(await letter.getByText('press me').getAttribute('href')).toBeNull();
    const frame = page.locator('iframe');
    expect(await frame.getAttribute('sandbox')).not.toContain('allow-scripts');
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    // Whatever the cleaning might let through: the page of the frame has a policy that runs nothing.
    const answer = await page.request.get('/message.html');
    expect(answer.headers()['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
    expect(answer.headers()['content-security-policy']).not.toContain('https:');
  });

  it('loads pictures of the web only when asked, and those of the mail at once', async () => {
    let asked = 0;
    await page.route('https://tracker.example/**', (route) => {
      asked += 1;
      return route.fulfill({ contentType: 'image/png', body: pixel });
    });
    const letter = await open(
      'Pictures',
      '<table><tr><td>Look: <img alt="spy" src="https://tracker.example/spy.png"><img alt="logo" src="cid:logo"></td></tr></table>',
      [
        { name: 'logo.png', mediaType: 'image/png', content: pixel, contentId: 'logo' },
        { name: 'facts.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF-1.4') },
      ],
    );
    const width = (name: string) =>
      letter.getByAltText(name).evaluate((image) => (image as HTMLImageElement).naturalWidth);
    await letter.locator('img[alt="logo"][src*="inline=1"]').waitFor();
    expect(asked).toBe(0);
    await page.getByRole('button', { name: 'Save facts.pdf' }).waitFor();
    await picture(page, 'mail-pictures-off');
    await page.getByRole('button', { name: 'Show pictures' }).click();
    await letter.locator('img[alt="spy"][src^="https"]').waitFor();
    await eventually('both are there', async () =>
      (await Promise.all([width('spy'), width('logo')])).every((pixels) => pixels === 5),
    );
    expect(asked).toBe(1);
    await picture(page, 'mail-pictures-on');
  });

  it('is as high as its words, folds its history, and leaves the keys to the desk', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `<tr><td>Row ${index}</td></tr>`);
    const letter = await open(
      'A long table',
      `<table border="1">${rows.join('')}</table><div class="gmail_quote">On Monday we wrote:<blockquote type="cite">Our older words</blockquote></div>`,
    );
    await letter.getByText('Row 39').waitFor();
    const height = async () => (await page.locator('iframe').boundingBox())!.height;
    await eventually('the frame is as high', async () => (await height()) > 700);
    const scrolls = await letter.evaluate(
      () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
    );
    expect(scrolls).toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: 'Show the quoted text' }).click();
    await page.getByText('Our older words').waitFor();
    await letter.click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  });
});
