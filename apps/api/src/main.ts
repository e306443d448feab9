import './memory.js';
import 'reflect-metadata';
import { loadSettings } from '#core/config/config.module.js';
import { requireDatabase } from '#core/database/provision.js';
import { createApp } from '#core/http/create-app.js';
import { requireQueue } from '#core/jobs/queue.js';
import { AppModule } from './app.module.js';
import { endGracefully, endWithSentence, prepareDatabase, tell } from './boot.js';

/**
 * The API door. `--migrate` prepares the database first, `--seed` fills an empty one with the demo, `--worker` opens
 * the worker in the same process.
 */
async function open(flags: Set<string>): Promise<void> {
  const settings = loadSettings();
  if (flags.has('--migrate')) {
    tell({ type: 'step', text: 'migrating the database' });
    await prepareDatabase(settings);
  }
  await requireDatabase(settings);
  if (flags.has('--worker')) await requireQueue(settings);
  const { app } = await createApp(AppModule.with({ worker: flags.has('--worker') }));
  endGracefully(app, settings.supervised);
  let demo = null;
  if (flags.has('--seed') && settings.mode === 'development') {
    tell({ type: 'step', text: 'seeding the demo' });
    const { seedDemo } = await import('./seed/demo.js');
    await app.init();
    demo = await seedDemo(app);
  }
  await app.listen(settings.port, settings.host);
  tell({ type: 'ready', url: settings.publicUrl, demo });
}

open(new Set(process.argv.slice(2))).catch(endWithSentence);
