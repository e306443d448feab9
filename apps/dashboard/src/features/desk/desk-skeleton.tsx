import { Skeleton } from '../../ui/states.js';

/** The frame of the desk while it is on its way. */
export function DeskSkeleton() {
  return (
    <div className="flex h-full">
      <div className="hidden w-56 shrink-0 border-e border-line px-4 pt-16 lg:block">
        <Skeleton rows={7}>
          {(row) => (
            <div className="flex h-8 items-center gap-2.5">
              <div className="skeleton size-4" />
              <div className={`skeleton h-3 ${['w-1/2', 'w-2/5', 'w-3/5'][row % 3]}`} />
            </div>
          )}
        </Skeleton>
      </div>
      <div className="flex-1 bg-surface" />
    </div>
  );
}
