import type { ReactNode } from 'react'

interface PickerProps {
  label: string
  /** What is chosen, as short as it may be said; the list under it says more. */
  shown: ReactNode
  value: string
  disabled?: boolean
  testId: string
  className?: string
  title?: string
  onChange: (value: string) => void
  children: ReactNode
}

/** A native select, for what it does right by keyboard and on phones, under a text of our own. */
export function Picker(props: PickerProps) {
  const { label, shown, value, disabled = false, testId, className = '', title, onChange, children } = props
  return (
    <label className={`picker ${className}`} title={title}>
      <span className="sr-only">{label}</span>
      <span className="picker-shown" aria-hidden="true">
        {shown}
      </span>
      <select
        data-testid={testId}
        value={value}
        disabled={disabled}
        onChange={event => onChange(event.target.value)}
      >
        {children}
      </select>
    </label>
  )
}
