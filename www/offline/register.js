// Has the service worker keep the page for visits without a network, and tells the page when a newer build waits.
{
  const script = document.querySelector('meta[name="service-worker"]')?.content;
  const workers = navigator.serviceWorker; // undefined over plain http
  const { dataset } = document.documentElement;

  const offer = () => {
    dataset.update = 'ready';
    dispatchEvent(new Event('update-ready'));
  };

  const register = async () => {
    const registration = await workers.register(script);
    // The first one that is kept is the build that the page shows.
    const offerLater = (worker) =>
      worker?.addEventListener('statechange', () => worker.state === 'installed' && registration.active && offer());
    if (registration.waiting) offer();
    offerLater(registration.installing);
    registration.addEventListener('updatefound', () => offerLater(registration.installing));
    addEventListener('use-update', () => {
      workers.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration.waiting?.postMessage('take over');
    });
  };

  // A frame in somebody's page keeps nothing, and a visitor who saves data fetches nothing in advance.
  const isEmbed = new URLSearchParams(location.search).get('embed') === '1' || parent !== window;
  if (script && workers && !isEmbed && !navigator.connection?.saveData) {
    // Once the page has fetched what Play needs: on a slow connection that would wait behind all other files.
    // Without storage, or with an older browser, the page is as it was before there were such workers.
    addEventListener('keep-page', () => register().catch(() => {}), { once: true });
  }
}
