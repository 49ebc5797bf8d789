// src/components/ResNetPlayground.tsx of a Docusaurus site.
// Types: save resnet-playground.d.ts of the playground beside this file.
import { type ReactNode, useEffect, useRef } from 'react';
import type { EventData, ResNetPlaygroundElement } from './resnet-playground';

/** The playground's address stands here and nowhere else. */
const PLAYGROUND = 'https://playground.example/';

interface Props {
  /** The experiment as the playground's page has it in its address. */
  link: string;
  title: string;
  hide?: string;
  view?: string;
  theme?: 'light' | 'dark';
  start?: 'click' | 'visible';
  height?: number;
  onDone?: (metrics: EventData['done']) => void;
  children?: ReactNode;
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'resnet-playground': Omit<Props, 'onDone'> & { ref: React.Ref<ResNetPlaygroundElement> };
    }
  }
}

export default function ResNetPlayground({ onDone, ...attributes }: Props) {
  const element = useRef<ResNetPlaygroundElement>(null);
  useEffect(() => {
    const address = `${PLAYGROUND}resnet-playground.js`;
    if (document.querySelector(`script[src="${address}"]`)) return;
    document.head.append(Object.assign(document.createElement('script'), { src: address }));
  }, []);
  useEffect(() => {
    const playground = element.current;
    if (!playground || !onDone) return;
    const done = ({ detail }: CustomEvent<EventData['done']>) => onDone(detail);
    playground.addEventListener('done', done);
    return () => playground.removeEventListener('done', done);
  }, [onDone]);
  return <resnet-playground ref={element} {...attributes} />;
}
