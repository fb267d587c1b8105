/** Tells a run of the wasm when its training ends by itself. */

/** @import { Own, Session } from '../../bottleneck-web.js' */
/** @import { Stop } from '../shared/protocol.js' */

/** @param {Session | Own} run @param {Stop} stop */
export function stopWhen(run, { below, share, patience }) {
  run.stopWhen(below ?? undefined, share ?? undefined, patience ?? undefined);
}
