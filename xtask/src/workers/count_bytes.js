// Tells the page how many bytes of the program have arrived: on a slow connection that takes minutes.
{
  const fetchAny = self.fetch;
  self.fetch = async (...asked) => {
    const response = await fetchAny(...asked);
    if (response.ok && response.body && new URL(response.url).pathname.endsWith('.wasm')) {
      self.fetch = fetchAny;
      count(response.clone().body.getReader()).catch(() => {}); // the program's own reader says what went wrong
    }
    return response;
  };
  const count = async (reader) => {
    let received = 0;
    let toldAt = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      received += value.length;
      if (performance.now() - toldAt < 200) continue;
      toldAt = performance.now();
      postMessage(received);
    }
  };
}
