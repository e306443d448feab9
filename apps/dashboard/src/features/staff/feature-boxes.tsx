import type { UseFormRegisterReturn } from 'react-hook-form';
import { useText } from '../../messages/intl.js';
import { features } from '../billing/types.js';

interface FeatureBoxesProps {
  legend: string;
  registered: UseFormRegisterReturn;
}

/** What can be sold beside seats, each to be ticked. */
export function FeatureBoxes({ legend, registered }: FeatureBoxesProps) {
  const t = useText();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="grid gap-1 sm:grid-cols-2">
        {features.map((feature) => (
          <label key={feature} className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="checkbox"
              value={feature}
              {...registered}
              className="size-4 accent-accent"
            />
            {t(`billing.feature.${feature}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
