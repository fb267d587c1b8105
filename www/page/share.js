/**
 * The panel that makes links for others: with a question, with controls hidden or locked, as a frame in another
 * page, as a code for cameras, in a tour; and files of the trained network. Filled when somebody opens it.
 */

import { desk, laterDesk } from '../engine/page/desk.js';
import { attempts, wentWrong } from '../ui/attempts.js';
import { button } from '../ui/button.js';
import { choice } from '../ui/choice.js';
import { copied } from '../ui/copied.js';
import { freshId, h } from '../ui/dom.js';
import { addressOf, go } from './link.js';
import { saveNetwork } from './network-files.js';
import { qrCode } from './qr-code.js';
import { networkPicker } from './saved-network.js';
import { controlsOf } from './teaching.js';
import { tourMaker } from './tour-maker.js';

/** @import { RunActions } from './run-controls.js' */

const LONGEST_QUESTION = 200;

/** What a page with a frame in it runs, so that the frame is as high as what is in it. */
const LISTENER = `<script>addEventListener('message', ({ source, data }) => { if (data?.type === 'bottleneck:height') for (const frame of document.querySelectorAll('iframe')) if (frame.contentWindow === source) frame.style.height = data.height + 'px'; });</script>`;

/**
 * @param {HTMLElement} panel to be filled
 * @param {HTMLElement} section
 * @param {RunActions} actions
 * @returns {Promise<boolean>} false where there is no link: the panel says why, and can be filled again
 */
export async function fill(panel, section, { link, network, shown }) {
  try {
    await link(); // by then the section has its form, whose controls are listed below
  } catch (error) {
    const sentence = `There is no link yet: ${wentWrong(error)} Open this again, and it is tried again.`;
    panel.replaceChildren(h('p', { class: 'wrong', role: 'alert' }, sentence));
    return false;
  }
  const question = h('input', { type: 'text', id: freshId('share'), maxlength: LONGEST_QUESTION, oninput: make });
  const shows = choice({
    label: 'Shows',
    value: '',
    change: make,
    options: [
      { value: '', label: 'the whole page' },
      { value: section.id, label: 'this section alone' },
    ],
  });
  const looks = choice({
    label: 'Looks at',
    value: shown?.() == null ? '' : 'shown',
    change: make,
    options: [
      { value: '', label: 'the end' },
      { value: 'shown', label: 'the epoch shown' },
    ],
  });
  const uses = controlsOf(section.id).map(({ name, label }) => ({
    name,
    use: choice({
      label,
      value: '',
      list: true,
      change: make,
      options: [
        { value: '', label: 'can be used' },
        { value: 'lock', label: 'locked' },
        { value: 'hide', label: 'hidden' },
      ],
    }),
  }));
  const code = qrCode();
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const address = copied('Link', h('input', { type: 'text', readonly: true }));
  const placeholder = 'Choose “this section alone” above, and the code stands here.';
  const embed = copied('To embed it in another page', h('textarea', { readonly: true, rows: 4, placeholder }));
  const reference = copied('To cite it, as BibTeX', h('textarea', { readonly: true, rows: 9 }));

  panel.replaceChildren(
    h('div', { class: 'control' }, h('label', { for: question.id }, 'Question above the experiment'), question),
    shows.element,
    shown ? looks.element : '',
    h(
      'details',
      { class: 'across' },
      h('summary', {}, 'Controls'),
      h('div', { class: 'fields' }, ...uses.map(({ use }) => use.element)),
      h('p', { class: 'help' }, 'Only controls can be hidden: results, figures and links always stay.'),
    ),
    wrong,
    address.element,
    code.element,
    embed.element,
    reference.element,
    tourMaker(() => ({ link: made, say: question.value.trim(), section: nameOf(section) })),
    network ? networkFiles(section.id, network, link) : '',
  );

  /** The parts of a link that the panel asks for. */
  function asked() {
    const with_ = (/** @type {string} */ use) =>
      uses
        .filter((one) => one.use.value === use)
        .map(({ name }) => name)
        .join(',');
    const at = looks.value ? String(shown?.() ?? '') : '';
    return { hide: with_('hide'), lock: with_('lock'), only: shows.value, say: question.value.trim(), at };
  }

  /** The fragment of it. */
  let made = '';
  /** Counts, so that an earlier answer never replaces a later one. */
  let last = 0;
  async function make() {
    const turn = ++last;
    try {
      const fragment = await link();
      const whole = await desk.call('linkWith', { fragment, parts: asked() });
      if (turn !== last) return;
      wrong.textContent = '';
      made = whole;
      address.field.value = addressOf(whole);
      code.show(address.field.value);
      reference.field.value = citation(addressOf(fragment), section.id);
      embed.field.value = shows.value ? embedCode(address.field.value, section) : '';
    } catch (error) {
      if (turn === last) wrong.textContent = wentWrong(error);
    }
  }
  const details = panel.closest('details');
  const renew = () => {
    if (details?.open) void make();
  };
  // Once trained, the link carries its digest.
  new MutationObserver(renew).observe(section, { attributes: true, attributeFilter: ['data-digest', 'data-shown'] });
  // What has changed while it was closed; and what went wrong is tried again.
  details?.addEventListener('toggle', renew);
  void make();
  return true;
}

/**
 * What is made of a network, and the way back from one.
 * @param {string} exp @param {NonNullable<RunActions['network']>} network @param {RunActions['link']} link
 */
function networkFiles(exp, network, link) {
  const { tried, wrong } = attempts();
  // The script draws its pictures itself, and cannot draw those that somebody has brought.
  const hasScript = exp !== 'own';
  /** @param {Parameters<typeof saveNetwork>[0]} kind @param {string} name @param {string} title */
  const file = (kind, name, title) =>
    button(
      name,
      tried(() => saveNetwork(kind, exp, network)),
      { title },
    );
  return h(
    'div',
    { class: 'across' },
    h(
      'p',
      { class: 'help' },
      hasScript
        ? 'The network as it is now; the script trains the same recipe elsewhere, without the promise of the same bits.'
        : 'The network as it is now.',
    ),
    h(
      'div',
      { class: 'run-buttons' },
      file('safetensors', '.safetensors', 'The weights, for programs'),
      file('json', 'JSON', 'The weights, for reading'),
      hasScript && file('keras', 'Keras script', 'A Python program that trains this recipe'),
      networkPicker('Begin with a saved network', async (digest) => {
        go(await laterDesk.call('beginWith', { fragment: await link(), digest }));
      }),
    ),
    wrong,
  );
}

/** As it is called above its heading. @param {HTMLElement} section */
function nameOf(section) {
  return section.querySelector('.kicker')?.textContent ?? section.id;
}

/** The result as an entry of a bibliography, by the link of the run alone. @param {string} address @param {string} exp */
function citation(address, exp) {
  const digest = /check=(\w+)/.exec(address)?.[1];
  const version = document.querySelector('[data-version]')?.textContent ?? '';
  const fields = {
    title: `Bottleneck: ${exp}${digest ? `, result ${digest}` : ''}`,
    howpublished: `\\url{${address}}`,
    version,
    note: digest
      ? `Digest ${digest}: the link trains the same bits again, on any machine`
      : 'The recipe; its result has no digest yet',
    urldate: new Date().toISOString().slice(0, 10),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@misc{bottleneck-${digest ?? exp},\n${lines.join('')}}`;
}

/** @param {string} address @param {HTMLElement} section */
function embedCode(address, section) {
  const escaped = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${escaped}" title="Bottleneck: ${section.id}" width="100%" height="900" style="border:0" allow="clipboard-write" loading="lazy"></iframe>\n${LISTENER}`;
}
