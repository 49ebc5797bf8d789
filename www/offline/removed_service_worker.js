// In the place of the service worker where the page is developed: one of an earlier build would go on showing that build.
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => {
  const leave = async () => {
    await registration.unregister();
    for (const client of await clients.matchAll({ type: 'window' })) client.navigate(client.url);
  };
  event.waitUntil(leave());
});
