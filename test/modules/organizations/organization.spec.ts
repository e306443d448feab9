import { useApp } from '../../support/app.js';

const { given } = await useApp();

describe('an organization', () => {
  it('is shown to its people as it was registered', async () => {
    const acme = await given.organization('Acme Support');
    const viewer = await acme.user('viewer');

    const answer = await viewer.get('/organization');

    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ data: { ...acme.organization, hasLogo: false } });
  });
});
