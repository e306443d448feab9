import { invalid, periodEnd, shapeOf, type Thing } from './shapes.js';
import { itemOf, type StripeWorld } from './world.js';

type Route = (world: StripeWorld, params: Thing, id: string, more: string) => Thing;

const ROUTES: [string, RegExp, Route][] = [
  ['POST', /^customers$/, (world, params) => world.createCustomer(params)],
  ['GET', /^customers\/(\w+)$/, (world, _, id) => world.get(id)],
  ['POST', /^customers\/(\w+)$/, updateCustomer],
  ['GET', /^customers\/(\w+)\/tax_ids$/, (world, _, id) => list(taxIds(world, id))],
  ['POST', /^customers\/(\w+)\/tax_ids$/, addTaxId],
  ['DELETE', /^customers\/\w+\/tax_ids\/(\w+)$/, remove],
  ['GET', /^prices$/, findPrices],
  ['POST', /^prices$/, addPrice],
  ['GET', /^subscriptions$/, listSubscriptions],
  ['POST', /^subscriptions$/, (world, params) => world.begin(params)],
  ['POST', /^subscriptions\/(\w+)$/, (world, params, id) => world.change(id, params)],
  ['DELETE', /^subscriptions\/(\w+)$/, (world, _, id) => world.end(id)],
  ['POST', /^subscription_schedules$/, (world, params) => world.plan(params.from_subscription)],
  ['POST', /^subscription_schedules\/(\w+)$/, (world, params, id) => world.setPhases(id, params)],
  ['POST', /^subscription_schedules\/(\w+)\/release$/, (world, _, id) => world.release(id)],
  ['GET', /^invoices$/, listInvoices],
  ['POST', /^invoices\/create_preview$/, previewInvoice],
  ['GET', /^checkout\/sessions$/, listSessions],
  ['POST', /^checkout\/sessions$/, openSession],
  ['POST', /^checkout\/sessions\/(\w+)\/expire$/, closeSession],
  ['POST', /^billing_portal\/sessions$/, openPortal],
];

/** What is answered to a request, with all that it does. Throws Refusal. */
export function answerOf(world: StripeWorld, method: string, path: string, params: Thing): Thing {
  const rest = path.replace(/^\/v1\//, '');
  for (const [verb, pattern, route] of ROUTES) {
    const match = verb === method ? pattern.exec(rest) : null;
    if (match) return route(world, params, match[1] ?? '', match[2] ?? '');
  }
  throw invalid(`the double serves no ${method} ${path}`);
}

/** Somebody fills a checkout in: enters a card, and perhaps a coupon. */
export function completeCheckout(world: StripeWorld, id: string, coupon?: string): void {
  const session = world.get(id);
  const { customer } = session;
  world.setCard(customer, 'good');
  const [item] = session.asked.line_items;
  const subscription = world.begin({
    customer,
    items: [item],
    discounts: coupon === undefined ? [] : [coupon],
    ...session.asked.subscription_data,
  });
  Object.assign(session, { status: 'complete', subscription: subscription.id, url: null });
  world.tell('checkout.session.completed', session);
}

function list(data: Thing[]): Thing {
  return { object: 'list', data, has_more: false, url: '/v1/list' };
}

function updateCustomer(world: StripeWorld, params: Thing, id: string): Thing {
  const customer = Object.assign(world.get(id), params);
  world.tell('customer.updated', customer);
  return customer;
}

function taxIds(world: StripeWorld, customer: string): Thing[] {
  return world.all('tax_id').filter((thing) => thing.customer === customer);
}

function addTaxId(world: StripeWorld, { type, value }: Thing, customer: string): Thing {
  if (value.includes('000000000')) throw invalid('Invalid value for tax id.', 'tax_id_invalid');
  return world.add('tax_id', 'txi', { type, value, customer });
}

function remove(world: StripeWorld, _: Thing, id: string): Thing {
  world.get(id);
  world.things.delete(id);
  return { id, object: 'tax_id', deleted: true };
}

function findPrices(world: StripeWorld, { lookup_keys: keys }: Thing): Thing {
  return list(world.all('price').filter((price) => keys.includes(price.lookup_key)));
}

function addPrice(world: StripeWorld, { product_data: product, ...params }: Thing): Thing {
  const { lookup_key: key } = params;
  if (world.all('price').some((price) => price.lookup_key === key))
    throw invalid('A price already uses that lookup key.');
  const { id } = world.add('product', 'prod', { name: product.name });
  const amount = Number(params.unit_amount);
  const recurring = { interval: params.recurring.interval, interval_count: 1 };
  return world.add('price', 'price', { ...params, product: id, unit_amount: amount, recurring });
}

function listSubscriptions(world: StripeWorld, { customer, expand = [] }: Thing): Thing {
  const data = world.subscriptionsOf(customer).map((subscription) => {
    const { schedule } = subscription;
    if (schedule === null || !expand.includes('data.schedule')) return subscription;
    return { ...subscription, schedule: world.get(schedule) };
  });
  return list(data);
}

function listInvoices(world: StripeWorld, { customer, status }: Thing): Thing {
  const all = world.invoicesOf(customer);
  return list(status === undefined ? all : all.filter((invoice) => invoice.status === status));
}

function previewInvoice(world: StripeWorld, params: Thing): Thing {
  const subscription = world.get(params.subscription);
  const [wanted] = params.subscription_details.items;
  const { amount, price } = world.priceChange(subscription, wanted);
  const line = shapeOf('line_item', {
    ...{ id: 'il_preview', amount, quantity: Number(wanted.quantity), discount_amounts: [] },
    ...{ description: `Remaining time on ${price.nickname}`, taxes: [] },
  });
  const { current_period_end: end } = itemOf(subscription);
  const period = { period_start: world.now, period_end: periodEnd(world.now, 'month', end) };
  return shapeOf('invoice', { id: 'in_preview', total: amount, lines: list([line]), ...period });
}

function listSessions(world: StripeWorld, { customer, status }: Thing): Thing {
  const sessions = world.all('checkout.session').filter((thing) => thing.customer === customer);
  return list(sessions.filter((session) => session.status === status));
}

function openSession(world: StripeWorld, params: Thing): Thing {
  const { customer, mode } = params;
  const says = { customer, mode, status: 'open', asked: params };
  const session = world.add('checkout.session', 'cs_test', says);
  session.url = `https://checkout.stripe.com/c/pay/${session.id}`;
  return session;
}

function closeSession(world: StripeWorld, _: Thing, id: string): Thing {
  return Object.assign(world.get(id), { status: 'expired', url: null });
}

function openPortal(world: StripeWorld, { customer, return_url: back }: Thing): Thing {
  const says = { customer: world.get(customer).id, return_url: back };
  const session = world.add('billing_portal.session', 'bps', says);
  return Object.assign(session, { url: `https://billing.stripe.com/p/session/${session.id}` });
}
