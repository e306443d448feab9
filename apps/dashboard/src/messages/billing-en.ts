/** English for the plan, what is used of it and what it costs: fetched when it is first needed. */
export const billingEn = {
  'billing.intro': 'The plan of this organization, what is used of it, and what was billed for it.',
  'billing.off': 'Nothing is sold here',
  'billing.offBody':
    'Whoever runs this server sells no plans: this organization has everything, without limits.',
  'billing.tabs': 'Parts of billing',
  'billing.tab.plan': 'Plan',
  'billing.tab.usage': 'Usage',
  'billing.tab.invoices': 'Invoices',

  'billing.plans': 'Plans',
  'billing.plansHint': 'No plan has been taken yet. All prices are without tax.',
  'billing.plansNone': 'No plan can be taken at the moment.',
  'billing.has': 'What it has',
  'billing.trialDays':
    '{count, plural, one {Free for one day first} other {Free for # days first}}',
  'billing.choose': 'Choose',
  'billing.chooseOne': 'Choose {plan}',
  'billing.upToSeats': '{count, plural, one {One seat} other {Up to # seats}}',
  'billing.anySeats': 'Any number of seats',
  'billing.upToTickets': '{count, plural, one {One ticket a month} other {# tickets a month}}',
  'billing.anyTickets': 'Any number of tickets',
  'billing.upToStorage': '{room} of storage',
  'billing.anyStorage': 'Any amount of storage',
  'billing.feature.sso': 'Single sign-on',
  'billing.feature.custom_roles': 'Custom roles',
  'billing.feature.sla': 'Service levels',

  'billing.plan': 'Plan',
  'billing.seats': 'Seats',
  'billing.seatsHint':
    '{count, plural, =0 {Nobody is active now.} one {One person is active now.} other {# people are active now.}}',
  'billing.seatsUsed': '{count, plural, one {# seat} other {# seats}}, {used} in use',
  'billing.seatsWrong': 'A whole number, at least 1.',
  'billing.seatsTooMany':
    '{count, plural, one {This plan has one seat at most.} other {This plan has # seats at most.}} Take fewer, or a larger plan.',
  'billing.interval': 'Billed',
  'billing.interval.month': 'monthly',
  'billing.interval.year': 'yearly',
  'billing.price': 'Price',
  'billing.priceMonth': '{price} a month without tax',
  'billing.priceYear': '{price} a year without tax',
  'billing.seatMonth': '{price} a seat and month',
  'billing.seatYear': '{price} a seat and year',
  'billing.period': 'Period',
  'billing.renewsOn': 'Until {date}, then it is renewed',
  'billing.paidUntil': 'Billed until {date}',
  'billing.trialUntil': 'Free until {date}, then it is billed',
  'billing.endsOn': 'Ends on {date}',
  'billing.endedOn': 'Ended on {date}',
  'billing.standing': 'What to do',
  'billing.status.trialing': 'Trial',
  'billing.status.active': 'Active',
  'billing.status.past_due': 'Payment due',
  'billing.status.grace': 'Payment overdue',
  'billing.status.read_only': 'Read-only',
  'billing.status.suspended': 'Suspended',
  'billing.status.canceled': 'Ended',
  'billing.failed': 'The plan was not changed',

  'billing.changeOpen': 'Change plan or seats',
  'billing.comeBack': 'Come back',
  'billing.takeTitle': 'Take a plan',
  'billing.changeTitle': 'Change the plan',
  'billing.take': 'Take this plan',
  'billing.change': 'Change the plan',
  'billing.taken': 'The plan is yours',
  'billing.changed': 'The plan is changed',
  'billing.same': 'This is the plan that you have.',
  'billing.dueNow': 'Billed now',
  'billing.tax': 'Tax',
  'billing.total': 'Total',
  'billing.nothingNow': 'Nothing is billed now.',
  'billing.freeUntil': 'Free until {date}. After that {price}.',
  'billing.startsNow': 'At once, and from the next period on {price}.',
  'billing.startsLater':
    'From {date} on, when what is paid for is over: {price}. Until then all stays as it is.',
  'billing.loss.seats':
    '{count} people are active: {more, plural, one {one} other {#}} more than there would be seats. Nobody is deleted, but who came last can only read until there is a seat.',
  'billing.loss.tickets':
    'This month has {used} tickets already, and this plan has {limit}: new ones could only come by mail.',
  'billing.loss.storage':
    '{used} are stored, more than this plan has. Every file stays, but none can be added until there is room.',
  'billing.loss.feature':
    'Not part of this plan: {feature}. What is set up goes on working and can be removed, not added to.',
  'billing.planned':
    'From {date} on: {plan}, {count, plural, one {# seat} other {# seats}}, billed {interval}.',
  'billing.plannedLeave': 'Keep what I have',
  'billing.plannedLeft': 'The plan stays as it is',

  'billing.cancel': 'Cancel the plan',
  'billing.cancelTitle': 'Cancel the plan?',
  'billing.cancelBody':
    'It goes on until {date}. After that everything can be read and nothing changed. Nothing is deleted, and you can come back at any time.',
  'billing.cancelNow':
    'It ends at once. Everything can be read and nothing changed. Nothing is deleted, and you can come back at any time. What was billed stays due.',
  'billing.canceled': 'The plan is cancelled',
  'billing.ending': 'The plan is cancelled and ends on {date}. Until then all works.',
  'billing.keep': 'Keep the plan',
  'billing.kept': 'The plan goes on',

  'billing.profile': 'Invoices are made out to',
  'billing.profileHint': 'Name and address as they stand on invoices, from the next one on.',
  'billing.profileNone':
    'Nobody has said it yet. It is needed before anything can be billed, so also before a trial ends.',
  'billing.profileEdit': 'Change the address',
  'billing.profileSay': 'Enter the address',
  'billing.profileSaved': 'The address is saved',
  'billing.address': 'Address',
  'billing.addressHint': 'Eight lines at most, the country in the last one.',
  'billing.taxId': 'Tax number',
  'billing.taxIdIs': 'Tax number {taxId}',
  'billing.payment': 'How it is paid',
  'billing.paymentByProvider':
    'What is paid with, such as a card, is kept by the payment provider and changed there.',
  'billing.portal': 'Open the payment pages',
  'billing.portalFailed': 'The payment pages could not be opened',
  'billing.checkoutDone': 'Thank you. The plan appears here as soon as the payment is confirmed.',
  'billing.paymentByInvoice': 'Each invoice comes by mail and is paid by transfer to the seller.',

  'billing.error.off': 'No plans are sold on this server.',
  'billing.error.planNotFound': 'This plan can be taken no more. Choose another one.',
  'billing.error.payFirst': 'Pay what is due first; then the plan can be changed.',
  'billing.error.otherCurrency':
    'This plan is paid in another currency. Take one in the same, or cancel first.',
  'billing.error.profileMissing': 'Enter first whom the invoice is made out to.',
  'billing.error.paymentRefused': 'The payment was refused. Enter another way to pay.',
  'billing.error.unreachable': 'The payment provider does not answer. Try again in a moment.',
  'billing.error.underWay': 'The plan is being changed this moment. Look at it again.',
  'billing.error.tooManySeats': 'This plan has fewer seats. Take fewer, or a larger plan.',

  'billingBanner.trialMonth':
    'The trial ends on {date}. Then the plan goes on for {price} a month without tax.',
  'billingBanner.trialYear':
    'The trial ends on {date}. Then the plan goes on for {price} a year without tax.',
  'billingBanner.ending':
    'The plan ends on {date}, as it was cancelled. After that everything can be read and nothing changed.',
  'billingBanner.due':
    'An invoice has been due since {since}. Please pay it by {date}; until then everything works as usual.',
  'billingBanner.grace':
    'An invoice is overdue. From {date} on nothing can be changed here until it is paid.',
  'billingBanner.readOnly':
    'Nothing can be changed here because an invoice is unpaid. Nothing is lost: with the payment everything works again. From {date} on it cannot be read either.',
  'billingBanner.suspended':
    'This organization is suspended because an invoice is unpaid. Nothing is lost: with the payment everything is back.',
  'billingBanner.ended':
    'The plan has ended. Everything can be read, and with a plan everything works again.',
  'billingBanner.readOnlyAsk':
    'Everything can be read here and nothing changed until the plan is paid for. Nothing is lost. An owner can see to it.',
  'billingBanner.suspendedAsk':
    'This organization is suspended until its plan is paid for. Nothing is lost. An owner can see to it.',
  'billingBanner.toInvoices': 'See the invoices',
  'billingBanner.toPlan': 'See the plan',
  'billingBanner.toPlans': 'Take a plan',

  'refusal.seats':
    '{count, plural, =0 {The plan has no seats} one {The one seat of the plan is taken} other {All # seats of the plan are taken}}',
  'refusal.seatsBody':
    'Take more seats or a larger plan, or deactivate somebody who needs none any more.',
  'refusal.tickets':
    '{count, plural, =0 {The plan has no tickets} one {The one ticket of this month is used} other {All # tickets of this month are used}}',
  'refusal.ticketsBody':
    'Take a larger plan, or wait for the next month. What customers write by mail still comes in.',
  'refusal.storage': 'There is no room for this: the plan has {room} of storage',
  'refusal.storageBody':
    'Take a larger plan, or delete files that nobody needs. Nothing that is there is lost.',
  'refusal.feature': 'Not part of the plan: {feature}',
  'refusal.featureBody':
    'Take a plan that has it. What is set up already goes on working and can be removed.',
  'refusal.readOnly': 'Nothing can be changed at the moment',
  'refusal.readOnlyBody':
    'The plan is not paid for, or has ended. Nothing is lost: everything can be read, and works again once there is a plan that is paid for.',
  'refusal.suspended': 'This organization is suspended',
  'refusal.suspendedBody':
    'Its plan has not been paid for. Nothing is lost: with the payment everything is back.',
  'refusal.noSeat': 'The plan has no seat for you',
  'refusal.noSeatBody':
    'It has fewer seats than people now. You can read everything that you could, and change nothing until there is a seat.',
  'refusal.other': 'The plan does not allow this',
  'refusal.go': 'Go to billing',
  'refusal.newTab': '(in a new tab)',
  'refusal.ask': 'An owner of your organization can see to it.',

  'usage.limits': 'What the plan has',
  'usage.limitsHint': 'Owners are told by mail at 80 and at 100 %.',
  'usage.features': 'What else it has',
  'usage.limit.seats': 'Seats',
  'usage.limit.ticketsAMonth': 'Tickets this month',
  'usage.limit.storageBytes': 'Storage',
  'usage.of': '{used} of {limit}, {share}',
  'usage.unlimited': '{used}, without a limit',
  'usage.near': 'Nearly used up.',
  'usage.full.seats': 'Used up: nobody new can come in, and who has no seat can only read.',
  'usage.full.ticketsAMonth': 'Used up: until next month new tickets come by mail alone.',
  'usage.full.storageBytes': 'Used up: no file can be added until there is room.',
  'usage.calls': '{count} calls of the API a minute',
  'usage.anyCalls': 'Calls of the API as the server allows',
  'usage.notHad': 'Not part of the plan: {feature}',
  'usage.byDay': 'Day by day',
  'usage.byDayHint': 'Days are those of UTC. What happened a moment ago follows within minutes.',
  'usage.range': 'Shown',
  'usage.lastDays': '{count, plural, one {The last day} other {The last # days}}',
  'usage.nothing': 'Nothing was used in this time.',
  'usage.meter.tickets': 'New tickets',
  'usage.meter.messages': 'Messages',
  'usage.meter.mails': 'Mails',
  'usage.meter.calls': 'Calls of the API',
  'usage.meter.seats': 'Active people',
  'usage.meter.storageBytes': 'Storage',
  'usage.sum': '{sum} in all; most on {day}: {peak}',
  'usage.level': '{now} now; most on {day}: {peak}',
  'usage.table': 'As a table',
  'usage.day': 'Day',
  'usage.quantity': 'Number',

  'invoices.elsewhere': 'Invoices are kept by the payment provider too.',
  'invoices.none': 'No invoices yet',
  'invoices.noneBody': 'What is billed for the plan appears here, and comes by mail.',
  'invoices.status.open': 'Open',
  'invoices.status.overdue': 'Overdue',
  'invoices.status.paid': 'Paid',
  'invoices.status.credited': 'Taken back',
  'invoices.status.issued': 'Credit note',
  'invoices.issuedOn': 'Issued on {date}',
  'invoices.creditedOn': 'Credited on {date}',
  'invoices.due': 'due on {date}',
  'invoices.dueSince': 'due since {date}',
  'invoices.paidOn': 'paid on {date}',
  'invoices.takenBack': 'taken back by a credit note',
  'invoices.credits': 'takes {number} back',
  'invoices.creditNote': 'takes an invoice back',
  'invoices.withTax': '{net} + {tax} {name}',
  'invoices.download': 'Save {number} as a PDF',
  'invoices.notDownloaded': 'The invoice could not be fetched',
} as const;
