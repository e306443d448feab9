import { useApp } from '../../support/app.js';

const running = await useApp({ listen: true });
const { given } = running;

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const ACCEPT = { accept: 'application/json, text/event-stream' };

describe('the endpoint for language models', () => {
  it('asks for a credential', async () => {
    const answer = await running.as(null).post('/api/mcp', LIST, { headers: ACCEPT });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('answers each message by itself, as JSON', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['tickets:read']);
    const answer = await key.post('/api/mcp', LIST, { headers: ACCEPT });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatchObject({
      id: 1,
      result: { tools: [{ name: 'search_tickets' }, {}] },
    });
    const told = { jsonrpc: '2.0', method: 'notifications/initialized' };
    expect((await key.post('/api/mcp', told, { headers: ACCEPT })).status).toBe(202);
  });

  it('refuses batches, other sites, and what is no message', async () => {
    const acme = await given.organization();
    const key = await acme.apiKey(['tickets:read']);
    const batch = await key.post('/api/mcp', [LIST, LIST], { headers: ACCEPT });
    expect([batch.status, batch.body.error.code]).toEqual([400, 'mcp.batch_refused']);
    const headers = { ...ACCEPT, origin: 'https://evil.example' };
    const foreign = await key.post('/api/mcp', LIST, { headers });
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'mcp.origin_refused']);
    const own = { ...ACCEPT, origin: 'http://desk.example' };
    expect((await key.post('/api/mcp', LIST, { headers: own })).status).toBe(200);
    expect((await key.post('/api/mcp', { hello: 1 }, { headers: ACCEPT })).status).toBe(400);
  });

  it('keeps no stream and no session', async () => {
    const get = await running.as(null).get('/api/mcp');
    expect([get.status, get.headers.allow]).toEqual([405, 'POST']);
    expect((await running.as(null).delete('/api/mcp')).status).toBe(405);
  });
});
