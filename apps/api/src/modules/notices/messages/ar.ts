import type { NoticeMessages } from './form.js';

export const ar: NoticeMessages = {
  common: {
    hello: 'مرحبًا {name}،',
    helloNobody: 'مرحبًا،',
    buttonFails: 'إذا لم يعمل الزر فافتح هذا العنوان:',
    automatic: 'أُرسلت هذه الرسالة آليًا، ولا يقرأ أحد الردود عليها.',
    unsubscribe: 'إيقاف هذه الرسائل',
  },
  entries: {
    mentioned:
      'رقم {number} {subject}: أشار إليك {actor, select, unknown {شخص ما} other {{actor}}}{count, plural, one {} two { (مرتين)} few { (# مرات)} many { (# مرة)} other { (# مرة)}}',
    assigned:
      'رقم {number} {subject}: {actor, select, unknown {أُسندت إليك} other {أسندها إليك {actor}}}',
    customer_replied:
      'رقم {number} {subject}: {count, plural, one {رد من {actor, select, unknown {عميل} other {{actor}}}} two {ردان، آخرهما من {actor, select, unknown {عميل} other {{actor}}}} few {# ردود، آخرها من {actor, select, unknown {عميل} other {{actor}}}} many {# ردًا، آخرها من {actor, select, unknown {عميل} other {{actor}}}} other {# رد، آخرها من {actor, select, unknown {عميل} other {{actor}}}}}',
    ticket_created:
      'رقم {number} {subject}: تذكرة جديدة من {actor, select, unknown {عميل} other {{actor}}}',
    suppressed:
      '{count, plural, one {إشعار آخر لم يُرسل وحده} two {إشعاران آخران لم يُرسلا منفردين} few {# إشعارات أخرى لم تُرسل منفردة} many {# إشعارًا آخر لم تُرسل منفردة} other {# إشعار آخر لم تُرسل منفردة}} لكثرة ما جرى خلال ساعة',
    more: '{count, plural, one {وإشعار آخر} two {وإشعاران آخران} few {و# إشعارات أخرى} many {و# إشعارًا آخر} other {و# إشعار آخر}}',
  },
  registration: {
    subject: 'أكّد عنوان بريدك الإلكتروني',
    lines: [
      'يريد شخص ما، ونأمل أنه أنت، فتح مكتب بهذا العنوان. اختر كلمة مرور للمتابعة. الرابط صالح لمدة 24 ساعة ولمرة واحدة.',
      'إذا لم تكن أنت فلا تفعل شيئًا: لم يُفتح أي شيء.',
    ],
    button: 'اختر كلمة مرور',
  },
  registration_known: {
    subject: 'لديك حساب بالفعل',
    lines: [
      'يريد شخص ما، ونأمل أنه أنت، فتح مكتب بهذا العنوان الذي له حساب بالفعل. سجّل الدخول به، ثم افتح مؤسسة أخرى من القائمة التي تحمل اسمك.',
      'إذا نسيت كلمة المرور ففي صفحة الدخول طريقة لاختيار كلمة جديدة. وإذا لم تكن أنت فلا تفعل شيئًا.',
    ],
    button: 'تسجيل الدخول',
  },
  password_reset: {
    subject: 'اختر كلمة مرور جديدة',
    lines: [
      'طلب شخص ما، ونأمل أنه أنت، كلمة مرور جديدة. الرابط صالح لساعة واحدة ولمرة واحدة، وتنتهي كل جلساتك عند استخدامه.',
      'إذا لم تكن أنت فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.',
    ],
    button: 'اختر كلمة مرور جديدة',
  },
  password_changed: {
    subject: 'تم تغيير كلمة مرورك',
    lines: [
      'تم تغيير كلمة مرورك في {time} من {device}. انتهت جلساتك الأخرى.',
      'إذا لم تكن أنت فاختر كلمة مرور جديدة فورًا وأخبر أحد مديري مؤسستك.',
    ],
    button: 'اختر كلمة مرور جديدة',
  },
  email_change: {
    subject: 'أكّد عنوان بريدك الجديد',
    lines: [
      'طلبت الدخول بالعنوان {newAddress} بدلًا من {oldAddress}. أكّد أن هذا العنوان لك. الرابط صالح لمدة 24 ساعة ولمرة واحدة.',
      'إذا لم تكن أنت فلا تفعل شيئًا.',
    ],
    button: 'تأكيد العنوان',
  },
  email_change_asked: {
    subject: 'طُلب تغيير عنوان بريدك',
    lines: [
      'سيُستخدم حسابك بالعنوان {newAddress} بدلًا من {oldAddress}. لا يتغير شيء حتى يُؤكَّد العنوان الجديد.',
      'إذا لم تكن أنت فغيّر كلمة مرورك فورًا: من طلب ذلك كان يعرفها.',
    ],
    button: 'عرض حسابك',
  },
  email_changed: {
    subject: 'تم تغيير عنوان بريدك',
    lines: [
      'ستدخل من الآن بالعنوان {newAddress}. لم يعد {oldAddress} صالحًا.',
      'إذا لم تكن أنت فأخبر أحد مديري مؤسستك فورًا.',
    ],
  },
  invitation: {
    subject: 'دعوة إلى {organization}',
    lines: [
      'يدعوك {inviter} إلى مكتب {organization} بدور {role}. الدعوة صالحة {days, plural, zero {# يوم} one {ليوم واحد} two {ليومين} few {# أيام} many {# يومًا} other {# يوم}} ولمرة واحدة ولهذا العنوان وحده.',
      'إذا كنت لا تعرفهم فلا تفعل شيئًا.',
    ],
    button: 'قبول الدعوة',
  },
  second_factor_added: {
    subject: 'أُضيفت طريقة للدخول',
    lines: [
      'في {time} أُضيف هذا إلى حسابك: {factor, select, passkey {مفتاح مرور} other {تطبيق مصادقة}}.',
      'إذا لم تكن أنت فأزله وغيّر كلمة مرورك وأخبر أحد مديري مؤسستك.',
    ],
    button: 'عرض حسابك',
  },
  second_factor_removed: {
    subject: 'أُزيلت طريقة للدخول',
    lines: [
      'في {time} أُزيل هذا من حسابك: {factor, select, passkey {مفتاح مرور} other {تطبيق مصادقة}}.',
      'إذا لم تكن أنت فغيّر كلمة مرورك وأخبر أحد مديري مؤسستك.',
    ],
    button: 'عرض حسابك',
  },
  second_factor_reset: {
    subject: 'أُعيد ضبط خطواتك الثانية للدخول',
    lines: [
      'في {time} أزال أحد مديري {organization} خطواتك الثانية للدخول. يمكنك إعدادها من جديد عند الدخول.',
      'إذا لم تطلب ذلك فأخبر شخصًا آخر في مؤسستك فورًا.',
    ],
    button: 'تسجيل الدخول',
  },
  recovery_code_used: {
    subject: 'استُخدم رمز استرداد',
    lines: [
      'في {time} دخل شخص ما إلى حسابك برمز استرداد. {left, plural, =0 {لم يبق أي رمز} one {بقي رمز واحد} two {بقي رمزان} few {بقيت # رموز} many {بقي # رمزًا} other {بقي # رمز}}.',
      'إذا لم تكن أنت فغيّر كلمة مرورك وأنشئ رموز استرداد جديدة.',
    ],
    button: 'عرض حسابك',
  },
  mentioned: {
    subject: 'أشار إليك {actor, select, unknown {شخص ما} other {{actor}}} في التذكرة رقم {number}',
    lines: [
      'أشار إليك {actor, select, unknown {شخص ما} other {{actor}}} في ملاحظة على التذكرة رقم {number} لدى {organization}.',
    ],
    button: 'قراءة الملاحظة',
  },
  assigned: {
    subject: 'أُسندت إليك التذكرة رقم {number}',
    lines: [
      '{actor, select, unknown {أُسندت إليك التذكرة رقم {number} لدى {organization}} other {أسند إليك {actor} التذكرة رقم {number} لدى {organization}}}: {subject}',
    ],
    button: 'فتح التذكرة',
  },
  customer_replied: {
    subject:
      '{count, plural, one {رد عميل} two {ردّان من العملاء} few {# ردود من العملاء} many {# ردًا من العملاء} other {# رد من العملاء}} على التذكرة رقم {number}',
    lines: [
      '{count, plural, one {رد {actor, select, unknown {عميل} other {{actor}}} على التذكرة رقم {number} لدى {organization}} two {على التذكرة رقم {number} لدى {organization} ردّان، آخرهما من {actor, select, unknown {عميل} other {{actor}}}} few {على التذكرة رقم {number} لدى {organization} # ردود، آخرها من {actor, select, unknown {عميل} other {{actor}}}} many {على التذكرة رقم {number} لدى {organization} # ردًا، آخرها من {actor, select, unknown {عميل} other {{actor}}}} other {على التذكرة رقم {number} لدى {organization} # رد، آخرها من {actor, select, unknown {عميل} other {{actor}}}}}: {subject}',
    ],
    button: 'قراءته',
  },
  ticket_created: {
    subject: 'تذكرة جديدة لفريقك: رقم {number}',
    lines: [
      'يطلب {actor, select, unknown {عميل} other {{actor}}} المساعدة، والتذكرة رقم {number} لدى {organization} لفريقك: {subject}',
    ],
    button: 'فتح التذكرة',
  },
  notification_digest: {
    subject:
      '{organization}: {count, plural, one {جديد واحد لك} two {جديدان لك} few {# أمور جديدة لك} many {# أمرًا جديدًا لك} other {# أمر جديد لك}}',
    lines: ['حدث هذا لدى {organization} ولم تقرأه بعد.'],
    button: 'عرض الكل',
  },
  webhook_disabled: {
    subject: 'تم إيقاف إحدى نقاط الاستقبال في {organization}',
    lines: [
      'لم تعد أحداث {organization} تصل إلى إحدى نقاط الاستقبال: أجابت بأنها لم تعد موجودة، أو لم يرجع منها سوى الأخطاء طوال خمسة أيام، ولذلك أُوقفت.',
      'لم يُفقد شيء: عندما تعمل من جديد فعّلها، وستتابع من حيث توقفت.',
    ],
    button: 'عرض نقاط الاستقبال',
  },
  billing_invoice: {
    subject: 'الفاتورة {number} لـ {organization}',
    lines: [
      'هناك فاتورة جديدة لـ {organization}: {number}، {total}، تُدفع حتى {date}. تجدها في صفحة الفوترة.',
    ],
  },
  billing_status: {
    subject:
      '{organization}: {status, select, past_due {فاتورة متأخرة} grace {يرجى الدفع، وإلا صار المكتب للقراءة فقط} read_only {المكتب للقراءة فقط} suspended {المكتب موقوف} canceled {انتهت الخطة} other {الخطة سارية}}',
    lines: [
      '{status, select, past_due {إحدى فواتير {organization} متأخرة. لم يتغير شيء بعد.} grace {إحدى فواتير {organization} متأخرة منذ أسبوع. بعد أسبوع آخر يصير المكتب للقراءة فقط.} read_only {إحدى فواتير {organization} متأخرة منذ أسبوعين، ولذلك صار المكتب للقراءة فقط. وما زالت الرسائل تُستقبل.} suspended {إحدى فواتير {organization} متأخرة منذ شهر، ولذلك أُوقف المكتب.} canceled {انتهت خطة {organization}، ولذلك صار المكتب للقراءة فقط.} other {خطة {organization} سارية، وكل شيء متاح.}}',
      'لا يُفقد شيء في أي حال: كل ما لديك محفوظ، ويعود إلى الاستعمال مع الدفع أو باختيار خطة.',
    ],
  },
  billing_limit: {
    subject:
      'تستعمل {organization} {percent} % من خطتها: {entitlement, select, seats {المقاعد} ticketsAMonth {تذاكر هذا الشهر} storageBytes {مساحة التخزين} other {{entitlement}}}',
    lines: [
      'تستعمل {organization} {percent} % مما في خطتها ({entitlement, select, seats {المقاعد} ticketsAMonth {تذاكر هذا الشهر} storageBytes {مساحة التخزين} other {{entitlement}}}). بعد ذلك لا يمكن إضافة المزيد؛ وما هو موجود يبقى، والرسائل تُستقبل دائمًا.',
      'تجد خطة أكبر في صفحة الفوترة.',
    ],
  },
  organization_deletion: {
    subject: 'ستُحذف {organization}',
    lines: [
      'طلب أحد المالكين حذف {organization}. ستزول هي وكل ما فيها نهائيًا في {date}. وحتى ذلك الحين يستطيع أي مالك الإبقاء عليها.',
    ],
    button: 'عرضها',
  },
  organization_kept: {
    subject: 'لن تُحذف {organization}',
    lines: ['تراجع أحد المالكين عن حذف {organization}. لم يُفقد شيء.'],
  },
};
