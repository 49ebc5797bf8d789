// Whether a figure that is read every minute grows.

/** A straight line through figures, by least squares. */
export interface Trend {
  /** Growth from one minute to the next. */
  slope: number;
  /** Two standard errors of the slope: the true one is within it 19 times of 20, as far as the figures scatter without memory. */
  uncertainty: number;
}

/** Of figures, each with its minute; at least three. */
export function trend(points: [minute: number, figure: number][]): Trend {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, level] = [mean(points.map(([minute]) => minute)), mean(points.map(([, figure]) => figure))];
  const spread = points.reduce((sum, [minute]) => sum + (minute - middle) ** 2, 0);
  const slope = points.reduce((sum, [minute, figure]) => sum + (minute - middle) * (figure - level), 0) / spread;
  const missed = points.reduce((sum, [minute, figure]) => sum + (figure - level - slope * (minute - middle)) ** 2, 0);
  return { slope, uncertainty: 2 * Math.sqrt(missed / Math.max(points.length - 2, 1) / spread) };
}

/** What a trend says about growth by more than `bound` a minute. */
export function verdict({ slope, uncertainty }: Trend, bound: number): 'flat' | 'grows' | 'not certain: train longer' {
  if (slope + uncertainty <= bound) return 'flat';
  return slope - uncertainty > bound ? 'grows' : 'not certain: train longer';
}
