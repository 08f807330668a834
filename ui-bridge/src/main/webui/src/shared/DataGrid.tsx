import { type ReactNode, useMemo, useRef, useState } from 'react'
import { downloadCsv, type Sorting, sorted, toCsv } from './grid'
import { RowsOutOfView, useRowsInView } from './useRowsInView'

/** At least 370, 480, 660 pixels. */
type Room = 'some' | 'middle' | 'wide'

export interface Column<R> {
  id: string
  title: string
  right?: boolean
  /** Left out where a panel has not that much of it. */
  room?: Room
  cell: (row: R) => ReactNode
  /** Plain value: sorts, filters, and goes into the CSV. Without it the column does none of that. */
  value?: (row: R) => string | number
}

interface DataGridProps<R> {
  rows: readonly R[]
  columns: readonly Column<R>[]
  keyOf: (row: R) => string
  /** Said where there are no rows. */
  empty: string
  /** A filter and a CSV are offered where the rows have a name. */
  name?: string
  rowProps?: (row: R) => Record<string, unknown>
  extra?: ReactNode
}

/** A table of any length: only the rows in view are in the page. Sorted by a click on a head, filtered by a few letters. */
export function DataGrid<R>({ rows, columns, keyOf, empty, name, rowProps, extra }: DataGridProps<R>) {
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const [filter, setFilter] = useState('')
  const shown = useMemo(
    () => sorted(filtered(rows, columns, filter), columns, sorting),
    [rows, columns, filter, sorting],
  )
  const { view, first, end, before, after } = useRowsInView(shown.length)
  /** Once there was a row the table stays: rows come and go many times a minute. */
  const used = useRef(false)
  used.current ||= rows.length > 0
  return (
    <div className="data-grid">
      {(name !== undefined || extra !== undefined) && (
        <div className="grid-bar">
          {extra}
          {name !== undefined && used.current && (
            <>
              <input
                className="grid-filter"
                type="search"
                aria-label={`Filter ${name}`}
                placeholder="filter"
                value={filter}
                onChange={event => setFilter(event.target.value)}
              />
              <button
                type="button"
                className="link-button"
                onClick={() => downloadCsv(`${name}.csv`, toCsv(shown, columns))}
              >
                CSV
              </button>
            </>
          )}
        </div>
      )}
      {!used.current ? (
        <p className="empty">{empty}</p>
      ) : (
        <div className="scroll" ref={view}>
          <table className="grid" aria-rowcount={shown.length}>
            <thead>
              <tr>
                {columns.map(column => (
                  <Head key={column.id} column={column} sorting={sorting} onSort={setSorting} />
                ))}
              </tr>
            </thead>
            <tbody>
              <RowsOutOfView height={before} />
              {shown.slice(first, end).map(row => (
                <tr key={keyOf(row)} {...rowProps?.(row)}>
                  {columns.map(({ id, cell, right, room }) => (
                    <td key={id} className={classes(right, room)}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
              <RowsOutOfView height={after} />
            </tbody>
          </table>
          {rows.length === 0 && <p className="empty">{empty}</p>}
        </div>
      )}
    </div>
  )
}

interface HeadProps<R> {
  column: Column<R>
  sorting: Sorting | null
  onSort: (sorting: Sorting | null) => void
}

function Head<R>({ column, sorting, onSort }: HeadProps<R>) {
  const { id, title, right, room, value } = column
  const mine = sorting?.column === id ? sorting : null
  const next = mine === null ? { column: id, down: true } : mine.down ? { column: id, down: false } : null
  return (
    <th
      scope="col"
      className={classes(right, room)}
      aria-sort={mine === null ? undefined : mine.down ? 'descending' : 'ascending'}
    >
      {value === undefined ? (
        <span className={title === '' ? 'sr-only' : ''}>{title === '' ? 'Actions' : title}</span>
      ) : (
        <button type="button" className="sort" onClick={() => onSort(next)}>
          {title}
          {mine !== null && <span aria-hidden="true">{mine.down ? ' ▾' : ' ▴'}</span>}
        </button>
      )}
    </th>
  )
}

function classes(right: boolean | undefined, room: Room | undefined): string {
  return `${right ? 'right' : ''} ${room === undefined ? '' : `room-${room}`}`.trim()
}

function filtered<R>(rows: readonly R[], columns: readonly Column<R>[], filter: string): readonly R[] {
  const wanted = filter.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter(row =>
    columns.some(({ value }) => value !== undefined && String(value(row)).toLowerCase().includes(wanted)),
  )
}
