/** The paper's table of layers, for the network that is on the page. */

import { h } from '../../ui/dom.js';
import { Figure } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';

/** @import { Info } from '../../engine/shared/protocol.js' */
/** @import { Plot } from '../../page/experiment.js' */

const COLUMNS = ['layer', 'type', 'neurons', 'activation'];

export function table1() {
  const id = 'table-1';
  const figure = new Figure(id, { drawn: false });
  const head = h('tr', {});
  const rows = h('tbody', {});
  const total = h('p', { class: 'readout' });
  figure.body.append(
    h(
      'table',
      { class: 'layers' },
      h('caption', { class: 'sr-only' }, 'Layers of the network'),
      h('thead', {}, head),
      rows,
    ),
    total,
  );
  let shown = '';

  /** @type {Plot<{}>} */
  const plot = {
    id,
    wants: () => ({}),
    show(_views, _snapshot, info, _pinned, other) {
      const { columns, layers, words } = described(info, other);
      if (shown === JSON.stringify([layers, words])) return;
      shown = JSON.stringify([layers, words]);
      head.replaceChildren(...columns.map((name) => h('th', { scope: 'col' }, name)));
      rows.replaceChildren(
        ...layers.map(([layer = '', ...cells]) =>
          h('tr', {}, h('th', { scope: 'row' }, layer), ...cells.map((cell) => h('td', {}, cell))),
        ),
      );
      total.textContent = words;
      figure.table = () => ({ caption: 'Layers of the network', columns, rows: layers });
    },
  };
  return plot;
}

/** The layers, beside those of a pinned run where its are others. @param {Info} info @param {Info | null} other */
function described(info, other) {
  const [layers, others] = [layersOf(info), other ? layersOf(other) : []];
  const words = (/** @type {Info} */ { parameters, count }) =>
    `${integer(parameters)} weights and biases in all, learned from ${integer(count)} pictures`;
  const differ = other !== null && (words(info) !== words(other) || JSON.stringify(layers) !== JSON.stringify(others));
  if (!differ) return { columns: COLUMNS, layers, words: `${words(info)}.` };
  return {
    columns: [...COLUMNS, 'neurons, pinned run'],
    layers: layers.map((layer, i) => [...layer, others[i]?.[2] ?? '']),
    words: `${words(info)} (pinned run: ${words(other)}).`,
  };
}

/**
 * @param {Info} info
 * @returns {(readonly [string, string, string, string])[]}
 */
function layersOf({ side, l1, code, l3 }) {
  return [
    ['0', 'input', `${side} × ${side}`, ''],
    ['1', 'dense', String(l1), 'relu'],
    ['2', 'dense, the bottleneck', String(code), 'none'],
    ['3', 'dense', String(l3), 'relu'],
    ['4', 'dense', `${side} × ${side}`, 'sigmoid'],
  ];
}
