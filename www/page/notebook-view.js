/**
 * The notebook on the page: a table of all finished runs of the visit, to be sorted, named, opened, pinned and deleted,
 * and its files.
 *
 *     notebookView();     // fills <section id="notebook">, which index.html promises
 */

import { arrange } from '../ui/arrange.js';
import { button } from '../ui/button.js';
import { counted } from '../ui/counted.js';
import { byId, h } from '../ui/dom.js';
import { save } from '../ui/download.js';
import { integer, small } from '../ui/format.js';
import { csvOf } from '../ui/table.js';
import { go } from './link.js';
import { LONGEST_NAME, notebook, titleOf, wordsOf } from './notebook.js';
import { fileOf, runsOf } from './notebook-file.js';

/** @import { Entry, Line } from './notebook.js' */

/** @type {Record<string, { label: string, of: (entry: Entry) => number | string }>} */
const COLUMNS = {
  name: { label: 'Name', of: ({ name }) => name },
  exp: { label: 'Section', of: ({ exp }) => exp },
  said: { label: 'Differs from the defaults', of: ({ said }) => wordsOf(said) },
  loss: { label: 'Final loss', of: ({ loss }) => loss ?? Infinity },
  seconds: { label: 'Seconds', of: ({ seconds }) => seconds },
};

const [WIDTH, HEIGHT] = [96, 24];
/** Rows that are shown at first, and how many more each time: a row is some kilobytes of the document. */
const ROWS = 40;

/** Fills its section. */
export function notebookView() {
  const section = byId('notebook');
  let sorted = { by: '', up: true };
  let most = ROWS;
  /** Those that are shown, by the run's number: a row is made once, and stays while it is looked at. @type {Map<number, Row>} */
  let made = new Map();
  // Its roles are said: on a narrow screen its rows are cards, and no browser takes those for a table.
  const body = h('tbody', { role: 'rowgroup' });
  const heads = Object.entries(COLUMNS).map(([by, { label }]) => {
    const cell = h('th', { scope: 'col', role: 'columnheader' });
    cell.append(
      button(
        label,
        () => {
          sorted = { by, up: sorted.by === by ? !sorted.up : true };
          draw();
        },
        { look: 'quiet', title: `Sort by ${label.toLowerCase()}` },
      ),
    );
    return { by, cell };
  });
  const table = h(
    'table',
    { role: 'table' },
    h('caption', { class: 'sr-only' }, 'Finished runs of this visit, newest first'),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        ...heads.map(({ cell }) => cell),
        ...['Loss by epoch', 'Compare, delete', 'Digest'].map((name) =>
          h('th', { scope: 'col', role: 'columnheader' }, name),
        ),
      ),
    ),
    body,
  );
  const place = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Finished runs' }, table);
  const empty = h('p', { class: 'help' }, 'Every run that comes to its end on this page stands here, with its link.');
  const more = button('', () => {
    most += ROWS;
    draw();
  });
  const deletedWords = h('span', {});
  // Stays the same one while runs end, or a press on it would be lost, and with it the keyboard.
  const undo = button('Undo', bringBack, { look: 'quiet' });
  const gone = h('p', { class: 'help', role: 'status' });
  const took = h('p', { class: 'help', role: 'status' });
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const file = h('input', { type: 'file', accept: '.json', hidden: true, onchange: () => void take() });
  const tools = h(
    'div',
    { class: 'run-buttons' },
    button('CSV', () => save('bottleneck-notebook.csv', new Blob([csv()], { type: 'text/csv' }))),
    button('Markdown', () => save('bottleneck-notebook.md', new Blob([markdown()], { type: 'text/markdown' }))),
    button(
      'Save',
      () => save('bottleneck-notebook.json', new Blob([fileOf(notebook.entries)], { type: 'application/json' })),
      {
        title: 'The notebook as a file, to be opened here again',
      },
    ),
    button('Open …', () => file.click(), { title: 'A notebook that was saved' }),
    file,
  );
  section.append(h('div', { class: 'bench' }, empty, place, h('div', {}, more), gone, tools, took, wrong));

  async function take() {
    const [chosen] = file.files ?? [];
    file.value = '';
    if (!chosen) return;
    took.textContent = wrong.textContent = '';
    try {
      const runs = runsOf(await chosen.text());
      took.textContent = tookInWords(notebook.takeIn(runs), runs.length, chosen.name);
    } catch (error) {
      wrong.textContent = `${chosen.name}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  /** The keyboard goes where the run can be brought back from. @param {number} id */
  function remove(id) {
    // Who points at rows is not led away from them.
    const preventScroll = !document.querySelector(':focus-visible');
    notebook.remove(id);
    undo.focus({ preventScroll });
  }

  /** And from there to the run that is back. */
  function bringBack() {
    const id = notebook.deleted?.entry.id ?? NaN;
    notebook.undo();
    (made.get(id)?.remover ?? place).focus();
  }

  /** @returns {readonly Entry[]} */
  function inOrder() {
    const column = COLUMNS[sorted.by];
    if (!column) return notebook.entries;
    const way = sorted.up ? 1 : -1;
    return [...notebook.entries].sort((a, b) => {
      const [x, y] = [column.of(a), column.of(b)];
      return x < y ? -way : x > y ? way : 0;
    });
  }

  function draw() {
    for (const { by, cell } of heads) {
      cell.setAttribute('aria-sort', sorted.by !== by ? 'none' : sorted.up ? 'ascending' : 'descending');
    }
    const shown = inOrder().slice(0, most);
    made = new Map(
      shown.map((entry) => {
        const before = made.get(entry.id);
        // A run that was trained again has another curve; a name is given in the row itself.
        return [entry.id, before?.curve === entry.curve ? before : rowOf(entry, remove)];
      }),
    );
    for (const entry of shown) made.get(entry.id)?.tell(entry, notebook.isPinned(entry.id));
    const rows = [...made.values()].map(({ row }) => row);
    arrange(body, rows);
    const rest = notebook.entries.length - most;
    more.hidden = rest <= 0;
    more.textContent = `Show ${integer(Math.min(rest, ROWS))} more of ${integer(rest)}`;
    const none = notebook.entries.length === 0;
    [empty.hidden, place.hidden] = [!none, none];
    const { deleted } = notebook;
    const words = deleted ? `Deleted: ${titleOf(deleted.entry)}. ` : '';
    // Said once, and not whenever a run ends.
    if (deletedWords.textContent !== words) deletedWords.textContent = words;
    arrange(gone, deleted ? [deletedWords, undo] : []);
  }

  notebook.onChange(draw);
  draw();
}

/**
 * @typedef {object} Row
 * @property {HTMLElement} row
 * @property {Line} curve
 * @property {HTMLElement} remover its button that deletes it
 * @property {(entry: Entry, pinned: boolean) => void} tell what it is called now, and whether it is pinned
 */

/** @param {Entry} entry @param {(id: number) => void} remove @returns {Row} */
function rowOf(entry, remove) {
  const { id, exp, link, said, loss, seconds, digest, curve } = entry;
  const field = h('input', {
    type: 'text',
    value: entry.name,
    maxlength: LONGEST_NAME,
    placeholder: 'no name',
    onchange: () => notebook.rename(id, field.value),
  });
  let now = entry;
  const pin = button('Pin', () => notebook.pin(now), {
    look: 'quiet',
    title: 'Stands behind the next run of its section',
  });
  const remover = button('Delete', () => remove(id), { look: 'quiet' });
  /** @type {Row['tell']} */
  const tell = (entry, pinned) => {
    // What somebody is typing there is not taken from under the hand.
    if (entry.name !== now.name) field.value = entry.name;
    now = entry;
    field.setAttribute('aria-label', `Name of ${titleOf(entry)}`);
    pin.textContent = pinned ? 'Unpin' : 'Pin';
    pin.setAttribute('aria-pressed', String(pinned));
  };
  /** @param {Record<string, string>} attributes @param {...(string | Node)} content */
  const cell = (attributes, ...content) => h('td', { role: 'cell', ...attributes }, ...content);
  const row = h(
    'tr',
    { role: 'row' },
    cell({}, field),
    cell(
      {},
      h('a', { href: `#${link}`, onclick: (/** @type {Event} */ event) => (event.preventDefault(), go(link)) }, exp),
    ),
    cell({}, wordsOf(said) || 'nothing'),
    cell({ class: 'number', 'data-name': 'Loss' }, loss === null ? '–' : small(loss)),
    cell({ class: 'number', 'data-unit': 's' }, small(seconds)),
    cell({}, lineOf(entry)),
    cell({}, pin, remover),
    cell({}, digest ? h('code', {}, digest) : 'diverged'),
  );
  return { row, curve, remover, tell };
}

/** The loss as a small line, on a logarithmic axis. @param {Entry} entry */
function lineOf({ curve: { epochs, losses } }) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute('width', String(WIDTH));
  svg.setAttribute('height', String(HEIGHT));
  svg.setAttribute('aria-hidden', 'true');
  const logs = losses.map((loss) => Math.log(Math.max(loss, 1e-30)));
  const [low, high, last] = [Math.min(...logs), Math.max(...logs), epochs.at(-1) ?? 1];
  const points = logs.map((log, i) => {
    const x = ((epochs[i] ?? 0) / last) * WIDTH;
    const y = 2 + (1 - (log - low) / (high - low || 1)) * (HEIGHT - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
  line.setAttribute('points', points.join(' '));
  line.setAttribute('class', 'spark');
  svg.append(line);
  return svg;
}

/** What came of a file. @param {number} fresh @param {number} all @param {string} name */
function tookInWords(fresh, all, name) {
  if (fresh === 0) return all === 0 ? `There is no run in ${name}.` : `What is in ${name} stands here already.`;
  const rest = fresh < all ? '; what else is in it stands here already' : '';
  return `${counted(fresh, 'run')} from ${name}${rest}.`;
}

function csv() {
  const rows = notebook.entries.map(({ name, exp, said, loss, seconds, digest, link }) => [
    name,
    exp,
    wordsOf(said),
    loss ?? '',
    seconds,
    digest,
    link,
  ]);
  return csvOf({ columns: ['name', 'section', 'differs', 'loss', 'seconds', 'digest', 'link'], rows });
}

function markdown() {
  const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = notebook.entries.map(
    ({ name, exp, said, loss, seconds, digest, link }) =>
      `| ${cell(name)} | ${exp} | ${cell(wordsOf(said))} | ${loss === null ? '' : small(loss)} | ${small(seconds)} | ${digest} | ${cell(link)} |`,
  );
  return [
    '| name | section | differs | loss | seconds | digest | link |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
