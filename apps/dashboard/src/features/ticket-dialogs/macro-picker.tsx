import { useQuery } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '../../messages/intl.js';
import { Picker } from '../../ui/picker.js';
import { macrosQuery } from '../tickets/ticket-queries.js';

interface MacroPickerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onPick: (id: string) => void;
  children: ReactNode;
}

/** Chooses a macro; what it would do is shown before it does it. */
export function MacroPicker({ open, onOpenChange, onPick, children }: MacroPickerProps) {
  const t = useText();
  const { data: macros = [] } = useQuery({ ...macrosQuery, enabled: open });
  return (
    <Picker
      open={open}
      onOpenChange={onOpenChange}
      label={t('macro.list')}
      empty={t('macro.none')}
      align="end"
      keepFocus
      items={macros.map(({ id, name, description }) => ({
        id,
        label: name,
        hint: description || undefined,
        icon: <Zap size={15} className="text-subtle" aria-hidden />,
      }))}
      onPick={onPick}
    >
      {children}
    </Picker>
  );
}
