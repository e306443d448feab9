import type { NoticeMessages } from './form.js';

export const en: NoticeMessages = {
  common: {
    hello: 'Hello {name},',
    helloNobody: 'Hello,',
    buttonFails: 'If the button does not work, open this address:',
    automatic: 'This mail was sent by a machine; nobody reads answers to it.',
    unsubscribe: 'End such mails',
  },
  entries: {
    mentioned:
      '#{number} {subject}: {actor, select, unknown {somebody} other {{actor}}} mentioned you{count, plural, one {} other { (# times)}}',
    assigned:
      '#{number} {subject}: {actor, select, unknown {assigned to you} other {assigned to you by {actor}}}',
    customer_replied:
      '#{number} {subject}: {count, plural, one {{actor, select, unknown {a customer} other {{actor}}} answered} other {# answers, the latest of {actor, select, unknown {a customer} other {{actor}}}}}',
    ticket_created:
      '#{number} {subject}: a new ticket of {actor, select, unknown {a customer} other {{actor}}}',
    suppressed:
      '{count, plural, one {One more that was} other {# more that were}} not told one by one, because there was so much within an hour',
    more: '{count, plural, one {And one more} other {And # more}}',
  },
  registration: {
    subject: 'Confirm your e-mail address',
    lines: [
      'Somebody, we hope you, wants to open a desk with this e-mail address. Choose a password to go on. The link is good for 24 hours and once.',
      'If it was not you, do nothing: nothing has been opened.',
    ],
    button: 'Choose a password',
  },
  registration_known: {
    subject: 'You have an account already',
    lines: [
      'Somebody, we hope you, wants to open a desk with this e-mail address, which has an account already. Sign in with it, then open a further organization from the menu with your name.',
      'If you have forgotten your password, the sign-in page has a way to choose a new one. If it was not you, do nothing.',
    ],
    button: 'Sign in',
  },
  password_reset: {
    subject: 'Choose a new password',
    lines: [
      'Somebody, we hope you, asked for a new password. The link is good for one hour and once. All your sessions end when you use it.',
      'If it was not you, do nothing: your password stays as it is.',
    ],
    button: 'Choose a new password',
  },
  password_changed: {
    subject: 'Your password was changed',
    lines: [
      'Your password was changed on {time}, from {device}. Your other sessions have ended.',
      'If it was not you, choose a new password at once and tell an administrator of your organization.',
    ],
    button: 'Choose a new password',
  },
  email_change: {
    subject: 'Confirm your new e-mail address',
    lines: [
      'You asked to sign in with {newAddress} instead of {oldAddress}. Confirm that this address is yours. The link is good for 24 hours and once.',
      'If it was not you, do nothing.',
    ],
    button: 'Confirm the address',
  },
  email_change_asked: {
    subject: 'A change of your e-mail address was asked for',
    lines: [
      'Your account is to be used with {newAddress} instead of {oldAddress}. Nothing changes until the new address is confirmed.',
      'If it was not you, change your password at once: whoever asked knew it.',
    ],
    button: 'Look at your account',
  },
  email_changed: {
    subject: 'Your e-mail address was changed',
    lines: [
      'You sign in with {newAddress} from now on. {oldAddress} is no longer good.',
      'If it was not you, tell an administrator of your organization at once.',
    ],
  },
  invitation: {
    subject: 'You are invited to {organization}',
    lines: [
      '{inviter} invites you to the desk of {organization}, as {role}. The invitation is good for {days, plural, one {# day} other {# days}} and once, for this address alone.',
      'If you do not know them, do nothing.',
    ],
    button: 'Accept the invitation',
  },
  second_factor_added: {
    subject: 'A way to sign in was added',
    lines: [
      'On {time} this was added to your account: {factor, select, passkey {a passkey} other {an authenticator app}}.',
      'If it was not you, remove it, change your password and tell an administrator of your organization.',
    ],
    button: 'Look at your account',
  },
  second_factor_removed: {
    subject: 'A way to sign in was removed',
    lines: [
      'On {time} this was removed from your account: {factor, select, passkey {a passkey} other {an authenticator app}}.',
      'If it was not you, change your password and tell an administrator of your organization.',
    ],
    button: 'Look at your account',
  },
  second_factor_reset: {
    subject: 'Your second factors were reset',
    lines: [
      'On {time} an administrator of {organization} removed your second factors. You can set them up anew when you sign in.',
      'If you did not ask for it, tell somebody else of your organization at once.',
    ],
    button: 'Sign in',
  },
  recovery_code_used: {
    subject: 'A recovery code was used',
    lines: [
      'On {time} somebody signed in to your account with a recovery code. {left, plural, =0 {None is left} one {One is left} other {# are left}}.',
      'If it was not you, change your password and make new recovery codes.',
    ],
    button: 'Look at your account',
  },
  mentioned: {
    subject:
      '{actor, select, unknown {Somebody} other {{actor}}} mentioned you on ticket #{number}',
    lines: [
      '{actor, select, unknown {Somebody} other {{actor}}} mentioned you in a note on ticket #{number} of {organization}.',
    ],
    button: 'Read the note',
  },
  assigned: {
    subject: 'Ticket #{number} was assigned to you',
    lines: [
      '{actor, select, unknown {Ticket #{number} of {organization} was assigned to you} other {{actor} assigned ticket #{number} of {organization} to you}}: {subject}',
    ],
    button: 'Open the ticket',
  },
  customer_replied: {
    subject:
      '{count, plural, one {A customer answered} other {# answers of customers}} on ticket #{number}',
    lines: [
      '{count, plural, one {{actor, select, unknown {A customer} other {{actor}}} answered on ticket #{number} of {organization}} other {There are # answers on ticket #{number} of {organization}, the latest of {actor, select, unknown {a customer} other {{actor}}}}}: {subject}',
    ],
    button: 'Read it',
  },
  ticket_created: {
    subject: 'A new ticket of your team: #{number}',
    lines: [
      '{actor, select, unknown {A customer} other {{actor}}} asks for help; ticket #{number} of {organization} is your team’s: {subject}',
    ],
    button: 'Open the ticket',
  },
  notification_digest: {
    subject:
      '{organization}: {count, plural, one {something new for you} other {# things new for you}}',
    lines: ['This happened at {organization} and you have not read it yet.'],
    button: 'See all of it',
  },
  webhook_disabled: {
    subject: 'A webhook of {organization} was switched off',
    lines: [
      'Events of {organization} no longer reach one of its webhook endpoints: it answered that it is gone, or nothing but failures came back for five days. So it was switched off.',
      'Nothing is lost: once the receiver works again, switch the endpoint on, and it goes on where it stood.',
    ],
    button: 'Look at the webhooks',
  },
  billing_invoice: {
    subject: 'Invoice {number} for {organization}',
    lines: [
      'There is a new invoice for {organization}: {number}, {total}, to be paid by {date}. You find it under Billing.',
    ],
  },
  billing_status: {
    subject:
      '{organization}: {status, select, past_due {an invoice is overdue} grace {please pay, or the desk will only be read} read_only {the desk can only be read} suspended {the desk is suspended} canceled {the plan is over} other {the plan is active}}',
    lines: [
      '{status, select, past_due {An invoice of {organization} is overdue. Nothing has changed yet.} grace {An invoice of {organization} has been overdue for a week. In another week the desk can only be read.} read_only {An invoice of {organization} has been overdue for two weeks, so the desk can only be read. Mails are still taken in.} suspended {An invoice of {organization} has been overdue for a month, so the desk is suspended.} canceled {The plan of {organization} is over, so the desk can only be read.} other {The plan of {organization} is active, and everything can be used.}}',
      'Nothing is lost in any case: what you have is all there, and back in use with the payment or a plan.',
    ],
  },
  billing_limit: {
    subject:
      '{organization} uses {percent} % of its plan: {entitlement, select, seats {seats} ticketsAMonth {tickets of this month} storageBytes {storage} other {{entitlement}}}',
    lines: [
      '{organization} uses {percent} % of what its plan has ({entitlement, select, seats {seats} ticketsAMonth {tickets of this month} storageBytes {storage} other {{entitlement}}}). Past it nothing more can be added; what is there stays, and mails are always taken in.',
      'A larger plan is under Billing.',
    ],
  },
  organization_deletion: {
    subject: '{organization} will be deleted',
    lines: [
      'An owner asked to delete {organization}. It and everything in it will be gone for good on {date}. Until then every owner can keep it.',
    ],
    button: 'Look at it',
  },
  organization_kept: {
    subject: '{organization} will not be deleted',
    lines: ['An owner has taken back the deletion of {organization}. Nothing was lost.'],
  },
};
