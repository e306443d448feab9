import { Controller, Get } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ApiData } from '#core/http/api-responses.js';
import { Deprecated } from '#core/http/deprecation.js';
import { IdParam } from '#core/http/id.pipe.js';
import { DataResponse } from '#core/http/responses.js';
import { RequirePermission } from '#core/tenancy/access.decorators.js';
import { AccessCheck } from '#core/tenancy/access-check.js';
import { useApp } from '../../support/app.js';

class TitledTicketDto {
  @ApiProperty()
  title!: string;
}

/** What a later version of one route would look like. */
@Controller({ path: 'tickets', version: '2' })
class TicketsV2Controller {
  @Get(':id')
  @RequirePermission('tickets:read')
  @ApiData(TitledTicketDto)
  get(@IdParam() id: string) {
    return new DataResponse({ title: `Ticket ${id}`, unnamed: 'stays inside' });
  }
}

const SINCE = new Date('2026-01-01T00:00:00Z');
const SUNSET = new Date('2027-01-01T00:00:00Z');
const LINK = 'https://desk.example/docs/titles';

/** A route whose days are counted. */
@Controller('api/v1/titles')
class TitlesController {
  @Get(':id')
  @Deprecated({ since: SINCE, sunset: SUNSET, link: LINK })
  @RequirePermission('tickets:read')
  @ApiData(TitledTicketDto)
  get(@IdParam() id: string) {
    return new DataResponse({ title: `Title ${id}` });
  }
}

const running = await useApp({ controllers: [TicketsV2Controller, TitlesController] });
const { given, as, document } = running;
const acme = await given.organization();

describe('a second version of a route', () => {
  it('lives beside the first, behind the same guard', async () => {
    const ticket = await acme.ticket();
    const first = await acme.owner.get(`/api/v1/tickets/${ticket.id}`);
    expect(first.body.data).toMatchObject({ id: ticket.id, subject: ticket.subject });
    const second = await acme.owner.get(`/api/v2/tickets/${ticket.id}`);
    expect(second.body).toEqual({ data: { title: `Ticket ${ticket.id}` } });
    expect((await as(null).get(`/api/v2/tickets/${ticket.id}`)).status).toBe(401);
    const narrow = await acme.apiKey(['mail:read']);
    expect((await narrow.get(`/api/v2/tickets/${ticket.id}`)).status).toBe(403);
  });

  it('brings no other route with it', async () => {
    expect((await acme.owner.get('/api/v2/tickets')).status).toBe(404);
    expect((await acme.owner.get('/api/v2/teams')).status).toBe(404);
  });

  it('stands in the document, and in the list of what each route demands', () => {
    const operation = document.paths['/api/v2/tickets/{id}']!.get as any;
    expect(operation.operationId).toBe('TicketsV2_get_v2');
    expect(operation['x-permission']).toBe('tickets:read');
    expect(document.paths['/api/v1/tickets/{id}']!.get).toBeTruthy();
    const routes = running.get(AccessCheck).routes();
    expect(routes.map(({ path }) => path)).toContain('/api/v2/tickets/:id');
  });
});

describe('a route that is to go', () => {
  const TOLD = {
    deprecation: '@1767225600',
    sunset: 'Fri, 01 Jan 2027 00:00:00 GMT',
    link: `<${LINK}>; rel="deprecation"; type="text/html"`,
  };

  it('says so in every answer, a refusal too, and no other route does', async () => {
    const good = await acme.owner.get('/titles/1');
    expect(good.status).toBe(200);
    expect(good.headers).toMatchObject(TOLD);
    const refused = await as(null).get('/titles/1');
    expect(refused.status).toBe(401);
    expect(refused.headers).toMatchObject(TOLD);
    const other = await acme.owner.get('/tickets');
    for (const name of Object.keys(TOLD)) expect(other.headers).not.toHaveProperty(name);
  });

  it('is marked in the document', () => {
    const operation = document.paths['/api/v1/titles/{id}']!.get as any;
    expect(operation.deprecated).toBe(true);
    expect(operation.description).toContain(LINK);
    expect(Object.keys(operation.responses[200].headers)).toEqual(
      expect.arrayContaining(['Deprecation', 'Sunset', 'RateLimit', 'x-request-id']),
    );
    expect(operation.description).toContain('2027-01-01');
    expect((document.paths['/api/v1/tickets']!.get as any).deprecated).toBeUndefined();
  });
});
