const TONES = { up: [660, 880], down: [660, 494], alarm: [880, 440, 880] } as const

let context: AudioContext | null = null

/** A short figure of tones, made here: no file to load, nothing that can be missing. */
export function beep(kind: keyof typeof TONES): void {
  try {
    context ??= new AudioContext()
    TONES[kind].forEach((hertz, index) => {
      if (context === null) return
      const from = context.currentTime + index * 0.09
      const tone = context.createOscillator()
      const volume = context.createGain()
      tone.frequency.value = hertz
      volume.gain.setValueAtTime(0.12, from)
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.08)
      tone.connect(volume).connect(context.destination)
      tone.start(from)
      tone.stop(from + 0.085)
    })
  } catch {
    // A browser without sound, or one that allows none before the first click.
  }
}
