/** Keeps the page in this browser, so that it works without a network from the second visit on. */

export async function keepOffline() {
  // Not there while `trunk serve` watches; and in private windows some browsers have no such workers.
  const script = document.querySelector('meta[name="offline"]')?.getAttribute('content');
  try {
    // In a closed frame to ask for it is an error already.
    const workers = navigator.serviceWorker;
    if (!workers) return;
    if (script) await workers.register(script);
    else await (await workers.getRegistration())?.unregister();
  } catch {
    // Forbidden here: the page works all the same, as long as there is a network.
  }
}
