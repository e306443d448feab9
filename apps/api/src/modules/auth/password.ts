import { hash, verify } from '@node-rs/argon2';

/** OWASP's second recommended setting for argon2id (the library's default kind): 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** How a hash of today begins (the PHC string format): it records what it was made with. */
const TODAY = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Checked against when there is no account, so that its absence costs the same time. */
let decoy: Promise<string> | undefined;

/** The PHC string of `password`. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), PARAMETERS);
}

/** Whether `password` is the one of `phc`; false, after the same work, when `phc` is null. */
export async function verifyPassword(phc: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password');
  const matches = await verify(phc ?? (await decoy), password.normalize('NFKC'));
  return matches && phc !== null;
}

/** Whether a hash was made with other parameters than those of today, and should be made anew when there is the password. */
export function isOutdated(phc: string): boolean {
  return !phc.startsWith(TODAY);
}
