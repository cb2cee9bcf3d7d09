/** What makes a sound. Browsers let nobody begin without a click. */
export interface Player {
  /** Resolves with whether it can be heard; `changed` tells later when that changes. */
  begin(changed: (running: boolean) => void): Promise<boolean>
  ring(): void
  end(): void
}

/** How long a browser may think about it. */
const PATIENCE_MS = 2_000
/** Pitch in Hz and begin in seconds of each tone. */
const TONES = [
  [988, 0],
  [740, 0.22],
  [988, 0.44],
] as const
const LONG_S = 0.2
const LOUD = 0.35

/** Three short tones that the browser makes itself: no file, and nothing to load when it matters. */
export class Chime implements Player {
  private context: AudioContext | null = null

  async begin(changed: (running: boolean) => void): Promise<boolean> {
    try {
      const context = (this.context ??= new AudioContext())
      context.onstatechange = () => changed(context.state === 'running')
      // A browser that does not let it sound answers nothing at all.
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
      return context.state === 'running'
    } catch {
      return false
    }
  }
  ring(): void {
    const context = this.context
    if (!context) return
    for (const [pitch, after] of TONES) {
      const from = context.currentTime + after
      const tone = context.createOscillator()
      const volume = context.createGain()
      tone.frequency.value = pitch
      // Risen and fallen softly: a tone that is cut off clicks.
      volume.gain.setValueAtTime(0, from)
      volume.gain.linearRampToValueAtTime(LOUD, from + 0.02)
      volume.gain.linearRampToValueAtTime(0, from + LONG_S)
      tone.connect(volume).connect(context.destination)
      tone.start(from)
      tone.stop(from + LONG_S)
    }
  }
  end(): void {
    const context = this.context
    this.context = null
    if (!context) return
    context.onstatechange = null
    void context.close().catch(() => {})
  }
}
