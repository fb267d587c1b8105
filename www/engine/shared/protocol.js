/**
 * Every message between the page and a worker. Types only: at run time this module is empty.
 *
 * - The page sends the {@link Program}; nothing is answered before.
 * - The page sends a {@link Call}: a number, a type, its arguments.
 * - The worker answers each call once, with {@link Answered} or {@link Failed} of the same number.
 * - While a network trains, the worker also sends {@link Shown} of its own accord. It keeps the next one back
 *   until the page has said {@link Seen}, so a busy page is never flooded.
 * - A job (`pool.js`) sends any number of {@link Part} before its answer, and can be ended by {@link Cancel}.
 *
 * To add a call: a line in {@link Calls}, a line in {@link Replies}, a function of that name in `engine.js`, or, where it
 * is about many networks, its name in {@link StudyCall} and a function in `studies.js`.
 * To add something that a figure can ask of a network: a member of {@link Query}, a line in {@link Views}, a
 * case in `answer.js`. `tsc` names whatever was forgotten.
 *
 * Numbers in bulk are flat and row-major: the `[n, pixels]` of `n` pictures has picture `i` at
 * `i·pixels … (i+1)·pixels − 1`, and pixel (row r, column c) of it at `r·side + c`. For a picture of side 2,
 * `[0, 0, 1, 1]` is dark above and light below.
 */

/* ---- recipes ----------------------------------------------------------- */

/**
 * One key of a recipe as the form shows it; the table lives in Rust.
 * @typedef {object} KeyInfo
 * @property {string} key
 * @property {string} label
 * @property {string} help what the key does, one sentence
 * @property {'choice' | 'integer' | 'number'} kind
 * @property {{ value: string, label: string }[]} [choices]
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [step]
 * @property {string} [unit]
 * @property {'log' | 'linear'} [scale]
 * @property {{ key: string, value: string }} [needs] the control does something only while another has this value
 * @property {string | number} value the default of the experiment
 */

/**
 * A fragment that was accepted.
 * @typedef {object} Parsed
 * @property {string} exp
 * @property {string} link the whole in its one spelling, without `#`
 * @property {string} asked what is trained and judged, without what is for the reader: what an engine is opened with
 * @property {string} fragment what determines the run, so without `paint` and `check`, too
 * @property {string | null} check the digest that must come out
 * @property {string | null} set the file beside the page that holds the pictures
 * @property {number | null} at the epoch to be shown when the run is over
 * @property {Record<string, string>} values of the form
 * @property {Record<string, string>} said those of them that the link says; the others are defaults
 * @property {Record<string, string>} recipe the value of every key
 * @property {boolean} byHand training begins with numbers that somebody has set
 * @property {string[]} hide names of controls
 * @property {string[]} lock likewise
 * @property {string | null} only
 * @property {string | null} say
 */

/**
 * @typedef {object} Info what a session trains
 * @property {string} exp
 * @property {string} model
 * @property {number} side pixels along one side of a picture
 * @property {number} pixels
 * @property {number} count pictures in the training set
 * @property {number} epochs
 * @property {number} batches per epoch
 * @property {number} parameters
 * @property {number} l1
 * @property {number} code
 * @property {number} l3
 * @property {'mse' | 'bce'} loss
 */

/* ---- what figures ask of a network --------------------------------------- */

/**
 * Which pictures of the training set. `spread` picks `count` of them at even steps of the sorted angles
 * (all of `quad`, in order); `angle` the one whose angle is nearest.
 * @typedef {{ by: 'index', indices: readonly number[] } | { by: 'first', count: number }
 *   | { by: 'spread', count: number } | { by: 'angle', degrees: number }} Pick
 */

/**
 * @typedef {{ kind: 'losses', whole?: boolean, most?: number }
 *   | { kind: 'pictures', pick: Pick, of: 'original' | 'sigmoid' | 'heaviside' }
 *   | { kind: 'decoded', z: readonly number[], heaviside: boolean }
 *   | { kind: 'codes' }
 *   | { kind: 'mse', heaviside: boolean }
 *   | { kind: 'tear' }
 *   | { kind: 'diagnosis' }
 *   | { kind: 'distribution' }
 *   | { kind: 'sampled', pick: Pick, draw: number }
 *   | { kind: 'walk', at: number, near: number }
 *   | { kind: 'parameters' }
 *   | { kind: 'turns' }} Query
 */

/**
 * Pictures, painted and as numbers.
 * @typedef {object} Pictures
 * @property {ImageData} sheet viridis, the pictures below one another, `side` wide
 * @property {Float32Array} values `[count, side²]`, 0 … 1
 * @property {number} side
 * @property {number} count
 * @property {number[]} indices in the training set; empty when decoded from codes
 * @property {number[]} angles in degrees; empty without angles
 */

/** Of finished epochs in order: every one of the `whole`, otherwise those that shape the curve, the last one among
 * them. @typedef {{ epochs: Float32Array, losses: Float32Array,
 *   kls: Float32Array }} Curve */

/**
 * @typedef {object} Views what each query is answered with
 * @property {Curve} losses
 * @property {Pictures} pictures
 * @property {Pictures} decoded
 * @property {{ codes: Float32Array, sigmas: Float32Array, angles: Float32Array, width: number, distinct: number,
 *   pictures: number }} codes `[count, width]` each, `sigmas` empty when classical, `angles` empty for `quad`; how many
 *   rows of `codes` are different, and how many pictures are
 * @property {number} mse over the whole training set
 * @property {{ lowAngle: number, highAngle: number, jump: number } | null} tear `jump` as a share of the range of all codes
 * @property {{ sentence: string, stuck: boolean } | null} diagnosis why the error is high at the end; `stuck` unless it
 *   was still falling
 * @property {{ codes: Distribution | null, sigmas: Sigmas | null }} distribution over the training set; `sigmas` null
 *   when classical, both null once a number is not finite
 * @property {Pictures} sampled reconstructed from codes drawn with σ
 * @property {{ at: number, z: Float32Array, decoded: Pictures, near: Pictures, codes: Float32Array }} walk the code at a share of
 *   the range that the training set uses (`at`, 0 … 1 and beyond), its picture, and the training pictures that code
 *   nearest to it, with the first numbers of their codes
 * @property {Float32Array} parameters in digest order
 * @property {Turns | null} turns null unless the code is one number
 */

/** Partitions of equal images after each layer, as places in {@link CensusNames}; the largest gradient of the equal images'
 * own loss over what could part them, and of the whole loss. @typedef {{ l1: number, code: number, l3: number,
 *   ownPull: number, wholePull: number }} Reasons */
/** @typedef {{ edges: number[], counts: number[], density: number[] }} Histogram bars of area 1 in all */
/** @typedef {{ count: number, mean: number, sd: number, withinThree: number, low: number, high: number,
 *   histogram: Histogram, normal: number[] }} Distribution `normal`: the density of N(0, 1) in the middle of each bar */
/** @typedef {{ low: number, median: number, high: number, histogram: Histogram }} Sigmas */

/** @typedef {Record<string, Query>} Wants named queries of one figure */
/** @typedef {Record<string, Wants>} AllWants by figure */

/**
 * The answers to `W`, under the same names.
 * @template {Wants} W
 * @typedef {{ [K in keyof W]: Views[W[K]['kind']] }} Answers
 */

/** @typedef {'idle' | 'training' | 'paused' | 'done' | 'diverged' | 'refused'} State */
/** @typedef {'same' | 'differs' | 'unchecked' | 'diverged'} VerdictWord */

/**
 * Where a training stands.
 * @typedef {object} Snapshot
 * @property {number} run which `open` it belongs to; older ones are to be ignored
 * @property {Exclude<State, 'refused'>} state
 * @property {number} epoch finished epochs
 * @property {number} epochs
 * @property {number} batch finished batches of the present epoch
 * @property {number} batches
 * @property {number} loss mean of the last finished epoch; NaN before the first
 * @property {number | null} divergedAt
 * @property {number} seconds spent training, pauses not counted
 * @property {string} digest of the present parameters; empty while training and once diverged
 * @property {VerdictWord} verdict
 * @property {string} link fragment; carries `check` once done, and `at` while another epoch is shown
 * @property {string | null} stopped why training ended by itself
 * @property {Moment} moment what is shown
 * @property {Record<string, Record<string, any>>} views by figure and name
 */

/**
 * The network that figures show: as training has left it, or as it was after another epoch.
 * @typedef {object} Moment
 * @property {number} shown finished epochs of it
 * @property {number} reached the last epoch that was ever finished in this run
 * @property {number} loss mean of that epoch; NaN before the first
 * @property {boolean} present it is where training stands
 * @property {string} digest of its parameters, where it is not
 */

/** When training ends by itself; null for what does not end it. @typedef {{ below: number | null, share: number | null,
 *   patience: number | null }} Stop */
/** @typedef {{ epoch: number, kind: 'equal' | 'tied' | 'dead' | 'jump' | 'solved', sentence: string }} Mark */

/* ---- anomalies ----------------------------------------------------------- */

/** @typedef {{ defect: string, low: number, high: number }} ConditionInfo a row of the table: a defect of these sizes */
/** @typedef {{ name: string, min: number, max: number, step: number, usual: number, unit: string }} DefectInfo */

/**
 * @typedef {object} ExamInfo what is examined; kinds, methods, conditions and defects are asked for by their place here
 * @property {number} side
 * @property {number} networks of each kind
 * @property {number} epochs
 * @property {number} batches per epoch
 * @property {string[]} kinds
 * @property {{ name: string, kind: number | null }[]} methods
 * @property {ConditionInfo[]} conditions
 * @property {DefectInfo[]} defects
 * @property {number[] | null} painting the pixels that the link carries
 */

/**
 * @typedef {object} Cell a method against a condition
 * @property {number} median AUC over the networks
 * @property {number} low
 * @property {number} high
 * @property {readonly [number, number]} interval DeLong's 95 % of the middle network
 * @property {number} networks
 * @property {number} lines share of outputs that are a line
 * @property {number | null} precision null where nothing is flagged
 * @property {number | null} recall
 */

/**
 * @typedef {object} Score of one image by one method
 * @property {number | null} shown by the network that is shown; null where that is not there
 * @property {{ median: number, low: number, high: number } | null} spread over the networks
 * @property {number} flagged how many networks label it an anomaly
 * @property {number} networks how many have judged it
 * @property {boolean} line whether the output shown is a line
 */

/** Counts of defects. @typedef {{ ahead: number, behind: number, overlap: number }} Versus */

/**
 * @typedef {object} Summary who wins, counted in Rust; null before there is anything to count
 * @property {Versus | null} variational VA against CA
 * @property {Versus | null} wide wide CA against CA
 * @property {Versus | null} heaviside_ca against the same network through a sigmoid
 * @property {Versus | null} heaviside_va
 * @property {number | null} pca_8 defects in which it is ahead of every network
 * @property {number | null} nearest_image
 * @property {readonly [number, number] | null} lines least and greatest share of the VA's outputs that are a line
 */

/** Shares of scores, in equal bins from `low` to `high`. @typedef {{ low: number, high: number, normal: number[],
 *   spoilt: number[] }} ScoreHistograms */
/** @typedef {{ threshold: number, histograms: ScoreHistograms | null,
 *   flagged: (Confusion & { precision: number | null, recall: number | null }) | null }} ThresholdFound */

/* ---- duel ----------------------------------------------------------------- */

/** @typedef {{ mse: (number | null)[], quartiles: { low: number, median: number, high: number } | null, finished: number,
 *   stuck: number, diverged: number }} DuelSide `mse` by seed, null where a network is missing, infinite where it diverged */
/** @typedef {{ u: number, p: number, method: 'exact' | 'normal', superiority: number }} RankTest */

/**
 * @typedef {object} DuelReport
 * @property {DuelSide} classical
 * @property {DuelSide} variational
 * @property {RankTest | null} test
 * @property {'classical' | 'variational' | 'neither'} winner
 * @property {number} stuckAbove the error
 * @property {number} networks of both kinds: 2k is the classical one of seed + k, 2k + 1 the variational one
 * @property {number} seed of the first two
 * @property {number} epochs
 * @property {boolean} done
 * @property {string | null} digest
 * @property {VerdictWord} verdict
 * @property {string} link carries `check` once done
 */

/* ---- minima ------------------------------------------------------------------ */

/** @typedef {{ outcomes: string[], causes: string[], partitions: number[][], pairs: [number, number][] }} CensusNames what
 * the numbers in a row of labels stand for */
/** @typedef {{ finished: number, shares: number[], digest: string | null, verdict: VerdictWord, link: string }} CensusReport
 * `shares`: count, share, low, high (95 %) for each outcome, cause, pair merged alone, pair merged at all */
/** @typedef {{ value: number, fraction: string | null, seen: [number, number, number, number] | null }} Chance exact, and
 * as seen: count, share, low, high */
/** @typedef {{ networks: number, given: Chance, some: Chance, two: Chance, independent: Chance, all: Chance,
 *   opposed: Chance | null, alike: [number, number, number, number] }} Chances before the first step */

/* ---- inside ---------------------------------------------------------------- */

/** @typedef {{ pixels: number, l1: number, code: number, l3: number }} Shape */
/** @typedef {{ shape: Shape, parameters: Float32Array, input: number, z: number | null, heaviside: boolean }} LookArgs
 *   `z` null for the code of that input */
/** @typedef {{ z: number, pixel: number, on: boolean }} Turn a pixel that changes there, and whether it is on above */
/** @typedef {{ pixel: number, from: number, to: number, before: boolean | null, after: boolean | null }} Zero of a
 *   pre-activation; `from` and `to` differ on a flat piece */
/** @typedef {{ from: number, to: number, pixels: number[] }} Emitted */
/** @typedef {{ l1: Float32Array, code: Float32Array, l3: Float32Array, y: Float32Array }} Passage what each layer says */

/**
 * @typedef {object} Look a network of the four 2×2 pictures, laid open
 * @property {Float32Array[]} images
 * @property {Passage[]} inputs each of them on its way
 * @property {number[]} codes their first numbers
 * @property {number} z
 * @property {{ l3: Float32Array, y: Float32Array }} at the decoder at z
 * @property {[number, number]} axis the part of the line of codes that is worth showing
 * @property {Float32Array} line codes along it
 * @property {Float32Array[]} curves every pixel over them; empty unless the code is one number
 * @property {Zero[]} zeros
 * @property {Turn[]} turns in order
 * @property {Emitted[]} emitted in order
 * @property {{ distance: number, pixel: number, z: number } | null} nearest turn to z
 * @property {{ sigmoid: number, heaviside: number }} errors the largest of any pixel
 * @property {Pictures} sheet the four pictures, the four that come back, the one at z
 */

/**
 * @typedef {object} Turns of a large picture
 * @property {Turn[]} turns
 * @property {number[]} first `[side²]`, the lowest turn between the codes; NaN where there is none
 * @property {number[]} counts of turns between the codes
 * @property {number} low
 * @property {number} middle code of the picture in the middle
 * @property {number} high
 * @property {number} side
 * @property {ImageData} sheet `first` as colours: the share of the pictures whose code is lower
 * @property {ImageData} scale these colours, `side` wide
 */

/* ---- pictures of one's own --------------------------------------------------- */

/**
 * Pictures that belong together, out of the wasm.
 * @typedef {object} LooseSet
 * @property {number} side
 * @property {Uint8Array} levels `[pictures, side²]`, 0 … 255
 * @property {readonly string[]} labels one for each picture; empty where nobody said
 * @property {readonly string[]} names
 */

/** @typedef {{ path: string, sentence: string }} Line what is said of a file */
/** Pictures that need not be in the set, with their scores. @typedef {{ scores: Float32Array, originals: Pictures | null,
 *   made: Pictures | null, odd: Pictures | null }} OwnOthers */
/** @typedef {LooseSet & { origins: readonly string[], normal: string | null, noted: Line[], refused: Line[] }} Gathered files
 *   as a set: `origins` say where each picture comes from, `noted` how files were taken that leave it open */

/**
 * @typedef {object} GatherOptions how files become pictures
 * @property {number} side 4 to 64
 * @property {'crop' | 'pad'} fit
 * @property {boolean} invert
 * @property {'white' | 'black'} over what stands behind transparent pictures
 * @property {readonly string[]} normal labels of what is normal; none for the usual ones
 */

/** @typedef {{ kind: 'gather', files: readonly { path: string, file: Blob }[], options: GatherOptions }} Gather reads files */
/** @typedef {{ done: number, of: number, path: string } | { set: Gathered }} Gathering on its way, or at its end */

/**
 * A network that is saved, and what sets the threshold that goes with it: dragged, or, where that is null, by the false
 * alarms that are allowed.
 * @typedef {{ network: number, falseAlarms: number, threshold: number | null }} OwnSaved
 */

/**
 * What is to be said of a set, in its order.
 * @typedef {object} OwnSetAbout
 * @property {string} digest
 * @property {{ label: string, pictures: number }[]} counts
 * @property {number[][]} alike groups of places of pictures that are the same
 * @property {number[]} flat places of pictures that are all of one grey
 * @property {Uint32Array} order where each picture stood before
 */

/**
 * @typedef {object} OwnInfo
 * @property {number} side
 * @property {number} pictures
 * @property {number} networks
 * @property {number} seed of the first
 * @property {number} epochs
 * @property {number} code
 * @property {'ca' | 'va'} model
 * @property {'mse' | 'bce'} loss
 * @property {number} training pictures that are learned
 * @property {number} heldOut
 * @property {number} anomalies
 * @property {string[]} methods the plain ones
 */

/** @typedef {{ epoch: number, share: number, finished: number, done: boolean, divergedAt: number | null, loss: number }}
 *   OwnProgress `share` of all epochs; `finished` networks */
/** @typedef {{ true_positives: number, false_negatives: number, false_positives: number, true_negatives: number }} Confusion */

/**
 * What scores say; null for what the set cannot answer.
 * @typedef {object} OwnJudgement
 * @property {number | null} threshold
 * @property {number | null} above share of all pictures
 * @property {{ value: number, low: number, high: number } | null} auc
 * @property {number | null} average_precision
 * @property {Confusion | null} confusion
 * @property {number | null} f1
 */

/**
 * @typedef {object} OwnAnswer of a method as it is now; null before it has scores
 * @property {OwnJudgement | null} judgement
 * @property {number} middle the score in the middle of the colours of what is odd
 * @property {{ high: number, training: number[], heldOut: number[], anomalies: number[] } | null} lying counts by bin from 0
 *   to `high`
 * @property {Float32Array | null} scores of all pictures
 * @property {Uint32Array} oddest places, the greatest score first
 * @property {Float64Array} roc false alarms and recall in turn
 */

/** @typedef {number | { median: number, low: number, high: number }} OwnFigure of a plain method, or over the networks */
/** @typedef {{ auc: OwnFigure | null, average_precision: OwnFigure | null, f1: OwnFigure | null }} OwnFigures */
/** @typedef {OwnFigures & { name: string, threshold: OwnFigure | null, above: OwnFigure | null, by_label: OwnFigures[] }} OwnRow */
/** @typedef {{ labels: [string, number][], rows: OwnRow[], worth: { standing: 'ahead' | 'level' | 'behind', best: string } |
 *   null }} OwnTable `worth`: how the networks stand to the best plain method, by AUC */

/* ---- calls -------------------------------------------------------------- */

/**
 * @typedef {object} Calls
 * @property {{ exp: string }} keys
 * @property {{ fragment: string }} parse
 * @property {{ fragment: string }} meant
 * @property {{ fragment: string }} sampleOf
 * @property {{ fragment: string }} missingNetwork
 * @property {{ variational: boolean, sizes: Uint32Array, parameters: Float32Array }} bringNetwork a saved network, for links that
 *   begin with it; `sizes` of the pixels, L1, the code and L3
 * @property {{ fragment: string, digest: string }} beginWith the same recipe, begun with such a network
 * @property {{ fragment: string }} tour
 * @property {{ links: string[] }} tourOf
 * @property {{ exp: string, values: Record<string, string> }} format
 * @property {{ fragment: string, changes: Record<string, string> }} change some values of the form; digest and what is
 *   for the reader are of the old run and go
 * @property {{ fragment: string, parts: Record<string, string> }} linkWith other parts beside a run, each as a link spells
 *   it, but `say` as plain text; empty where a part is to be left out
 * @property {{}} newSeed
 * @property {{ fragment: string, run: number, wants: AllWants, interval: number, stop?: Stop }} open makes the network, ends any
 *   before it; `interval` is the least time between two snapshots, in ms
 * @property {{ pace: number | null, wants: AllWants, until?: number, here?: boolean }} train on to the end, or to the
 *   end of epoch `until`; `pace` in epochs per second, null for full speed; `here`: from the epoch that is shown
 * @property {{ stop: Stop }} stopWhen from now on
 * @property {{ epoch: number | null, wants: AllWants }} visit shows another epoch, null for where training stands;
 *   training pauses
 * @property {{}} marks goes on looking for what happened, for a moment
 * @property {{}} pause
 * @property {{}} step one epoch (the rest of it, if one has begun)
 * @property {{ pace: number | null }} pace
 * @property {{}} network the network as it is now, as a safetensors file
 * @property {{ wants: AllWants }} watch changes what snapshots carry, and gives one
 * @property {{ wants: Wants }} ask answers one figure alone, and changes nothing
 * @property {{ side: number, degrees: number }} line one half plane of any angle
 * @property {{ fragment: string }} examine begins an examination of anomaly detectors
 * @property {{}} examPrepare examines one more plain method
 * @property {{ kind: number, network: number, parameters: Float32Array, finished: boolean }} examAdopt takes a network as
 *   it is now
 * @property {{ kind: number, network: number, epoch: number }} examDiverged
 * @property {{ kind: number, network: number }} examParameters of a network as it is now
 * @property {{ falseAlarms: number }} examTable every method against every condition
 * @property {{ pixels: Uint8Array, side: number, network: number, falseAlarms: number }} examImage one image, by all methods
 * @property {{ method: number, network: number, condition: number, falseAlarms: number, threshold: number | null,
 *   bins: number }} examThreshold `threshold` null for the one of `falseAlarms`
 * @property {{ method: number, network: number, condition: number }} examRoc
 * @property {{ defect: number, size: number, seed: number }} examExample
 * @property {{}} examReport
 * @property {{ pixels: Uint8Array }} examLink with this image in it
 * @property {{ fragment: string }} duel begins a duel, without any network
 * @property {{ parts: DuelPart[] }} duelAdd takes trained networks into it
 * @property {{}} censusNames
 * @property {{ fragment: string, labels: Uint8Array }} tally sums up all rows of labels of a census
 * @property {{ fragment: string, labels: Uint8Array, numbers: Float32Array }} censusCsv
 * @property {{ fragment: string, network: number }} censusNetwork the link to one network of it
 * @property {{ fragment: string, parameters: Float32Array }} censusReasons why a network of that link is as it is
 * @property {{ fragment: string }} odds
 * @property {{ counts: Uint32Array, of: number }} shares
 * @property {LookArgs} look lays a network open
 * @property {{ figure: number }} preset a network set by hand as in that figure
 * @property {{ fragment: string, parameters: Float32Array }} hand the link of a network set by hand
 * @property {{ fragment: string, grey: boolean }} wholeDigest trains all networks of a link at once; with `grey` on spots of
 *   grey
 * @property {{ fragment: string, wants: Wants }} peek looks at a network without training or keeping it
 * @property {AnyJob} job a range of a run's networks (`pool.js`), files to be read, or the training of a set's networks;
 *   sends {@link Part}s, then answers
 * @property {LooseSet} npz the file of a set of pictures (of the decoder alone)
 * @property {LooseSet} ownSet brings a set of pictures
 * @property {{ fragment: string, stop: Stop }} own makes the networks of a link to that set
 * @property {{ stop: Stop }} ownStop from here on their training ends by itself
 * @property {{}} ownPrepare goes on with the plain methods
 * @property {{ network: number, most: number }} ownCurve
 * @property {{ network: number, epoch: number | null, all: boolean }} ownVisit shows another epoch of a network, or of all of
 *   them, null for where training stands
 * @property {{ network: number }} ownIdle what of a network, as it is shown, lies idle
 * @property {{ network: number, places: Uint32Array }} ownCodes of pictures
 * @property {{ network: number, codes: Float32Array, side: number }} ownDecode
 * @property {{ network: number }} ownMarks goes on looking for what happened on its way, for a moment
 * @property {{ method: number, falseAlarms: number, threshold: number | null, bins: number }} ownAsk a method is its place
 *   among the plain ones of {@link OwnInfo}, after them come the networks; `threshold` null for the one of `falseAlarms`
 * @property {{ falseAlarms: number }} ownTable
 * @property {{ method: number, places: Uint32Array, threshold: number, side: number }} ownPictures pictures, what a method
 *   makes of them, how odd each pixel is
 * @property {{ method: number, levels: Uint8Array, threshold: number, side: number }} ownOthers likewise, of pictures that
 *   need not be in the set
 * @property {{}} ownReport
 * @property {OwnSaved} ownNetwork as a safetensors file
 */

/**
 * @typedef {object} Replies
 * @property {KeyInfo[]} keys
 * @property {Parsed} parse
 * @property {{ isLink: boolean, exp: string | null, isTour: boolean }} meant whether a fragment is meant as a link, and to
 *   which section; a tour is several links
 * @property {{ fragment: string, say: string }[]} tour its stops, each with its sentence taken out of the link
 * @property {string} tourOf the fragment of a tour of these links
 * @property {string | null} missingNetwork the digest of the network that a refused link begins with, and nobody has brought
 * @property {string} bringNetwork its digest
 * @property {string} beginWith the fragment
 * @property {string | null} sampleOf the fragment of a sample, of a refused census that is too large for a browser
 * @property {string} format
 * @property {Parsed} change
 * @property {string} linkWith
 * @property {number} newSeed
 * @property {{ info: Info, snapshot: Snapshot }} open
 * @property {null} train
 * @property {null} stopWhen
 * @property {Snapshot | null} visit null when another epoch was asked for on the way
 * @property {{ share: number, marks: Mark[] }} marks of the share of the epochs that has been looked at
 * @property {Snapshot} pause
 * @property {Snapshot} step
 * @property {null} pace
 * @property {Uint8Array<ArrayBuffer>} network
 * @property {Snapshot} watch
 * @property {Record<string, any>} ask
 * @property {Pictures} line
 * @property {ExamInfo} examine
 * @property {boolean} examPrepare whether nothing is left
 * @property {null} examAdopt
 * @property {null} examDiverged
 * @property {Float32Array | null} examParameters null where it is not there
 * @property {{ cells: (Cell | null)[][], summary: Summary }} examTable `cells` by condition, then by method; null before it
 *   is examined
 * @property {{ pictures: Pictures, scores: Score[] }} examImage the image, then what each method makes of it, then how far
 *   each of these is off
 * @property {ThresholdFound | null} examThreshold null before that network is examined
 * @property {Float64Array} examRoc false alarms and recall in turn
 * @property {Uint8Array} examExample
 * @property {{ verdict: VerdictWord, digest: string | null }} examReport
 * @property {string} examLink
 * @property {DuelReport} duel
 * @property {DuelReport} duelAdd
 * @property {CensusNames} censusNames
 * @property {CensusReport} tally
 * @property {string} censusCsv
 * @property {string} censusNetwork
 * @property {Reasons | null} censusReasons null but for `quad`
 * @property {Chances} odds
 * @property {Float64Array} shares `[counts, 4]`: count, share, low, high
 * @property {Look} look
 * @property {Float32Array} preset
 * @property {string} hand
 * @property {string | null} wholeDigest null where a network diverged
 * @property {{ info: Info, views: Record<string, any> }} peek
 * @property {null} job when its last part is sent, or when it was cancelled
 * @property {Uint8Array<ArrayBuffer>} npz
 * @property {OwnSetAbout} ownSet
 * @property {{ info: OwnInfo, parts: Uint8Array, progress: OwnProgress }} own `parts` of the pictures: 0 learned, 1 held out,
 *   2 to be found
 * @property {null} ownStop
 * @property {boolean} ownPrepare whether nothing is left
 * @property {{ epochs: Float32Array, losses: Float32Array, heldOut: Float32Array, moment: Moment }} ownCurve of finished
 *   epochs; `heldOut` is NaN where no pictures are
 * @property {Moment | null} ownVisit null when another epoch was asked for on the way
 * @property {{ sentence: string, stuck: boolean }[]} ownIdle
 * @property {Float32Array} ownCodes `[places, code]`, the means of a variational network
 * @property {Pictures} ownDecode
 * @property {{ share: number, marks: Mark[] }} ownMarks of the share of the epochs that has been looked at
 * @property {OwnAnswer} ownAsk
 * @property {OwnTable} ownTable
 * @property {{ originals: Pictures | null, made: Pictures | null, odd: Pictures | null }} ownPictures
 * @property {OwnOthers | null} ownOthers null while the method cannot make any
 * @property {{ progress: OwnProgress, digest: string | null, verdict: VerdictWord, link: string, stopped: string | null,
 *   diagnosis: { sentence: string, stuck: boolean } | null }} ownReport `stopped`: why training ended by itself, where it
 *   did; `diagnosis` of the first network, at its end
 * @property {Uint8Array<ArrayBuffer>} ownNetwork
 */

/** @typedef {'keys' | 'parse' | 'meant' | 'sampleOf' | 'missingNetwork' | 'bringNetwork' | 'format' | 'change' | 'linkWith' |
 *   'newSeed'} LinkCall any worker that trains is asked for */
/** @typedef {'censusNames' | 'tally' | 'censusCsv' | 'censusNetwork' | 'censusReasons' | 'odds' | 'shares'} CensusCall */
/** @typedef {'duel' | 'duelAdd'} DuelCall */
/** @typedef {'examine' | Extract<keyof Calls, `exam${Capitalize<string>}`>} ExamCall */
/** @typedef {'own' | Extract<keyof Calls, `own${Capitalize<string>}`>} OwnCall */
/** @typedef {CensusCall | DuelCall | ExamCall | OwnCall | 'tour' | 'tourOf' | 'beginWith' | 'wholeDigest'} StudyCall a worker
 *   of many networks is asked for */
/** @typedef {Exclude<keyof Calls, LinkCall | StudyCall | 'job' | 'npz'>} NetworkCall a worker of one network is asked for */

/* ---- jobs: many networks, over all workers of a pool ------------------------ */

/**
 * What each kind of job takes besides its link and its range. To add a kind: a line here, a line in
 * {@link Parts}, a generator of that name in `pool-jobs.js`.
 * @typedef {object} Jobs
 * @property {{}} census
 * @property {{ epochs: Uint32Array }} drift after which epochs outcomes are counted
 * @property {{}} anomalies
 * @property {{}} duel
 */

/**
 * What each kind of job sends while it runs.
 * @typedef {object} Parts
 * @property {CensusPart} census
 * @property {DriftPart} drift
 * @property {AnomalyPart} anomalies
 * @property {DuelPart} duel
 */

/** @typedef {{ index: number, epoch: number, mse: number, finished: { parameters: Float32Array, link: string } | null }} DuelPart
 * a network of a duel, on its way or trained; its link carries `check` */

/**
 * A network of the anomalies, on its way or trained.
 * @typedef {object} AnomalyPart
 * @property {number} network its seed's place times the number of kinds, plus its kind
 * @property {number} epoch finished epochs
 * @property {boolean} done
 * @property {number | null} divergedAt
 * @property {Float32Array} parameters as they are now
 */

/** @typedef {{ first: number, count: number, labels: Uint8Array, numbers: Float32Array }} CensusPart networks of a census
 * that are trained: `[count, 11]` outcome, partition, cause (by {@link CensusNames}) and digest; `[count, 1 + 4·code]`
 * loss and codes */
/** @typedef {{ first: number, count: number, counts: Uint32Array }} DriftPart of trained networks: `[epochs, outcomes]` */

/**
 * The networks `first … first + count − 1` of a link that asks for many.
 * @typedef {{ [K in keyof Jobs]: { kind: K, fragment: string, first: number, count: number, args: Jobs[K] } }[keyof Jobs]} Job
 */

/** @typedef {Job | Gather | { kind: 'own', until: number | null, here: boolean }} AnyJob the last trains a set's
 *   networks, to their end or to that of an epoch; `here`: from the epoch that is shown */

/** @typedef {{ [K in keyof Calls]: { id: number, type: K, args: Calls[K] } }[keyof Calls]} Call */
/** @typedef {{ type: 'seen' }} Seen */
/** @typedef {{ type: 'program', module: WebAssembly.Module, release: string, life: string }} Program the wasm, compiled;
 *   the release that it is of; the lock to be held by a worker that lives */
/** @typedef {{ type: 'alive' }} Alive the worker holds that lock */
/** @typedef {{ type: 'answered', id: number, value: Replies[keyof Replies] }} Answered */
/** @typedef {{ type: 'failed', id: number, sentence: string, fatal: boolean }} Failed `fatal`: the wasm instance is dead */
/** @typedef {{ type: 'shown', snapshot: Snapshot }} Shown */
/** @typedef {{ type: 'died', sentence: string }} Died */
/** @typedef {{ type: 'part', id: number, value: Parts[keyof Parts] | Gathering | OwnProgress }} Part of the job with this
 *   number */
/** @typedef {{ type: 'cancel', id: number }} Cancel ends that job at its next pause; it is answered all the same */

/** @typedef {Call | Seen | Cancel | Program} ToWorker */
/** @typedef {Answered | Failed | Shown | Died | Part | Alive} FromWorker */

export {};
