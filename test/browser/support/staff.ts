import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { createPostgresBackend, Queue, type ConnectionOptions } from 'bullmq';
import { TOTP } from 'otpauth';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';

/** One of those who run the deployment. */
export interface StaffMember {
  id: string;
  name: string;
  email: string;
  password: string;
}

/** Runs a statement as the owner of the database: for what is done outside the desk, or only by time. */
export async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const connectionString = process.env.MANYDESK_BROWSER_DATABASE_URL;
  const owner = new pg.Client({ connectionString });
  await owner.connect();
  try {
    await owner.query(statement, values);
  } finally {
    await owner.end();
  }
}

/** Makes somebody of the staff who has no app yet, as the command line does. */
export async function newStaff(role: string, name: string): Promise<StaffMember> {
  const id = randomUUID();
  const email = `staff-${id.slice(0, 8)}@staff.example`;
  const password = `a long staff password ${id.slice(0, 8)}`;
  await asOwner(
    'insert into staff_members (id, email, name, role, password_hash) values ($1, $2, $3, $4, $5)',
    [id, email, name, role, await hash(password)],
  );
  return { id, name, email, password };
}

/** Types e-mail and password on the page of the staff and sends them. */
export async function fillStaffSignIn(page: Page, who: StaffMember): Promise<void> {
  await page.locator('input[type=email]').fill(who.email);
  await page.locator('input[type=password]').fill(who.password);
  await page.locator('button[type=submit]').click();
}

/** Reads the secret that the page shows once; gives codes of the app, none of them twice. */
export async function setUpApp(page: Page): Promise<() => string> {
  const secret = await page.locator('input[readonly]').inputValue();
  const app = new TOTP({ secret });
  let ahead = 0;
  // A code works once: the next one is taken a step early, which the window allows.
  return () => app.generate({ timestamp: Date.now() + 30_000 * ahead++ });
}

/** Comes in for the first time, with an app that is set up on the way. Gives the codes of the app. */
export async function signInAsStaff(page: Page, who: StaffMember): Promise<() => string> {
  await page.goto('/staff');
  await fillStaffSignIn(page, who);
  await page.locator('svg[role=img]').waitFor();
  const code = await setUpApp(page);
  await page.locator('input[inputmode=numeric]').fill(code());
  await page.locator('button[type=submit]').click();
  await page.locator('#main h1').waitFor();
  return code;
}

/** Lets a job of an organization be given up: about an event that never was. */
export async function giveUpJob(organizationId: string, seq: number): Promise<void> {
  const connection = {
    connectionString: process.env.MANYDESK_BROWSER_DATABASE_URL,
    schema: 'bullmq',
    migrate: false,
    max: 1,
  } as unknown as ConnectionOptions;
  const queue = new Queue('jobs', { connection }, createPostgresBackend as never);
  try {
    const jobId = `teams.leave:${organizationId}:${seq}`;
    const job = await queue.add('teams.leave', { organizationId, seq }, { jobId, attempts: 1 });
    await eventually('the job is given up', () => job.isFailed());
  } finally {
    await queue.close();
  }
}
