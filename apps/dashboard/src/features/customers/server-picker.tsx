import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { call, queryOf } from '../../api/call.js';
import type { Page } from '../../api/desk-types.js';
import { useText } from '../../messages/intl.js';
import { floating } from '../../ui/menu.js';

/** What can be chosen: a name, and what tells two of one name apart. */
export interface Choice {
  id: string;
  name: string;
  hint?: string | undefined;
}

interface Found {
  id: string;
  name: string;
  email?: string;
  domains?: string[];
}

interface ServerPickerProps {
  of: 'customers' | 'companies';
  label: string;
  /** Never offered. */
  without?: string | undefined;
  /** Stands above what is found: what else can be chosen. */
  first?: { label: string; onPick: () => void } | undefined;
  onPick: (choice: Choice) => void;
  children: ReactNode;
}

const row =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-lg px-2 py-1 text-sm select-none data-[selected=true]:bg-hover';

/** Chooses one of very many: the server looks for what begins with the letters that are typed. */
export function ServerPicker({ of, label, without, first, onPick, children }: ServerPickerProps) {
  const t = useText();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const { data = [], isFetching } = useQuery({
    queryKey: [of, 'choices', q],
    enabled: open,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (
        await call<Page<Found>>('GET', `/${of}${queryOf({ q: q || undefined, limit: 10 })}`, {
          signal,
        })
      ).data,
  });
  const close = () => {
    setOpen(false);
    setTyped('');
  };
  return (
    <Popover.Root open={open} onOpenChange={(next) => (next ? setOpen(true) : close())}>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={`${floating} w-72`}
        >
          <Command label={label} loop shouldFilter={false}>
            <Command.Input
              value={typed}
              onValueChange={setTyped}
              placeholder={label}
              className="mb-1 h-8 w-full border-b border-line bg-transparent px-2 text-sm outline-none"
            />
            <Command.List label={label} className="max-h-64 overflow-y-auto">
              {!isFetching && (
                <Command.Empty className="px-2 py-3 text-center text-sm text-muted">
                  {t('customers.noneFound')}
                </Command.Empty>
              )}
              {first && (
                <Command.Item
                  value="none"
                  className={row}
                  onSelect={() => {
                    close();
                    first.onPick();
                  }}
                >
                  {first.label}
                </Command.Item>
              )}
              {data
                .filter(({ id }) => id !== without)
                .map(({ id, name, email, domains }) => {
                  const hint = email ?? domains?.join(', ');
                  return (
                    <Command.Item
                      key={id}
                      value={id}
                      className={row}
                      onSelect={() => {
                        close();
                        onPick({ id, name, hint });
                      }}
                    >
                      <span className="min-w-0 flex-1">
                        <bdi className="block truncate">{name}</bdi>
                        {hint && <bdi className="block truncate text-xs text-muted">{hint}</bdi>}
                      </span>
                    </Command.Item>
                  );
                })}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
