import { Injectable } from '@nestjs/common';
import { SignInAgain } from './auth.exceptions.js';
import type { SignedInDto } from './dto/auth.dto.js';
import { Founding } from './founding.service.js';
import type { SignedInPerson } from './person.js';
import { SessionsService } from './sessions.service.js';
import { Throttle } from './throttle.service.js';

/** How somebody who is signed in opens an organization beside their others. */
@Injectable()
export class FurtherOrganizations {
  constructor(
    private readonly sessions: SessionsService,
    private readonly founding: Founding,
    private readonly throttle: Throttle,
  ) {}

  /** Opens it and moves the session there. Throws {@link SignInAgain} for single sign-on, Throttled. */
  async open(person: SignedInPerson, name: string): Promise<SignedInDto> {
    if ((await this.sessions.openedBy(person.sessionId)).method === 'sso') throw new SignInAgain();
    await this.throttle.request('organization');
    return this.founding.foundFurther(person, name);
  }
}
