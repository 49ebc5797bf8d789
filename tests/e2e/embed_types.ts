// A host written in TypeScript: the compiler holds the published types to it.
import type { AnswerMessage, CommandMessage, EventMessage, Metrics } from '../../www/embed/resnet-playground';

const playground = document.querySelector('resnet-playground')!;
const made = document.createElement('resnet-playground');
made.setAttribute('depth', '29');

playground.addEventListener('step', ({ detail }) => detail.step.toFixed());
playground.addEventListener('done', ({ detail }) => (detail.heldOutAccuracy ?? 0).toFixed());
playground.addEventListener('resize', ({ detail }) => detail.height.toFixed());
playground.addEventListener('error', ({ detail }) => detail.message.trim());
playground.addEventListener('click', (event) => event.clientX);
// @ts-expect-error: a step has no accuracy of held-out images
playground.addEventListener('step', ({ detail }) => detail.heldOutAccuracy);
// @ts-expect-error: a link is a text
void playground.setLink(29);
// @ts-expect-error: no command is called so
void playground.explode();

export async function goOn(): Promise<Metrics> {
  const { state } = await playground.park();
  if (state !== null) await playground.setState(state);
  const { link, notices } = await playground.setLink('?depth=20');
  notices.push(link);
  return playground.getMetrics();
}

export const commands: CommandMessage[] = [
  { id: 1, command: 'play' },
  { id: 2, command: 'setLink', params: { link: '?depth=20' } },
  // @ts-expect-error: which link?
  { id: 3, command: 'setLink' },
  // @ts-expect-error: no command is called so
  { id: 4, command: 'explode' },
];

export function read(message: AnswerMessage<'getLink'> | EventMessage): string {
  if ('event' in message) return message.event === 'paused' ? message.data.step.toFixed() : message.event;
  return 'error' in message ? message.error : message.result.url;
}
