/** Fig. 4 to 7: one output, the part of the network that leads to it, its formula, its thresholds, its truth table. */

import { CODE, columnsOf } from '../../draw/anatomy.js';
import { whenLed } from '../../page/link.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { small } from '../../ui/format.js';
import { display, factor, mi, mo, m, number, row, sub, term } from '../../ui/math.js';
import { NetworkView, tintOf } from '../../ui/network-view.js';
import { calm, intervalOf } from './inside-parts.js';

/** @import { Look, Shape } from '../../engine/shared/protocol.js' */
/** @import { OpenedNetwork, Seen } from './opened-network.js' */

const PLACES = ['upper left', 'upper right', 'lower left', 'lower right'];

/** @typedef {{ id: string, claim: string }} Output one of the paper's figures, and what it says there */

/**
 * @param {OpenedNetwork} inside
 * @param {readonly Output[]} figures in the order of the outputs; the place of the first is that of all
 */
export function outputs(inside, figures) {
  const id = figures[0]?.id ?? '';
  const figure = new Figure(id);
  const view = new NetworkView('The part of the network from the code to this output');
  // Reached by keyboard, because it scrolls where it is wider than its place.
  const formula = h('div', {
    class: 'formula',
    role: 'group',
    tabindex: '0',
    'aria-label': 'The formula of this output',
  });
  const truth = h('div', { class: 'truth' });
  let pixel = 0;
  const output = choice({
    label: 'Output',
    value: '0',
    options: PLACES.map((place, i) => ({ value: String(i), label: `${i + 1} ${place}` })),
    change: (value) => pick(Number(value)),
  });
  figure.body.append(output.element, h('div', { class: 'halves' }, view.element, h('div', {}, formula, truth)));

  /** @param {number} next */
  function pick(next) {
    pixel = next;
    output.value = String(pixel);
    if (inside.seen) show(inside.seen);
  }

  const say = calm((/** @type {Seen} */ { look, pinned }) =>
    figure.say(...words(look, pixel), ...(pinned ? pinnedInWords(pinned.look, pixel) : [])),
  );

  /** @param {Seen} seen */
  function show(seen) {
    const { look, shape, parameters } = seen;
    name();
    view.show({
      shape,
      parameters,
      from: CODE,
      only: pixel,
      signal: { code: shape.code === 1 ? [look.z] : (look.inputs[seen.input]?.code ?? []), ...atOf(seen) },
      tint: tintOf(look),
    });
    formula.replaceChildren(...formulas(shape, parameters, pixel, look));
    const pieces = tableOf(look, pixel);
    truth.replaceChildren(truthTable(pieces, pixel));
    say(seen);
    const others = seen.pinned ? tableOf(seen.pinned.look, pixel) : [];
    /** @param {typeof pieces} of @param {string} run */
    const rowsOf = (of, run) => of.map(({ from, to, on }) => [...(others.length ? [run] : []), from, to, on]);
    figure.table = () => ({
      caption: `Truth table of output ${pixel + 1}`,
      columns: [...(others.length ? ['run'] : []), 'code from', 'to', `output ${pixel + 1}`],
      rows: [...rowsOf(pieces, 'this'), ...rowsOf(others, 'pinned')],
    });
  }

  /** One figure of the page for four of the paper: its name, its address and its claim follow the choice. */
  function name() {
    const link = figure.element.querySelector('.title a');
    const claim = figure.element.querySelector('.claim dd');
    const chosen = figures[pixel];
    if (!link || !claim || !chosen || claim.textContent === chosen.claim) return;
    claim.textContent = chosen.claim;
    const text = chosen.id.replace('fig-', 'Fig. ');
    link.textContent = text;
    link.setAttribute('href', `#${chosen.id}`);
    link.setAttribute('aria-label', `${text}, link to this figure`);
  }

  whenLed((fragment) => {
    const asked = figures.findIndex(({ id }) => id === fragment);
    if (asked >= 0) pick(asked);
  });
  inside.onLook(figure.element, show);
  return inside.plot(id);
}

/** What L3 and the outputs say: at z, where there is one. @param {Seen} seen */
function atOf({ look, shape, input }) {
  return shape.code === 1 ? look.at : { l3: look.inputs[input]?.l3 ?? [], y: look.inputs[input]?.y ?? [] };
}

/**
 * y = σ(a), a term by term, with the numbers of this network.
 * @param {Shape} shape @param {Float32Array} parameters @param {number} pixel @param {Look} look
 */
function formulas(shape, parameters, pixel, look) {
  const columns = columnsOf(shape, parameters.length);
  const l3 = columns[3]?.first ?? 0;
  const out = columns[4]?.first ?? 0;
  const at = (/** @type {number} */ i) => parameters[i] ?? NaN;
  const n = String(pixel + 1);
  const lines = Array.from({ length: shape.l3 }, (_, j) => {
    const codes = Array.from({ length: shape.code }, (_, k) => ({
      w: at(l3 + k * shape.l3 + j),
      z: shape.code === 1 ? mi('z') : sub('z', String(k + 1)),
    }));
    const inner = codes.flatMap(({ w, z }, k) => (k === 0 ? [...factor(w), z] : term(w, z)));
    const c = at(l3 + shape.code * shape.l3 + j);
    const relu = [mi('relu'), mo('('), ...inner, ...(c === 0 ? [] : term(c)), mo(')')];
    const v = at(out + j * shape.pixels + pixel);
    return j === 0 ? [...factor(v), ...relu] : term(v, ...relu);
  });
  lines.push(term(at(out + shape.l3 * shape.pixels + pixel)));
  const rows = lines.map((line, i) =>
    m('mtr', m('mtd', ...(i === 0 ? [row(sub('a', n), mo('='))] : [])), m('mtd', row(...line))),
  );
  const table = m('mtable', ...rows);
  table.setAttribute('class', 'terms');
  const zeros = look.zeros.filter((zero) => zero.pixel === pixel);
  return [
    display(row(sub('y', n), mo('='), mi('σ'), mo('('), sub('a', n), mo(')'))),
    display(table),
    ...(zeros.length
      ? [
          display(
            row(
              sub('a', n),
              mo('='),
              m('mn', '0'),
              m('mtext', '\u00a0at\u00a0'),
              ...zeros.flatMap(({ from, to }, i) => [
                ...(i ? [mo(',')] : []),
                mi('z'),
                ...(from === to
                  ? [mo('='), number(from)]
                  : [mo('∈'), mo('['), number(from), mo(','), number(to), mo(']')]),
              ]),
            ),
          ),
        ]
      : []),
  ];
}

/**
 * The stretches of the line over which an output keeps its value.
 * @param {Look} look @param {number} pixel
 * @returns {{ from: number, to: number, on: number }[]}
 */
function tableOf({ emitted }, pixel) {
  /** @type {{ from: number, to: number, on: number }[]} */
  const pieces = [];
  for (const { from, to, pixels } of emitted) {
    const on = pixels[pixel] ?? 0;
    const last = pieces.at(-1);
    if (last && last.on === on) last.to = to;
    else pieces.push({ from, to, on });
  }
  return pieces;
}

/** @param {{ from: number, to: number, on: number }[]} pieces @param {number} pixel */
function truthTable(pieces, pixel) {
  if (pieces.length === 0)
    return h('p', { class: 'readout' }, 'A code of several numbers has no thresholds on a line.');
  return h(
    'table',
    {},
    h('caption', { class: 'sr-only' }, `Truth table of output ${pixel + 1}, through Heaviside`),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, 'code'),
        ...pieces.map((piece) => h('th', { scope: 'col' }, intervalOf(piece))),
      ),
    ),
    h(
      'tbody',
      {},
      h('tr', {}, h('th', { scope: 'row' }, `output ${pixel + 1}`), ...pieces.map(({ on }) => h('td', {}, String(on)))),
    ),
  );
}

/** @param {Look} look @param {number} pixel */
function words({ turns, zeros, at, emitted }, pixel) {
  if (emitted.length === 0)
    return ['The code of this network is more than one number, so its outputs turn along curves, not at thresholds.'];
  const own = turns.filter((turn) => turn.pixel === pixel);
  const flat = zeros.some((zero) => zero.pixel === pixel && zero.from !== zero.to);
  const now = ['At this code the output is ', num(small(at.y[pixel] ?? NaN)), '.'];
  const grey = flat
    ? [' On a whole stretch its sum is exactly zero: grey through the sigmoid, 0 through Heaviside.']
    : [];
  if (own.length === 0)
    return [
      'Output ',
      num(String(pixel + 1)),
      ' never turns: it is ',
      num(String(emitted[0]?.pixels[pixel] ?? 0)),
      ' whatever the code. ',
      ...now,
      ...grey,
    ];
  return [
    'Output ',
    num(String(pixel + 1)),
    own.length === 1 ? ' has one threshold: it turns ' : ` has ${own.length} thresholds: it turns `,
    ...own.flatMap(({ z, on }, i) => [i ? ', ' : '', on ? 'on at ' : 'off at ', num(small(z))]),
    '. ',
    ...now,
    ...grey,
  ];
}

/** @param {Look} look into the pinned run's network @param {number} pixel */
function pinnedInWords({ turns, emitted }, pixel) {
  if (emitted.length === 0) return [];
  const own = turns.filter((turn) => turn.pixel === pixel);
  if (own.length === 0) return [' In the pinned run it never turns.'];
  return [
    ' In the pinned run it turns ',
    ...own.flatMap(({ z, on }, i) => [i ? ', ' : '', on ? 'on at ' : 'off at ', num(small(z))]),
    '.',
  ];
}
