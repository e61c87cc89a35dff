package mo.farol.parse;

/** Knows what one program writes: adds ECS fields for the message it is given. */
interface Refiner {
  /** Adds what it understands of {@code draft.bytes()[from .. to)}; anything else is left alone. */
  void refine(EventDraft draft, int from, int to);
}
