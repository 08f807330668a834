import { expect, test } from 'vitest'
import type { RoundTrip } from '../../shared/contract'
import { daysOf, equityOf, standing, statisticsOf } from './statistics'

const trip = (pnl: string, fees = '0', tradingDay = '2026-02-03') => ({ pnl, fees, tradingDay }) as RoundTrip
const week = [trip('100', '4.5'), trip('-50', '4.5'), trip('-30.25', '4.5'), trip('200', '4.5', '2026-02-04')]

test('every figure is net of fees', () => {
  expect(statisticsOf(week)).toMatchObject({
    count: 4,
    wins: 2,
    losses: 2,
    net: '201.75',
    fees: '18.0',
    winRate: 0.5,
    averageWin: '145.50',
    averageLoss: '44.63',
    expectancy: '50.44',
    largestWin: '195.5',
    largestLoss: '-54.5',
    drawdown: '89.25',
  })
  expect(statisticsOf(week).profitFactor).toBeCloseTo(291 / 89.25, 9)
})
test('fees alone make a trade a loss', () => {
  expect(statisticsOf([trip('0', '4.5')])).toMatchObject({ wins: 0, losses: 1, net: '-4.5' })
})
test('without trades, or without losses, there is no ratio to show', () => {
  expect(statisticsOf([])).toMatchObject({
    count: 0,
    winRate: null,
    profitFactor: null,
    expectancy: null,
    net: '0',
  })
  expect(statisticsOf([trip('10')]).profitFactor).toBeNull()
})
test('excursions are averaged over the trades for which they are known', () => {
  const [first = trip('0'), second = trip('0'), ...others] = week
  const known = [{ ...first, mae: '-25', mfe: '110' }, { ...second, mae: '-75.5', mfe: '10' }, ...others]
  expect(statisticsOf(known)).toMatchObject({ averageMae: '-50.25', averageMfe: '60.00' })
  expect(statisticsOf(week)).toMatchObject({ averageMae: null, averageMfe: null })
})
test('the curve begins at zero and ends at the net', () => {
  expect(equityOf(week)).toEqual(['0', '95.5', '41.0', '6.25', '201.75'])
})
test('what was taken back counts in no figure', () => {
  expect(statisticsOf(standing([...week, { ...trip('1000'), voided: true }]))).toEqual(statisticsOf(week))
})
test('days are summed by the trading day, whatever the hour', () => {
  expect(daysOf(week)).toEqual([
    { day: '2026-02-03', net: '6.25', count: 3 },
    { day: '2026-02-04', net: '195.5', count: 1 },
  ])
})
