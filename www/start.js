/**
 * Starts the page, or says in its notice why it cannot start and what would do. A plain script in the language of 2015, so
 * that browsers which understand nothing else here understand this one. Where not even this one runs, the notice itself
 * comes up after a while (`style.css`). `main.js` removes it.
 */

(() => {
  const notice = /** @type {HTMLElement} */ (document.getElementById('not-started'));

  /** @param {string} sentence */
  function tell(sentence) {
    // Once it has started, errors are the page's own affair; and the first one says most.
    if (!notice.parentNode || notice.className.indexOf('late') < 0) return;
    notice.className = notice.className.replace('late', '');
    /** @type {HTMLElement} */ (notice.querySelector('.detail')).textContent = sentence;
  }

  /** What is missing here, with what would do; empty if nothing is. */
  function missing() {
    if (location.protocol === 'file:')
      return 'The page was opened as a file, and browsers load no modules from files. Any web server will do, such as “python3 -m http.server” in the folder of the page: its address is http://localhost:8000 then.';
    if (window.origin === 'null')
      return 'The page stands in a closed (sandboxed) frame, which keeps it from loading its own parts. Opened in a tab of its own it works; or the frame is given allow-same-origin beside allow-scripts.';
    if (!('noModule' in HTMLScriptElement.prototype))
      return 'This browser is too old: it does not know modules. A current Firefox, Chrome, Edge or Safari will do.';
    if (typeof WebAssembly !== 'object')
      return 'WebAssembly is missing: this browser is too old for it, or it is switched off, as in Safari’s Lockdown Mode or in the strictest setting of Tor Browser. Allow it for this page and load the page again, or take another browser.';
    if (!WebAssembly.validate(VECTORS))
      return 'WebAssembly lacks its vector instructions (SIMD) here. Firefox from 89 on, Chrome and Edge from 91 and Safari from 16.4 have them, on processors not older than about 2010.';
    return '';
  }

  /** The smallest module with vectors in it: a function that fills one with a number and counts its bits. */
  const VECTORS = new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
  ]);

  const sentence = missing();
  if (sentence) return tell(sentence);

  // Whatever a script says of itself before the page has started kept it from starting.
  addEventListener('error', (event) =>
    tell(
      `One of its scripts stopped (${event.message}). Load the page again; if this stays, a newer browser may do: a current Firefox, Chrome, Edge or Safari.`,
    ),
  );
  const main = document.createElement('script');
  main.type = 'module';
  main.src = 'main.js';
  main.onerror = () =>
    tell(
      'One of its scripts, main.js, could not be loaded: the network is gone, something blocks it, or it is missing on the host. Load the page again; whoever keeps the host finds all that belongs there in the folder dist.',
    );
  document.head.appendChild(main);
})();
