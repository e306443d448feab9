import { ApiProperty } from '@nestjs/swagger';
import { Email, Language, Name, NewPassword, OptionalName } from './field-rules.js';

export class RegistrationDto {
  @Name('Acme Support')
  organizationName!: string;

  @Name('Olga Owner')
  name!: string;

  @Email()
  email!: string;

  @Language()
  locale?: string;
}

export class RegistrationCompletionDto {
  @NewPassword()
  password!: string;

  @OptionalName('Instead of the name that was given before.')
  name?: string;

  @OptionalName('Instead of the name that was given before.')
  organizationName?: string;
}

export class FurtherOrganizationDto {
  @Name('Globex Helpdesk')
  name!: string;
}

/** What a registration's link says to whoever holds it. */
export class PendingRegistrationDto {
  @ApiProperty()
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  organizationName!: string;
}
