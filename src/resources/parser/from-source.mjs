// Starts the thread of worker.ts where the program runs from its sources, as in tests.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
