package mo.farol.intake;

/** What a channel's handlers tell each other beside the bytes. */
enum Signal {
  /** Close-down has begun: finish what has arrived, then end. */
  DRAIN,
  /** The client took too long. */
  TOO_SLOW
}
