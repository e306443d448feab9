import { AccessTokens } from './access-tokens.service.js';
import { AccountLinks } from './account-links.service.js';
import { AuthService } from './auth.service.js';
import { EmailChanges } from './email-changes.service.js';
import { EndedSessions } from './ended-sessions.service.js';
import { FactorSignIn } from './factor-sign-in.service.js';
import { Founding } from './founding.service.js';
import { FurtherOrganizations } from './further-organizations.service.js';
import { KnownDevices } from './known-devices.service.js';
import { Me } from './me.service.js';
import { PasswordChanges } from './password-changes.service.js';
import { PasswordHashes } from './password-hashes.service.js';
import { PasswordProofs } from './password-proofs.service.js';
import { PasswordResets } from './password-resets.service.js';
import { PasswordSignIn } from './password-sign-in.service.js';
import { Passwords } from './passwords.service.js';
import { PersonProofs } from './person-proofs.service.js';
import { PersonSessions } from './person-sessions.service.js';
import { ProviderSessions } from './provider-sessions.service.js';
import { RealmTokens } from './realm-tokens.service.js';
import { Registrations } from './registrations.service.js';
import { SessionCookie } from './session-cookie.service.js';
import { SessionsService } from './sessions.service.js';
import { SignIn } from './sign-in.service.js';
import { SignInPolicies } from './sign-in-policies.service.js';
import { SignInTrail } from './sign-in-trail.service.js';
import { SigningKeyRotation } from './signing-key-rotation.service.js';
import { SigningKeys } from './signing-keys.service.js';
import { Throttle } from './throttle.service.js';

/** What the room of the sign-ins is made of. */
export const AUTH_PROVIDERS = [
  AccessTokens,
  AccountLinks,
  AuthService,
  EmailChanges,
  EndedSessions,
  FactorSignIn,
  Founding,
  FurtherOrganizations,
  KnownDevices,
  Me,
  PasswordChanges,
  PasswordHashes,
  PasswordProofs,
  PasswordResets,
  PasswordSignIn,
  Passwords,
  PersonProofs,
  PersonSessions,
  ProviderSessions,
  RealmTokens,
  Registrations,
  SessionCookie,
  SessionsService,
  SignIn,
  SignInPolicies,
  SignInTrail,
  SigningKeyRotation,
  SigningKeys,
  Throttle,
];

/** What other rooms let people in by. */
export const AUTH_DOORS = [
  SignIn,
  PersonProofs,
  ProviderSessions,
  SessionCookie,
  PasswordHashes,
  RealmTokens,
  Throttle,
];
