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
  const rows = h('tbody', {});
  const total = h('p', { class: 'readout' });
  figure.body.append(
    h(
      'table',
      { class: 'layers' },
      h('caption', { class: 'sr-only' }, 'Layers of the network'),
      h('thead', {}, h('tr', {}, ...COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
      rows,
    ),
    total,
  );
  let shown = '';

  /** @type {Plot<{}>} */
  const plot = {
    id,
    wants: () => ({}),
    show(_views, _snapshot, info) {
      const layers = layersOf(info);
      if (shown === JSON.stringify(layers)) return;
      shown = JSON.stringify(layers);
      rows.replaceChildren(
        ...layers.map(([layer, ...cells]) =>
          h('tr', {}, h('th', { scope: 'row' }, layer), ...cells.map((cell) => h('td', {}, cell))),
        ),
      );
      total.textContent = `${integer(info.parameters)} weights and biases in all, learned from ${integer(info.count)} pictures.`;
      figure.table = () => ({ caption: 'Layers of the network', columns: COLUMNS, rows: layers });
    },
  };
  return plot;
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
