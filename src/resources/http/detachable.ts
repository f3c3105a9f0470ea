import type { Dispatcher } from 'undici';

/** What is told of a request, as far as we listen. */
export type Listener = Required<
  Pick<
    Dispatcher.DispatchHandler,
    'onRequestStart' | 'onResponseStart' | 'onResponseData' | 'onResponseEnd' | 'onResponseError'
  >
>;

/**
 * A listener that can be taken away. undici holds its parser, and with it all that hangs on a request, by a weak
 * reference, which only a major collection clears: thousands of requests would leave their pages behind until then.
 */
export function detachable(listener: Listener): { readonly listener: Listener; readonly detach: () => void } {
  let rest: Listener | null = listener;
  return {
    listener: {
      onRequestStart: (...event) => rest?.onRequestStart(...event),
      onResponseStart: (...event) => rest?.onResponseStart(...event),
      onResponseData: (...event) => rest?.onResponseData(...event),
      onResponseEnd: (...event) => rest?.onResponseEnd(...event),
      onResponseError: (...event) => rest?.onResponseError(...event),
    },
    detach: () => {
      rest = null;
    },
  };
}
