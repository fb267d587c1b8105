/** Links and forms, which every worker that trains can be asked about. */

/** @import * as Wasm from '../../bottleneck-first-web.js' */
/** @import { Calls, LinkCall, Replies } from '../shared/protocol.js' */

/** @param {typeof Wasm} wasm @returns {{ [K in LinkCall]: (args: Calls[K]) => Replies[K] }} */
export const linkCalls = (wasm) => ({
  keys: ({ exp }) => wasm.keys(exp),
  parse: ({ fragment }) => wasm.parse(fragment),
  meant: ({ fragment }) => ({
    isLink: wasm.isLink(fragment),
    exp: wasm.meantFor(fragment) ?? null,
    isTour: wasm.isTour(fragment),
  }),
  sampleOf: ({ fragment }) => wasm.sampleOf(fragment) ?? null,
  missingNetwork: ({ fragment }) => wasm.missingNetwork(fragment) ?? null,
  bringNetwork: ({ variational, sizes, parameters }) => wasm.bringNetwork(variational, sizes, parameters),
  format: ({ exp, values }) => wasm.format(exp, values),
  change: ({ fragment, changes }) => wasm.change(fragment, changes),
  linkWith: ({ fragment, parts }) => wasm.linkWith(fragment, parts),
  newSeed: () => wasm.newSeed(),
});
