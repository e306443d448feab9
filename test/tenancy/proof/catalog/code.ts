import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Findings } from '../finding.js';
import { OUR_SCHEMAS, rowsOf } from './facts.js';
import {
  EXTENSIONS,
  FUNCTIONS,
  SCHEMAS,
  TRIGGERS,
  type FunctionRule,
  TABLE_OWNER,
} from './registry.js';

interface Routine {
  schema: string;
  signature: string;
  isDefiner: boolean;
  isOfExtension: boolean;
  settings: string[] | null;
  owner: string;
  tableOwner: string;
  body: string;
  callers: string[];
}

/** Functions, triggers, rules and extensions: code that runs beside or above a statement. */
export async function checkCode(client: pg.Client, findings: Findings): Promise<void> {
  const routines = await readRoutines(client);
  for (const routine of routines) checkRoutine(routine, findings);
  for (const signature of Object.keys(FUNCTIONS)) {
    if (
      !routines.some((routine) => routine.schema === 'public' && routine.signature === signature)
    ) {
      findings.hole(signature, 'is in the registry and not in the database');
    }
  }
  await checkTriggers(client, findings);
  await checkExtensions(client, findings);
}

function checkRoutine(routine: Routine, findings: Findings): void {
  const { schema, signature } = routine;
  const label = schema === 'public' ? signature : `${schema}.${signature}`;
  if (routine.isOfExtension || schema in SCHEMAS) {
    if (routine.isDefiner) findings.hole(label, 'runs as its owner and is not in the registry');
    return;
  }
  const rule = schema === 'public' ? FUNCTIONS[signature] : undefined;
  if (!rule) return findings.hole(label, 'is a function that the registry does not list');
  findings.tried('functions');
  if (rule.runsAs === 'caller') {
    if (routine.isDefiner) findings.hole(label, 'runs as its owner, and should run as its caller');
    if (routine.owner !== routine.tableOwner) findings.hole(label, `belongs to ${routine.owner}`);
  } else checkDefiner(label, routine, rule.runsAs, findings);
  checkSearchPath(label, routine, findings);
  checkCallers(label, routine, rule, findings);
}

function checkDefiner(
  label: string,
  routine: Routine,
  rule: Exclude<FunctionRule['runsAs'], 'caller'>,
  findings: Findings,
): void {
  if (!routine.isDefiner) findings.hole(label, 'runs as its caller, and should run as its owner');
  const owner = rule.owner === TABLE_OWNER ? routine.tableOwner : rule.owner;
  if (routine.owner !== owner) findings.hole(label, `runs as ${routine.owner}, not ${owner}`);
  const digest = digestOf(routine.body);
  if (digest !== rule.digest) {
    findings.hole(label, `its body (${digest}) is not the one that was reviewed (${rule.digest})`);
  }
}

/** What stands in a definer function, told in twelve digits. */
function digestOf(body: string): string {
  return createHash('sha256').update(body.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 12);
}

/** Pinned, and temporary tables last: otherwise a caller's own `pg_temp.tickets` would stand in for ours. */
function checkSearchPath(label: string, { settings }: Routine, findings: Findings): void {
  const path = settings
    ?.find((setting) => setting.startsWith('search_path='))
    ?.slice('search_path='.length);
  if (path === undefined) return findings.hole(label, 'its search_path is not pinned');
  const places = path.split(',').map((place) => place.trim().replaceAll('"', ''));
  if (places[0] !== 'pg_catalog' || places.at(-1) !== 'pg_temp') {
    findings.hole(label, `its search_path is ${path}: pg_catalog comes first and pg_temp last`);
  }
}

function checkCallers(
  label: string,
  routine: Routine,
  rule: FunctionRule,
  findings: Findings,
): void {
  const expected = [...rule.callers, routine.owner];
  for (const caller of routine.callers) {
    if (!expected.includes(caller)) findings.hole(label, `may be called by ${caller}`);
  }
  for (const caller of rule.callers) {
    if (!routine.callers.includes(caller)) findings.hole(label, `cannot be called by ${caller}`);
  }
}

async function checkTriggers(client: pg.Client, findings: Findings): Promise<void> {
  const found = await rowsOf<{ trigger: string; enabled: boolean }>(
    client,
    `select c.relname || ': ' || p.proname as trigger, t.tgenabled = 'O' as enabled
     from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
     join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and ${OUR_SCHEMAS} and n.nspname <> all ($1)
     union all
     select c.relname || ': rule ' || w.rulename, true from pg_rewrite w join pg_class c on c.oid = w.ev_class
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and ${OUR_SCHEMAS} and n.nspname <> all ($1)`,
    [Object.keys(SCHEMAS)],
  );
  for (const { trigger, enabled } of found) {
    findings.tried('triggers');
    if (!(trigger in TRIGGERS))
      findings.hole(trigger, 'is a trigger or rule that the registry does not list');
    else if (!enabled) findings.hole(trigger, 'is disabled, or fires for replicas');
  }
  for (const trigger of Object.keys(TRIGGERS)) {
    if (!found.some((row) => row.trigger === trigger)) {
      findings.hole(trigger, 'is in the registry and not in the database');
    }
  }
}

async function checkExtensions(client: pg.Client, findings: Findings): Promise<void> {
  for (const { name } of await rowsOf<{ name: string }>(
    client,
    'select extname as name from pg_extension',
  )) {
    findings.tried('extensions');
    if (!(name in EXTENSIONS))
      findings.hole(name, 'is an extension that the registry does not list');
  }
}

function readRoutines(client: pg.Client): Promise<Routine[]> {
  return rowsOf(
    client,
    `select n.nspname as schema, p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as signature,
       p.prosecdef as "isDefiner", p.proconfig as settings, pg_get_userbyid(p.proowner) as owner, p.prosrc as body,
       exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') as "isOfExtension",
       (select pg_get_userbyid(relowner) from pg_class where oid = 'public.organizations'::regclass) as "tableOwner",
       (select coalesce(array_agg(distinct case grantee when 0 then 'public' else pg_get_userbyid(grantee) end), '{}')::text[]
         from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner)))) as callers
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OUR_SCHEMAS}`,
  );
}
