import type { Locator, Page } from '@playwright/test';

/** What lies beyond the right edge of the window, if the page can be scrolled there. */
export async function beyondTheEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const [root, body] = [document.documentElement, document.body];
    if (Math.max(root.scrollWidth, body.scrollWidth) <= window.innerWidth) return [];
    const isBeyond = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().right > root.clientWidth + 1;
    const beyond = [...body.querySelectorAll('*')].filter((element) => isBeyond(element) && ![...element.children].some(isBeyond));
    const told = beyond.map((element) => `${element.localName}.${element.getAttribute('class')} “${(element.textContent ?? '').trim().slice(0, 40)}”`);
    return told.length > 0 ? told : [`something ${root.scrollWidth} px wide`];
  });
}

/** Texts and values that their own box cuts off. Three dots at the end of a line whose whole words are in a tooltip do not count. */
export async function cutOff(part: Locator): Promise<string[]> {
  return part.evaluate((root) => {
    const found: string[] = [];
    const name = (element: Element) => `${element.localName}.${element.getAttribute('class')} “${(element.textContent ?? '').trim().slice(0, 60)}”`;
    for (const field of root.querySelectorAll<HTMLInputElement>('input:not([type=checkbox], [type=radio], [type=file])')) {
      const isSeen = field.checkVisibility() && field.clientWidth > 2;
      if (isSeen && field.scrollWidth > field.clientWidth + 1) found.push(`the value ${field.value} of ${field.labels?.[0]?.textContent}`);
    }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement!;
      if (!text.textContent?.trim() || !parent.checkVisibility({ visibilityProperty: true }) || parent.closest('svg, option, .visually-hidden, [role=tooltip]')) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const rect = range.getBoundingClientRect();
      if (rect.width === 0) continue;
      const boxes: HTMLElement[] = [];
      for (let box: HTMLElement | null = parent; box !== null && box !== document.body; box = box.parentElement) boxes.push(box);
      for (const box of boxes) {
        const { overflowX, overflowY, textOverflow } = getComputedStyle(box);
        const scrolls = [overflowX, overflowY].some((overflow) => overflow === 'auto' || overflow === 'scroll');
        if (scrolls) break;
        const own = box.getBoundingClientRect();
        const isButton = box.matches('button, a, summary');
        const cutsX = overflowX !== 'visible' || isButton;
        const cutsY = overflowY !== 'visible' || isButton;
        const isBeyondX = cutsX && (rect.left < own.left - 2 || rect.right > own.right + 2);
        const isBeyondY = cutsY && (rect.top < own.top - 2 || rect.bottom > own.bottom + 2);
        const isExplained = textOverflow === 'ellipsis' && box.closest('[title]') !== null;
        if ((isBeyondX || isBeyondY) && !isExplained) found.push(`${isBeyondX ? 'sideways' : 'below'}: ${name(box)}`);
        if (isBeyondX || isBeyondY || box.matches('dialog')) break;
      }
    }
    return [...new Set(found)];
  });
}

/** Controls that a finger or an unsteady hand misses: smaller than 24 by 24 CSS pixels. Links within a sentence are exempt. */
export async function smallTargets(part: Locator): Promise<string[]> {
  return part.evaluate((root) => {
    const found: string[] = [];
    const controls = 'button, a[href], input, select, textarea, summary, [role=button], [role=switch], [role=tab], [role=menuitem], [role=slider]';
    for (const control of root.querySelectorAll<HTMLElement>(controls)) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || control.closest('.visually-hidden, .skip-link, [inert]')) continue;
      // Parts of a drawing are zoomed.
      if (control.closest('svg') && !control.matches('svg')) continue;
      const isInSentence =
        control.matches('a') && [...(control.parentElement?.childNodes ?? [])].some((other) => other.nodeType === 3 && (other.textContent ?? '').trim().length > 3);
      if (isInSentence) continue;
      // Whoever hits the label has hit the control.
      const label = control instanceof HTMLInputElement && ['checkbox', 'radio', 'file'].includes(control.type) ? control.closest('label') : null;
      const { width, height } = (label ?? control).getBoundingClientRect();
      if (width === 0 || (width <= 1 && height <= 1)) continue;
      if (Math.min(width, height) < 23.9) {
        const words = control.getAttribute('aria-label') ?? (control.textContent || control.title || (control as HTMLInputElement).value);
        found.push(`${control.localName}.${control.className} “${words?.trim().slice(0, 40)}” ${Math.round(width)}×${Math.round(height)}`);
      }
    }
    return [...new Set(found)];
  });
}

/** Controls whose edge stands out from what is around them by less than 3:1. Those that cannot be used are exempt. */
export async function faintEdges(part: Locator): Promise<string[]> {
  return part.evaluate((root) => {
    type Channels = [red: number, green: number, blue: number, alpha: number];
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
    const channels = (colour: string): Channels => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data] as Channels;
    };
    const ground = (element: Element | null): Channels => {
      for (let at = element; at; at = at.parentElement) {
        const colour = channels(getComputedStyle(at).backgroundColor);
        if (colour[3] > 250) return colour;
      }
      return [255, 255, 255, 255];
    };
    const luminance = (colour: Channels) => {
      const [red, green, blue] = colour.slice(0, 3).map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: Channels, other: Channels) => {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const found: string[] = [];
    for (const control of root.querySelectorAll<HTMLElement>('input, select, textarea, button')) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || control.closest('.visually-hidden')) continue;
      if (control.matches(':disabled, [aria-disabled=true], [type=file], [type=checkbox], [type=radio]') || control.getBoundingClientRect().width <= 1) continue;
      // A field may stand in a frame that is drawn around it.
      const edgeOf = (element: HTMLElement) => {
        const style = getComputedStyle(element);
        const edges = [
          [style.borderTopWidth, style.borderTopColor],
          [style.borderBottomWidth, style.borderBottomColor],
        ].filter(([width]) => Number.parseFloat(width) > 0);
        return edges.map(([, colour]) => channels(colour)).filter((colour) => colour[3] > 250);
      };
      let frame: HTMLElement = control;
      for (let up = 0; up < 2 && edgeOf(frame).length === 0 && frame.parentElement; up += 1) frame = frame.parentElement;
      // A button without a frame, a tab and an entry of a menu are known by their words, an image by itself.
      const words = control.getAttribute('aria-label') ?? control.textContent?.trim() ?? '';
      const isKnown = control.matches('button') && (frame !== control || control.matches('[role=tab], [role^=menuitem]') || control.querySelector('canvas') !== null);
      if (isKnown && words !== '') continue;
      const around = ground(frame.parentElement);
      const seen = [...edgeOf(frame), channels(getComputedStyle(frame).backgroundColor)].filter((colour) => colour[3] > 250);
      const most = Math.max(0, ...seen.map((colour) => contrast(colour, around)));
      if (most < 3) found.push(`${control.localName}.${control.className} “${words.slice(0, 30)}”: ${most.toFixed(2)}:1`);
    }
    return [...new Set(found)];
  });
}

/** Sets texts apart as WCAG 1.4.12 asks for, or back; without a style element, which a policy could forbid. */
export async function spaceOut(page: Page, apart: boolean) {
  await page.evaluate((apart) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = apart ? [sheet] : [];
  }, apart);
}
