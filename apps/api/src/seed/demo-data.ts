import type { Role } from '#core/tenancy/permissions.js';
import type { NewTicket } from '#modules/tickets/new-tickets.service.js';

export interface DemoOrganization {
  name: string;
  people: { name: string; email: string; role: Role }[];
  tickets: (NewTicket & { assigned?: boolean; note?: string })[];
}

/** Printed at the start of a development server; such a database holds nothing of worth. */
export const DEMO_PASSWORD = 'manydesk-demo';

export const DEMO_ORGANIZATIONS: DemoOrganization[] = [
  {
    name: 'Acme Support',
    people: [
      { name: 'Olga Owner', email: 'owner@acme.example', role: 'owner' },
      { name: 'Ada Agent', email: 'agent@acme.example', role: 'agent' },
      { name: 'Vic Viewer', email: 'viewer@acme.example', role: 'viewer' },
    ],
    tickets: [
      {
        subject: 'The invoice for October shows the wrong address',
        body: 'Hello,\n\nwe moved in September, but the October invoice still has our old address on it. Our bookkeeping cannot accept it that way. Could you send a corrected one?\n\nThank you',
        requester: { email: 'accounts@harbour-bakery.example', name: 'Harbour Bakery' },
        tags: ['billing'],
        assigned: true,
      },
      {
        subject: 'Cannot sign in since this morning',
        body: 'Since this morning I get "session expired" right after I sign in, in two different browsers. A colleague has no problem. I have a deadline at noon.',
        requester: { email: 'mira@northwind-travel.example', name: 'Mira (Northwind Travel)' },
        priority: 'urgent',
        tags: ['sign-in', 'vip'],
        assigned: true,
        note: 'Her clock is eleven minutes off, the session cookie looks expired on arrival. Asking her to check.',
      },
      {
        subject: 'How do we export last year as CSV?',
        body: 'We would like to have all orders of last year in a spreadsheet. I found the export page but it stops at 1,000 rows. Is there another way?',
        requester: { email: 'ops@green-grocer.example', name: 'Green Grocer Ops' },
        tags: ['export', 'question'],
      },
      {
        subject: 'Parcel arrived damaged: order 20481',
        body: 'The box was open on one side and two of the six glasses are broken. I have photographs. What do you need from me for a replacement?',
        requester: { email: 'jo@example.org', name: 'Jo' },
        priority: 'high',
        tags: ['shipping'],
      },
      {
        subject: 'Please delete my account',
        body: 'I no longer use the service. Please delete my account and all data that belongs to it, and confirm when it is done.',
        requester: { email: 'former.customer@example.net', name: 'Former Customer' },
        priority: 'high',
        tags: ['privacy'],
      },
      {
        subject: 'Webhook signature does not verify',
        body: 'We compute the HMAC over the parsed JSON and it never matches the header. Do we need the raw body? Which bytes exactly are signed?',
        requester: { email: 'dev@fjord-logistics.example', name: 'Fjord Logistics Dev' },
        tags: ['api', 'question'],
        assigned: true,
      },
      {
        subject: 'Feature wish: dark mode for the mobile app',
        body: 'I read your newsletter in bed and it is very bright. Dark mode please!',
        requester: { email: 'night.owl@example.com', name: 'Night Owl' },
        priority: 'low',
        tags: ['idea'],
      },
      {
        subject: 'Double charge on our card',
        body: 'We see two charges of EUR 249.00 on 3 November. One of them is a mistake, we have only one subscription.',
        requester: { email: 'finance@blue-print.example', name: 'Blue Print Finance' },
        priority: 'urgent',
        tags: ['billing', 'vip'],
      },
      {
        subject: 'Training for three new colleagues',
        body: 'Three people join our team in December. Do you offer an introduction, and what does it cost?',
        requester: { email: 'hr@harbour-bakery.example', name: 'Harbour Bakery HR' },
        tags: ['sales'],
      },
      {
        subject: 'Report shows yesterday twice',
        body: 'In the weekly report, Thursday is listed twice and Friday is missing. The totals seem right.',
        requester: { email: 'mira@northwind-travel.example', name: 'Mira (Northwind Travel)' },
        tags: ['bug'],
      },
    ],
  },
  {
    name: 'Globex Helpdesk',
    people: [
      { name: 'Gina Owner', email: 'owner@globex.example', role: 'owner' },
      { name: 'Gus Agent', email: 'agent@globex.example', role: 'agent' },
    ],
    tickets: [
      {
        subject: 'Turbine telemetry stopped at 03:12',
        body: 'Unit 7 has not reported since 03:12 UTC. The controller itself answers pings.',
        requester: { email: 'control@windpark.example', name: 'Wind Park Control' },
        priority: 'urgent',
        tags: ['telemetry'],
        assigned: true,
      },
      {
        subject: 'Spare part 88-A: delivery date?',
        body: 'We ordered on 2 November and have no date yet.',
        requester: { email: 'purchasing@windpark.example', name: 'Wind Park Purchasing' },
        tags: ['parts'],
      },
    ],
  },
];
