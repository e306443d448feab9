import type { FastifyInstance } from 'fastify';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};
/** An answer of the API is data: whatever a browser takes it for, it may do nothing. */
const FOR_DATA = { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" };
/** Nothing from elsewhere and no inline script. */
const PAGE_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join('; ');
const FOR_PAGES = { 'content-security-policy': PAGE_POLICY };
/**
 * The empty page that a customer's HTML is put into (apps/dashboard/public/message.html): no script ever runs there, it
 * brings its own styles, and pictures of the web load only under the address that asks for them. Only the dashboard
 * may frame it. A policy of its own, so that the dashboard's need not allow inline styles and strangers' pictures.
 */
const forMessages = (images: string) => ({
  'x-frame-options': 'SAMEORIGIN',
  'content-security-policy':
    `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:${images}; base-uri 'none'; ` +
    "form-action 'none'; frame-ancestors 'self'; " +
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
});
const MESSAGE_PAGE = '/message.html';
/** The API's page brings inline styles of its own. */
const FOR_API_PAGE = {
  'content-security-policy': PAGE_POLICY.replace(
    "style-src 'self'",
    "style-src 'self' 'unsafe-inline'",
  ),
};
/** A year, once a deployment is reached by https (RFC 6797). */
const ONLY_HTTPS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** Sets the security headers of every answer. They are constant, so they are made once and not for each request. */
export function addSecurityHeaders(fastify: FastifyInstance, publicUrl: string): void {
  const always = { ...EVERYWHERE, ...(publicUrl.startsWith('https:') ? ONLY_HTTPS : {}) };
  const data = { ...always, ...FOR_DATA };
  const pages = { ...always, ...FOR_PAGES };
  const apiPage = { ...always, ...FOR_API_PAGE };
  const message = { ...always, ...forMessages('') };
  const messageWithImages = { ...always, ...forMessages(' https: http:') };
  fastify.addHook('onRequest', (request, reply, done) => {
    const { url } = request;
    if (url.startsWith('/api/docs')) reply.headers(apiPage);
    else if (url.startsWith(MESSAGE_PAGE))
      reply.headers(url === `${MESSAGE_PAGE}?images` ? messageWithImages : message);
    else reply.headers(url.startsWith('/api/') ? data : pages);
    done();
  });
}
