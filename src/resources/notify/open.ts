import { UpstreamError } from '../../core/errors.ts';
import type { Notifier } from '../../core/notify.ts';

/** Opens nothing yet. */
export async function openNotifier({ readOnly }: { readonly readOnly: boolean }): Promise<Notifier> {
  return {
    channels: [],
    send: async () => {
      if (readOnly) throw new UpstreamError('a dry run sends nothing');
      return [];
    },
  };
}
