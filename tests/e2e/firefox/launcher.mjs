#!/usr/bin/env node
// Starts Firefox, and stands between it and Playwright where the two do not speak quite the same WebDriver BiDi:
// - Playwright gives every page a command about preferred colours, which Firefox's long-term releases do not know yet, and gives
//   up where that fails. Here it counts as done: no test in Firefox changes colours.
// - Firefox names no navigation in what it tells of a download that a script began, and Playwright then takes no notice of it.
//   Here it gets its address for a name, which no two of them share.
// - Playwright reads accessible names now in the page's own world and now in one beside it, and Firefox 153 crashes in the second.
//   Here both are the page's own.
// All else passes as it is.
// FIREFOX=/path/to/firefox launcher.mjs --remote-debugging-port=0 …
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';

const MAY_BE_UNKNOWN = 'emulation.setMediaFeaturesOverride';
const ASK_THE_PAGE = ['script.callFunction', 'script.evaluate'];
const OF_DOWNLOADS = ['browsingContext.downloadWillBegin', 'browsingContext.downloadEnd'];
/** What Firefox says when it listens, and Playwright waits for. */
const LISTENING = /^(.*WebDriver BiDi listening on )ws:\/\/(.*)$/;

function standBetween(client, address) {
  const browser = new WebSocket(address, { perMessageDeflate: false });
  const early = [];
  const mayFail = new Set();
  browser.on('open', () => early.splice(0).forEach((text) => browser.send(text)));
  client.on('message', (data) => {
    const command = JSON.parse(data.toString());
    if (command.method === MAY_BE_UNKNOWN) mayFail.add(command.id);
    if (ASK_THE_PAGE.includes(command.method)) delete command.params.target.sandbox;
    const text = JSON.stringify(command);
    if (browser.readyState === WebSocket.OPEN) browser.send(text);
    else early.push(text);
  });
  browser.on('message', (data) => {
    const message = JSON.parse(data.toString());
    const isUnknown = mayFail.delete(message.id) && message.error === 'unknown command';
    if (OF_DOWNLOADS.includes(message.method)) message.params.download ??= message.params.url;
    client.send(JSON.stringify(isUnknown ? { type: 'success', id: message.id, result: {} } : message));
  });
  for (const [one, other] of [[client, browser], [browser, client]]) {
    one.on('close', () => other.close());
    one.on('error', () => other.close());
  }
}

const firefox = spawn(process.env.FIREFOX ?? 'firefox', process.argv.slice(2), { stdio: ['ignore', 'inherit', 'pipe'] });
firefox.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
firefox.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => firefox.kill(signal));

createInterface({ input: firefox.stderr }).on('line', (line) => {
  const found = LISTENING.exec(line);
  if (!found) return console.error(line);
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (client, request) => standBetween(client, `ws://${found[2]}${request.url}`));
  server.on('listening', () => console.error(`${found[1]}ws://127.0.0.1:${server.address().port}`));
});
