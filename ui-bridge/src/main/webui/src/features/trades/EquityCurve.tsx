const WIDTH = 600
const HEIGHT = 120

/** The running sum of the round trips, with the line of zero. */
export function EquityCurve({ curve }: { curve: readonly number[] }) {
  const low = Math.min(0, ...curve)
  const high = Math.max(0, ...curve)
  const x = (index: number) => (curve.length < 2 ? 0 : (index / (curve.length - 1)) * WIDTH)
  const y = (value: number) => (high === low ? HEIGHT / 2 : HEIGHT - ((value - low) / (high - low)) * HEIGHT)
  const points = curve.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  const end = curve.at(-1) ?? 0
  return (
    <svg
      className={`equity ${end < 0 ? 'equity-loss' : 'equity-gain'}`}
      viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Equity curve of ${curve.length - 1} trades, from 0 to ${end.toFixed(2)}`}
    >
      <line x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} className="equity-zero" />
      <polyline points={points} fill="none" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
