/** What a census is asked, whose networks are trained elsewhere. */

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { Calls, CensusCall, Replies } from '../shared/protocol.js' */

/** @param {typeof Wasm} wasm @returns {{ [K in CensusCall]: (args: Calls[K]) => Replies[K] }} */
export const censusCalls = (wasm) => ({
  censusNames: () => wasm.censusNames(),
  tally: ({ fragment, labels }) => wasm.tally(fragment, labels),
  censusCsv: ({ fragment, labels, numbers }) => wasm.censusCsv(fragment, labels, numbers),
  censusNetwork: ({ fragment, network }) => wasm.censusNetwork(fragment, network),
  censusReasons: ({ fragment, parameters }) => wasm.censusReasons(fragment, parameters) ?? null,
  odds: ({ fragment }) => wasm.odds(fragment),
  shares: ({ counts, of }) => wasm.shares(counts, of),
});
