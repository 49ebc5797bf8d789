// <resnet-playground depth="29">: a ResNet Playground inside another page. docs/embedding/README.md describes its attributes,
// methods and events, resnet-playground.d.ts has their types.
(() => {
  const BASE = new URL('.', document.currentScript?.src ?? location.href);
  /** Page, WebGPU trainer and images, compressed; a test of `xtask/src/sizes.rs` keeps it true. */
  const LOADS = ' (loads up to 7 MB)';
  const MOST_LOADED = 2;
  const LEAST_HEIGHT = 240;
  const PARK_AFTER_MS = 10_000;
  const COMMANDS = 'play pause step reset setLink getLink getMetrics getState setState park';
  /** Attributes that are no keys of the link, beside those that every element knows. */
  const NO_KEYS = /^(start|poster|src|link|height|class|tabindex|(_|data-|aria-).*)$/;
  /** Keys that leave the drawing as the posters show it. */
  const DRAWN = /^(depth|skips|theme|lang|view|hide|splice|goal|curve|lesson|seed|device|images|held-out|epochs|batch|rate)$/;
  const STYLE = `:host(:not([hidden])){display:block}
div{position:relative}
iframe,section{position:absolute;inset:0;box-sizing:border-box;width:100%;height:100%;border:0}
section:not([hidden]){padding:9px;display:flex;flex-direction:column;justify-content:center;align-items:center;gap:9px;
  background:Canvas;background:light-dark(#fff,#17191d);color:CanvasText;border:1px solid #8886;border-radius:9px;
  font:15px system-ui;text-align:center}
img{min-height:0;flex:1;max-width:100%}
button{font:inherit;padding:9px 20px;border:0;border-radius:9px;background:#2f55d4;color:#fff}
b{display:block}`;

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const ignore = () => {};
  const isBusy = (activity) => activity === 'loading' || activity === 'training';

  /** Elements on screen, those that train as soon as they may, and those with a frame: the one used last at the end. */
  const visible = new Set();
  const waiting = new Set();
  const loaded = [];
  /** The element that trains. */
  let training;
  /** Elements whose frame has a trainer, and what takes it away. */
  const trainers = new Map();

  /** Starts one that waits, where nothing trains and there is room. */
  const startNext = () => {
    const hasRoom = loaded.filter((one) => visible.has(one)).length < MOST_LOADED;
    const next = [...waiting].find((one) => visible.has(one) && (hasRoom || loaded.includes(one)));
    if (training || !next) return;
    training = next;
    next.play().catch(() => {
      if (training === next) training = undefined;
      startNext();
    });
  };

  const embed = (element) => {
    const box = make('div');
    const poster = make('section');
    const image = make('img', { onerror: () => (image.hidden = true) });
    const button = make('button', { onclick: () => element[goesOn ? 'play' : 'getMetrics']().catch(ignore) });
    const action = make('b');
    const words = make('span');
    const status = make('output');
    const full = make('a', { target: '_blank', textContent: 'Open the full page' });
    const changes = new MutationObserver(() => render());
    const root = element.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();

    const id = `${Math.random()}`; // of hellos
    let url, frame, port, parking, parkTimer, helloTimer, patienceTimer, activity, step;
    let opening, settle; // the promise of a frame that takes commands, and what resolves it
    let state = null; // of a parked run
    let goesOn = true; // whether the poster's button trains
    let height = 420;
    let lastId = 0;
    const calls = new Map();

    const show = (does, says) => {
      action.textContent = does;
      status.textContent = says;
      poster.hidden = false;
    };

    const startsVisible = () => element.getAttribute('start') === 'visible';

    const setHeight = () => {
      const given = element.getAttribute('height') || height;
      box.style.height = +given ? `${given}px` : given;
    };

    /** Follows the attributes. */
    const render = () => {
      const of = (name) => element.getAttribute(name) ?? '';
      const before = url?.search;
      url = new URL(of('src') || of('link').replace(/^.*\?|^/, '?'), BASE);
      const keys = url.searchParams;
      for (const { name, value } of element.attributes) if (name === 'lang' || (!NO_KEYS.test(name) && !(name in element))) keys.set(name, value);
      keys.delete('embed');
      const depth = keys.get('depth');
      const theme = keys.get('theme');
      const shade = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme:dark)').matches) ? 'dark' : 'light';
      const isPlain = keys.get('skips') === 'off';
      const isDrawn = depth % 9 === 2 && depth > 9 && depth < 165 && [...keys.keys()].every((key) => DRAWN.test(key));
      const picture = of('poster') || (isDrawn && new URL(`posters/${depth}${isPlain ? '-plain' : ''}-${shade}.svg`, url));
      image.hidden = !picture;
      if (picture) image.src = picture;
      image.alt = of('title') || `ResNet${depth && ` of depth ${depth}`}${isPlain ? ' without skip connections' : ''}`;
      words.textContent = image.alt + LOADS;
      full.href = url;
      box.style.colorScheme = shade;
      setHeight();
      if (frame && before !== url.search) element.setLink(url.search).catch(ignore);
    };

    const stop = () => {
      clearInterval(helloTimer);
      clearTimeout(patienceTimer);
    };

    /** Takes the frame away; what waits for it fails. */
    const end = (message) => {
      const error = Error(message);
      stop();
      clearTimeout(parkTimer);
      port?.close();
      frame?.remove();
      settle?.(Promise.reject(error));
      calls.forEach(({ reject }) => reject(error));
      calls.clear();
      trainers.delete(element);
      frame = port = opening = settle = activity = undefined;
      if (loaded.includes(element)) loaded.splice(loaded.indexOf(element), 1);
      rest();
    };

    const emit = (event, detail) => element.dispatchEvent(new CustomEvent(event, { detail }));
    const fail = (message, event = 'error') => {
      waiting.delete(element);
      end(message);
      show('Try again', message);
      emit(event, event === 'error' ? { message, remedy: 'Open the full page.' } : { reason: message });
    };
    const failAfter = (ms) => (patienceTimer = setTimeout(fail, ms, 'The playground does not answer.'));

    /** Becomes the one that trains: the others keep their runs, but no trainer and no GPU. */
    const lead = () => {
      training = element;
      waiting.delete(element);
      loaded.push(...loaded.splice(loaded.indexOf(element), 1));
      trainers.delete(element);
      trainers.forEach((end) => end());
      trainers.clear();
      trainers.set(element, () => ask('park').catch(ignore));
    };
    const rest = () => {
      if (training === element) training = undefined;
      startNext();
    };

    const ask = (command, params) =>
      new Promise((resolve, reject) => {
        const message = { id: ++lastId, command, params };
        calls.set(lastId, { message, resolve, reject });
        port.postMessage(message);
      });

    const hear = (event, data = {}) => {
      if (event === 'ready') settle?.();
      if (event === 'unsupported' && settle) return fail(data.reason, event);
      if (event === 'resize') {
        height = Math.max(data.height, LEAST_HEIGHT);
        setHeight();
      }
      if (event === 'step') ({ step } = data);
      if (data.activity) {
        const wasBusy = isBusy(activity);
        ({ activity, step } = data);
        if (activity === 'training') lead();
        else if (wasBusy && !isBusy(activity) && training === element) training = undefined;
      }
      emit(event, data);
      if (event === 'done' || event === 'diverged' || data.activity === 'failed') rest();
    };

    const greet = () => {
      let left = 20;
      const message = { resnetPlayground: 'hello', version: 1, id };
      const hello = () => left-- > 0 && frame.contentWindow.postMessage(message, url.origin);
      stop();
      failAfter(20_000);
      helloTimer = setInterval(hello, 500);
      hello();
    };

    const receive = ({ data, source, origin, ports }) => {
      if (!frame || source !== frame.contentWindow || origin !== url.origin || data?.version !== 1) return;
      if (data.resnetPlayground === 'here') greet(); // on a slow line hellos may be over by then
      if (data.resnetPlayground === 'unsupported') fail(data.reason, 'unsupported'); // its program does not start
      if (data.resnetPlayground !== 'port' || data.id !== id) return;
      stop();
      [port] = ports;
      port.onmessage = ({ data: { id, result, error, event, data } }) => {
        if (event) return hear(event, data);
        const call = calls.get(id);
        calls.delete(id);
        if (error) call?.reject(Error(error));
        else call?.resolve(result);
      };
      calls.forEach(({ message }) => port.postMessage(message)); // another hello has closed the port before
    };

    const open = async () => {
      const ready = new Promise((resolve) => (settle = resolve));
      loaded.push(element);
      status.textContent = 'Loading …';
      await Promise.race([ready, Promise.all(loaded.slice(0, -MOST_LOADED).map((other) => other.park().catch(ignore)))]);
      const src = new URL(url);
      src.searchParams.set('embed', 1);
      const allow = 'fullscreen;clipboard-write;cross-origin-isolated';
      frame = make('iframe', { title: image.alt, allow, referrerPolicy: 'no-referrer', onload: greet, src });
      failAfter(60_000);
      box.prepend(frame);
      await ready;
      settle = undefined;
      if (state) await ask('setState', { state });
      const hadFocus = root.activeElement;
      poster.hidden = true;
      if (hadFocus) frame.focus({ preventScroll: true });
    };

    const park = async () => {
      await opening;
      goesOn = isBusy(activity) || activity === 'paused';
      failAfter(30_000);
      ({ state } = await ask('park').finally(stop));
      end('The playground is parked.');
      if (!startsVisible()) waiting.delete(element);
      show(goesOn ? 'Continue' : 'Show again', step ? `Stopped at step ${step}.` : '');
      return { state };
    };

    const call = async (command, argument) => {
      if (command === 'park' && opening) return (parking ??= park().finally(() => (parking = undefined)));
      await parking?.catch(ignore);
      if (!opening && /^(pause|park|getState)$/.test(command)) return { state };
      if (!element.isConnected) throw Error('The playground is not on the page.');
      opening ??= open().catch((error) => {
        if (opening) fail(error.message);
        throw error;
      });
      await opening;
      if (command === 'play' || command === 'step') lead();
      return ask(command, { setLink: { link: argument }, setState: { state: argument } }[command]);
    };
    for (const command of COMMANDS.split(' ')) element[command] = (argument) => call(command, argument);

    const watcher = new IntersectionObserver((entries) => {
      clearTimeout(parkTimer);
      if (entries.at(-1).isIntersecting) {
        visible.add(element);
        // Later: a browser tells the elements that came on screen together in any order, and the first of the page starts.
        return setTimeout(startNext);
      }
      visible.delete(element);
      if (!opening) return;
      if (training === element) {
        waiting.add(element);
        element.pause().catch(ignore);
        rest();
      }
      parkTimer = setTimeout(() => element.park().catch(ignore), PARK_AFTER_MS);
    });

    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    button.append(action, words);
    poster.append(image, button, status, full);
    box.append(poster);
    root.append(box);
    show('Play', '');

    const enter = () => {
      render();
      changes.observe(element, { attributes: true });
      if (startsVisible()) waiting.add(element);
      watcher.observe(element);
      addEventListener('message', receive);
    };
    const leave = () => {
      removeEventListener('message', receive);
      changes.disconnect();
      watcher.disconnect();
      visible.delete(element);
      waiting.delete(element);
      end('The playground left the page.');
      show(state ? 'Continue' : 'Play', '');
    };
    return { enter, leave };
  };

  class ResNetPlayground extends HTMLElement {
    #embed = embed(this);
    connectedCallback() {
      this.#embed.enter();
    }
    disconnectedCallback() {
      this.#embed.leave();
    }
  }
  if (!customElements.get('resnet-playground')) customElements.define('resnet-playground', ResNetPlayground);
})();
