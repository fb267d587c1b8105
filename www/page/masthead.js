/** The band on top of the page: the training set in order of its one number. Decoration, so it says nothing. */

import { strip } from '../draw/pictures.js';
import { byId } from '../ui/dom.js';
import { Stage } from '../ui/stage.js';

/** @import { Engine } from '../engine/page/client.js' */

const PICTURES = 36;

/** @param {Engine} desk */
export async function masthead(desk) {
  const stage = new Stage('');
  byId('strip').append(stage.element);
  const { views } = await desk.call('peek', {
    fragment: await desk.call('format', { exp: 'classical', values: { span: '360' } }),
    wants: { all: { kind: 'pictures', pick: { by: 'spread', count: PICTURES }, of: 'original' } },
  });
  stage.show(strip(views['all'], 2));
}
