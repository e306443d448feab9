import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { IntlMessageFormat } from 'intl-messageformat';
import { defineConfig, type Plugin } from 'vite';
import { accessAr } from './src/messages/access-ar.js';
import { accessEn } from './src/messages/access-en.js';
import { ar } from './src/messages/ar.js';
import { billingAr } from './src/messages/billing-ar.js';
import { billingEn } from './src/messages/billing-en.js';
import { customersAr } from './src/messages/customers-ar.js';
import { customersEn } from './src/messages/customers-en.js';
import { deskSettingsAr } from './src/messages/desk-settings-ar.js';
import { deskSettingsEn } from './src/messages/desk-settings-en.js';
import { en } from './src/messages/en.js';
import { integrationsAr } from './src/messages/integrations-ar.js';
import { integrationsEn } from './src/messages/integrations-en.js';
import { staffAr } from './src/messages/staff-ar.js';
import { staffEn } from './src/messages/staff-en.js';
import { supportAr } from './src/messages/support-ar.js';
import { supportEn } from './src/messages/support-en.js';
import { ticketAr } from './src/messages/ticket-ar.js';
import { ticketEn } from './src/messages/ticket-en.js';
import { workAr } from './src/messages/work-ar.js';
import { workEn } from './src/messages/work-en.js';

/** The API that `vite dev` talks to; the built dashboard is served by the API itself. */
const api = 'http://127.0.0.1:3000';

/**
 * Parses the messages at build time, so that the browser need not load the parser: a tenth of the
 * first load. A message without any placeholder stays the plain sentence that it is.
 */
function parsedMessages(): Plugin {
  const compiled = (messages: Record<string, string>) =>
    Object.entries(messages).map(([key, message]) => [
      key,
      /[{}<>']/.test(message) ? new IntlMessageFormat(message).getAst() : message,
    ]);
  const catalogues: Record<string, Record<string, string>> = {
    en,
    ar,
    accessEn,
    accessAr,
    billingEn,
    billingAr,
    customersEn,
    customersAr,
    deskSettingsEn,
    deskSettingsAr,
    integrationsEn,
    integrationsAr,
    staffEn,
    staffAr,
    supportEn,
    supportAr,
    ticketEn,
    ticketAr,
    workEn,
    workAr,
  };
  return {
    name: 'parsed-messages',
    load(id) {
      const file = /\/messages\/([a-z-]+)\.ts$/.exec(id)?.[1];
      const name = file?.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()) ?? '';
      const messages = catalogues[name];
      if (!messages) return null;
      return `export const ${name} = ${JSON.stringify(Object.fromEntries(compiled(messages)))};`;
    },
  };
}

/** Leaves a .br and a .gz beside every text file, for a server that sends them as they are. */
function compressed(): Plugin {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: ({ root, build }) => {
      folder = resolve(root, build.outDir);
    },
    writeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name);
        if (!/\.(js|css|html|svg)$/.test(name) || statSync(file).size < 1024) continue;
        const content = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(content, quality));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss(), parsedMessages(), compressed()],
  resolve: {
    alias: [
      // Locks the page's scroll by writing a <style> element, which the content security policy
      // refuses. The page itself never scrolls here, so there is nothing to lock.
      {
        find: 'react-remove-scroll',
        replacement: `${import.meta.dirname}/src/ui/remove-scroll.tsx`,
      },
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/no-parser.js',
      },
    ],
  },
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    // A data: URI would need its own entry in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
  },
  server: { port: 5173, proxy: { '/api': { target: api } } },
});
