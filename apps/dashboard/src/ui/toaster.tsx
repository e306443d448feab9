import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { useText } from '../messages/intl.js';
import { dismiss, useNotices } from './notices.js';

/** Where notices appear; F8 takes the focus there. */
export default function Toaster() {
  const t = useText();
  const notices = useNotices();
  return (
    <Radix.Provider label={t('toast.label')} duration={10_000}>
      {notices.map((notice) => (
        <Radix.Root
          key={notice.id}
          type={notice.tone === 'failed' ? 'foreground' : 'background'}
          onOpenChange={(open) => !open && dismiss(notice.id)}
          className="appear-up flex items-start gap-3 rounded-xl border border-line bg-raised py-2 ps-4 pe-2 shadow-float"
        >
          <span className="pt-1.5">
            {notice.tone === 'done' ? (
              <CircleCheck size={16} className="text-accent-text" aria-hidden />
            ) : (
              <CircleAlert size={16} className="text-danger" aria-hidden />
            )}
          </span>
          <div className="min-w-0 flex-1 py-1.5">
            <Radix.Title className="text-sm font-medium">{notice.title}</Radix.Title>
            {notice.detail && (
              <Radix.Description className="text-xs break-words text-muted">
                {notice.detail}
              </Radix.Description>
            )}
          </div>
          {notice.action && (
            <Radix.Action
              altText={notice.action.label}
              onClick={notice.action.run}
              className="h-8 rounded-lg px-2.5 text-sm font-medium text-accent-text hover:bg-hover"
            >
              {notice.action.label}
            </Radix.Action>
          )}
          <Radix.Close
            aria-label={t('action.dismiss')}
            className="flex size-8 items-center justify-center rounded-lg text-muted hover:bg-hover hover:text-text"
          >
            <X size={14} aria-hidden />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        label={t('toast.region', { hotkey: 'F8' })}
        className="fixed inset-x-4 top-14 z-60 flex flex-col gap-2 outline-none lg:inset-x-auto lg:start-3 lg:top-auto lg:bottom-16 lg:w-92"
      />
    </Radix.Provider>
  );
}
