/** Checks passwords. The room of the sign-ins, which knows how they are hashed, provides it. */
export abstract class PasswordCheck {
  /** Whether `password` is the one of `passwordHash`. */
  abstract matches(passwordHash: string, password: string): Promise<boolean>;
}
