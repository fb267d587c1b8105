/**
 * The worker of one network, the only module that imports the wasm of the first visit: it keeps the network, trains it in
 * slices (`training.js`), shows what becomes of it, and reads links.
 */

import * as wasm from '../../bottleneck-first-web.js';
import { Subject } from './answer.js';
import { answering } from './answering.js';
import { AtLeisure } from './at-leisure.js';
import { linkCalls } from './link-calls.js';
import { post } from './live.js';
import { lookInto } from './look.js';
import { stopWhen } from './stop-when.js';
import { Training } from './training.js';

/** @import { AllWants, Calls, LinkCall, Moment, NetworkCall, Replies, Snapshot, VerdictWord } from '../shared/protocol.js' */

/**
 * The network that is open.
 * @typedef {object} Open
 * @property {Subject} subject
 * @property {Training} training
 * @property {number} run
 * @property {AllWants} wants
 * @property {number} interval
 * @property {boolean} begun
 * @property {AtLeisure} visits to other epochs
 * @property {AtLeisure} sweep for what happened
 */

/** @type {Open | null} */
let open = null;
/** How long a sweep goes on before it says how far it has come. */
const SWEEP_MS = 150;
/** The page has taken the last snapshot. */
let seen = true;
let lastShown = 0;
/** What the last snapshot cost to make, in ms. */
let cost = 0;

/** @type {{ [K in LinkCall | NetworkCall]: (args: Calls[K]) => Replies[K] | Promise<Replies[K]> }} */
const calls = {
  ...linkCalls(wasm),

  open({ fragment, run, wants, interval, stop }) {
    close();
    const session = new wasm.Session(fragment);
    if (stop) stopWhen(session, stop);
    const subject = new Subject(session, wasm.paint);
    const training = new Training(session, subject.info.batches, afterSlice, died);
    const [visits, sweep] = [new AtLeisure(8), new AtLeisure(8)];
    open = { subject, training, run, wants, interval, begun: false, visits, sweep };
    seen = true;
    return { info: subject.info, snapshot: snapshot(open) };
  },

  train({ pace, wants, until = Infinity, here = false }) {
    const now = required();
    stand(now, here);
    now.wants = wants;
    now.begun = true;
    now.training.pace = pace;
    now.training.until = until;
    now.training.start();
    return null;
  },

  pause() {
    required().training.stop();
    return snapshot(required());
  },

  stopWhen({ stop }) {
    stopWhen(required().subject.session, stop);
    return null;
  },

  async visit({ epoch, wants }) {
    const now = required();
    const { session } = now.subject;
    now.training.stop();
    if (epoch === null) stand(now, false);
    else if (!(await now.visits.run((batches) => session.lookTowards(epoch, batches)))) return null;
    now.wants = wants;
    return snapshot(now);
  },

  async marks() {
    const { subject, sweep } = required();
    const { session } = subject;
    const { reached } = session.moment();
    let epoch = 0;
    const still = await sweep.run((batches) => (epoch = session.sweep(batches)) >= reached, SWEEP_MS);
    return still ? { share: reached > 0 ? epoch / reached : 1, marks: session.marks() } : { share: 0, marks: [] };
  },

  step() {
    const now = required();
    now.training.stop();
    stand(now, false);
    now.training.epoch();
    now.begun = true;
    return snapshot(now);
  },

  pace({ pace }) {
    if (!open) return null;
    open.training.pace = pace;
    open.training.hurry();
    return null;
  },

  watch({ wants }) {
    required().wants = wants;
    return snapshot(required());
  },

  ask: ({ wants }) => required().subject.answers(wants),

  network() {
    const { subject } = required();
    return /** @type {Uint8Array<ArrayBuffer>} */ (subject.session.safetensors());
  },

  line({ side, degrees }) {
    const values = wasm.halfPlane(side, degrees);
    return { sheet: wasm.paint(values, side, side), values, side, count: 1, indices: [], angles: [degrees] };
  },

  look: (args) => lookInto(wasm, args),

  preset({ figure }) {
    const network = wasm.HandNetwork.preset(figure);
    if (!network) throw new Error(`Fig. ${figure} shows no network`);
    try {
      return network.parameters();
    } finally {
      network.free();
    }
  },

  hand: ({ fragment, parameters }) => wasm.handLink(fragment, parameters),

  peek({ fragment, wants }) {
    const session = new wasm.Session(fragment);
    try {
      const subject = new Subject(session, wasm.paint);
      return { info: subject.info, views: subject.answers(wants) };
    } finally {
      session.free();
    }
  },
};

function required() {
  if (!open) throw new Error('no network is open');
  return open;
}

/**
 * What is shown is where training stands: here, at the epoch that is shown, or where it was.
 * @param {Open} now @param {boolean} here
 */
function stand({ subject: { session }, training, visits }, here) {
  visits.end();
  if (here) session.goOnFromHere();
  session.lookAway();
  training.look();
}

function close() {
  open?.visits.end();
  open?.sweep.end();
  open?.training.close();
  open?.subject.session.free();
  open = null;
}

/**
 * Shows the page how far it is: always where it comes to a stand; in between when the page has seen the last one, its interval
 * is over, and showing takes no more than an eighth of the time.
 */
function afterSlice() {
  const now = required();
  const due = performance.now() - lastShown >= Math.max(now.interval, 8 * cost);
  if (now.training.running && !(seen && due)) return;
  seen = false;
  post({ type: 'shown', snapshot: snapshot(now) });
  lastShown = performance.now();
}

/**
 * @param {Open} now
 * @returns {Snapshot}
 */
function snapshot({ subject, training, run, wants, begun }) {
  const began = performance.now();
  const { session, info } = subject;
  const { report } = training;
  const diverged = report.divergedAt != null;
  const state = diverged
    ? 'diverged'
    : report.done
      ? 'done'
      : training.running
        ? 'training'
        : begun
          ? 'paused'
          : 'idle';
  const views = Object.fromEntries(Object.entries(wants).map(([id, queries]) => [id, subject.answers(queries)]));
  /** @type {Snapshot} */
  const shot = {
    run,
    state,
    epoch: report.epoch,
    epochs: info.epochs,
    batch: report.batch,
    batches: info.batches,
    loss: report.loss,
    divergedAt: report.divergedAt ?? null,
    seconds: training.spent / 1000,
    digest: state === 'training' || diverged ? '' : session.digest(),
    verdict: diverged ? 'diverged' : report.done ? /** @type {VerdictWord} */ (session.verdict()) : 'unchecked',
    link: session.link(),
    stopped: session.ended() ?? null,
    moment: momentOf(session),
    views,
  };
  cost = performance.now() - began;
  return shot;
}

/** @param {wasm.Session} session @returns {Moment} */
function momentOf(session) {
  const moment = session.moment();
  return { ...moment, digest: moment.present ? '' : session.shownDigest() };
}

const died = answering({ start: (module) => wasm.initSync({ module }).memory, calls, seen: () => void (seen = true) });
