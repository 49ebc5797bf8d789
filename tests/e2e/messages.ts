// Messages of the trainers that a script sends and reads by itself, without the page.
import { readFileSync } from 'node:fs';

/**
 * Places of the variants of the core's `TrainCommand` and `TrainEvent`, which are the first byte of an encoded message. They
 * stand by name in `messages.json`; that they are right is a matter of the core's test
 * `scripts_find_each_message_where_they_look_for_it`.
 */
const places = JSON.parse(readFileSync(new URL('messages.json', import.meta.url), 'utf8')) as {
  TrainCommand: { Compare: number; CompareOperations: number };
  TrainEvent: Record<Event, number>;
};

type Event = 'Ready' | 'Compared' | 'Failed';

/** Runs a reference case in that folder, and says how far the device's numbers are from Keras'. */
export function compareWithReference(folderUrl: string): number[] {
  const url = new TextEncoder().encode(folderUrl);
  return [places.TrainCommand.Compare, ...variableLength(url.length), ...url];
}

/** Says how far what kernels of our own compute is from what the CPU computes. */
export function compareOperations(): number[] {
  return [places.TrainCommand.CompareOperations];
}

/** A trainer lost its GPU, in the browser's words. */
export function deviceLost(reason: string): number[] {
  const words = new TextEncoder().encode(reason);
  return [places.TrainEvent.Failed, DEVICE_LOST, ...variableLength(words.length), ...words];
}

/** Place of `DeviceLost` among the core's `TrainError`s. */
const DEVICE_LOST = 1;

/** What a trainer says, as far as it answers those two. */
export function read(message: Uint8Array): { event: Event | 'another'; text: string } {
  const names = Object.keys(places.TrainEvent) as Event[];
  const event = names.find((name) => places.TrainEvent[name] === message[0]) ?? 'another';
  const text = new TextDecoder().decode(message.subarray(1));
  return { event, text: event === 'Compared' ? text.slice(text.indexOf('{')) : text };
}

/** A length as postcard writes it: seven bits a byte, the lowest first. */
function variableLength(length: number): number[] {
  return length < 128 ? [length] : [(length & 127) | 128, ...variableLength(length >> 7)];
}
