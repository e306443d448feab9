import { PersonPlaces } from '#modules/users/person-places.service.js';
import { ExpiredFactors } from './expired-factors.service.js';
import { FactorGuesses } from './factor-guesses.service.js';
import { FactorNotices } from './factor-notices.service.js';
import { FactorOverview } from './factor-overview.service.js';
import { FactorProofs } from './factor-proofs.service.js';
import { FactorRecords } from './factor-records.service.js';
import { FactorResets } from './factor-resets.service.js';
import { Factors } from './factors.service.js';
import { PasskeyQuestions } from './passkey-questions.service.js';
import { PasskeySettings } from './passkey-settings.service.js';
import { Passkeys } from './passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { RememberedDevices } from './remembered-devices.service.js';
import { SignInChallenges } from './sign-in-challenges.service.js';
import { TotpCodes } from './totp-codes.service.js';
import { TotpSettings } from './totp-settings.service.js';
import { TotpFactors } from './totp.service.js';

/** What the room of the further proofs is made of. */
export const FACTOR_PROVIDERS = [
  PersonPlaces,
  ExpiredFactors,
  FactorGuesses,
  FactorNotices,
  FactorOverview,
  FactorProofs,
  FactorRecords,
  FactorResets,
  Factors,
  PasskeyQuestions,
  PasskeySettings,
  Passkeys,
  RecoveryCodes,
  RememberedDevices,
  SignInChallenges,
  TotpCodes,
  TotpSettings,
  TotpFactors,
];

/** What other rooms ask further proofs by. */
export const FACTOR_DOORS = [
  Factors,
  SignInChallenges,
  PersonPlaces,
  TotpSettings,
  TotpCodes,
  PasskeySettings,
];
