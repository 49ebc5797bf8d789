// Types of <resnet-playground> and of what it says. messages.schema.json describes the same messages for any language.

export type Activity = 'idle' | 'loading' | 'training' | 'paused' | 'finished' | 'failed';

/** What is not known is null. Accuracies are shares from 0 to 1. */
export interface Metrics {
  activity: Activity;
  step: number | null;
  steps: number | null;
  epoch: number | null;
  epochs: number | null;
  loss: number | null;
  trainingAccuracy: number | null;
  heldOutAccuracy: number | null;
  heldOutLoss: number | null;
  /** Time spent in training steps. */
  trainingSeconds: number | null;
  device: string | null;
  /** The link's goal (`goal=accuracy:55@60s`), if it has one; the score is from 0 to 1. */
  goal: { text: string; reached: boolean | null; score: number } | null;
}

/** What each command takes beside its name. */
export interface CommandParams {
  play: undefined;
  pause: undefined;
  step: undefined;
  reset: undefined;
  /** A query (`?depth=29`) or a whole address. */
  setLink: { link: string };
  getLink: undefined;
  getMetrics: undefined;
  getState: undefined;
  setState: { state: string };
  park: undefined;
}

/** What each command gives. */
export interface CommandResults {
  play: object;
  pause: object;
  step: object;
  reset: object;
  /** The link as it is used, and a sentence for each value that was replaced. */
  setLink: { link: string; notices: string[] };
  /** `link` is the query, `url` the full page with the same experiment. */
  getLink: { link: string; url: string };
  getMetrics: Metrics;
  /** Text that only the playground reads: the link and the run as far as it went. */
  getState: { state: string };
  setState: { link: string };
  /** As `getState`; afterwards the frame may be removed. */
  park: { state: string };
}

/** What the playground tells by itself. */
export interface EventData {
  /** It takes commands from now on. */
  ready: { version: 1; link: string; build: string };
  /** Another activity or another link. */
  state: Metrics;
  /** At most ten times a second, the newest. */
  step: { step: number; steps: number | null; epoch: number | null; loss: number | null; trainingAccuracy: number | null };
  epoch: {
    epoch: number;
    epochs: number | null;
    trainingLoss: number | null;
    trainingAccuracy: number | null;
    heldOutLoss: number | null;
    heldOutAccuracy: number | null;
  };
  paused: { step: number };
  done: Metrics;
  diverged: { step: number; reason: string };
  /** It cannot run here. */
  unsupported: { reason: string };
  /** Height of what it shows, in CSS pixels. */
  resize: { height: number };
  error: { message: string; remedy: string | null };
}

export type CommandName = keyof CommandParams;
export type EventName = keyof EventData;

/** Page to frame by `window.postMessage`. */
export interface HelloMessage {
  resnetPlayground: 'hello';
  version: 1;
  id: string;
}

/** Frame to page by `window.postMessage`, with a `MessagePort` for all that follows. */
export interface PortMessage {
  resnetPlayground: 'port';
  version: 1;
  id: string;
}

/** Frame to page by `window.postMessage`: hellos are heard from now on. */
export interface HereMessage {
  resnetPlayground: 'here';
  version: 1;
}

/** Frame to page by `window.postMessage`: its program does not start, and there is no port to say so. */
export interface NotStartedMessage {
  resnetPlayground: 'unsupported';
  version: 1;
  reason: string;
}

/** Page to frame over the port. */
export type CommandMessage = {
  [Name in CommandName]: CommandParams[Name] extends undefined
    ? { id: number; command: Name }
    : { id: number; command: Name; params: CommandParams[Name] };
}[CommandName];

/** Frame to page over the port. */
export type AnswerMessage<Name extends CommandName = CommandName> =
  | { id: number; result: CommandResults[Name] }
  | { id: number; error: string };

/** Frame to page over the port. */
export type EventMessage = { [Name in EventName]: { event: Name; data: EventData[Name] } }[EventName];

type OwnEvents = { [Name in EventName]: CustomEvent<EventData[Name]> };

/**
 * `<resnet-playground depth="29">`. Methods load the playground where they need it. `pause`, `getState` and `park` do not: without a
 * playground they give what is kept of the run, or null.
 */
export interface ResNetPlaygroundElement extends HTMLElement {
  play(): Promise<CommandResults['play']>;
  pause(): Promise<object>;
  step(): Promise<CommandResults['step']>;
  reset(): Promise<CommandResults['reset']>;
  setLink(link: string): Promise<CommandResults['setLink']>;
  getLink(): Promise<CommandResults['getLink']>;
  getMetrics(): Promise<Metrics>;
  getState(): Promise<{ state: string | null }>;
  setState(state: string): Promise<CommandResults['setState']>;
  park(): Promise<{ state: string | null }>;
  addEventListener<Name extends EventName>(
    type: Name,
    listener: (this: ResNetPlaygroundElement, event: OwnEvents[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends Exclude<keyof HTMLElementEventMap, EventName>>(
    type: Name,
    listener: (this: ResNetPlaygroundElement, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends EventName>(
    type: Name,
    listener: (this: ResNetPlaygroundElement, event: OwnEvents[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'resnet-playground': ResNetPlaygroundElement;
  }
}
