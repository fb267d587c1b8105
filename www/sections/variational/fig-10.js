/** Fig. 10: the two architectures, with what differs between them marked. */

import { architectures } from '../../draw/architecture.js';
import { Figure, num } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';

/** @import { Info } from '../../engine/shared/protocol.js' */
/** @import { Plot } from '../../page/experiment.js' */

export function fig10() {
  const id = 'fig-10';
  const figure = new Figure(id);
  const stage = new Stage(
    'Both networks layer by layer. They differ between L1 and L3: where the classical one has its code, the variational one has two heads, for the mean and for the logarithm of the variance, and draws the code from them.',
  );
  figure.body.append(stage.element);

  /** @type {Plot<{}>} */
  const plot = {
    id,
    wants: () => ({}),
    show(_views, _snapshot, info, _pinned, other) {
      const { side, l1, code, l3, parameters } = info;
      stage.show(architectures({ side, l1, code, l3 }));
      figure.say(
        'This network has ',
        num(integer(parameters)),
        ' weights and biases',
        ...(other ? [' (pinned run: ', num(integer(other.parameters)), ')'] : []),
        '. In all layers that both kinds have, it begins with the weights that the classical network of the same seed begins with.',
      );
      const others = other ? layersOf(other) : [];
      figure.table = () => ({
        caption: 'Layers of both networks',
        columns: [
          ...['layer', 'classical: neurons', 'variational: neurons', 'activation'],
          ...(other ? ['variational, pinned run: neurons'] : []),
        ],
        rows: layersOf(info).map((layer, i) => [...layer, ...(other ? [others[i]?.[2] ?? ''] : [])]),
      });
    },
  };
  return plot;
}

/** @param {Info} info @returns {(readonly [string, number, number, string])[]} */
function layersOf({ side, l1, code, l3 }) {
  return [
    ['input', side * side, side * side, ''],
    ['L1', l1, l1, 'relu'],
    ['code, or μ', code, code, 'none'],
    ['log σ²', 0, code, 'none'],
    ['z = μ + σ·ε', 0, code, 'drawn'],
    ['L3', l3, l3, 'relu'],
    ['output', side * side, side * side, 'sigmoid'],
  ];
}
