package mo.farol.wire;

/** What a channel's handlers tell each other beside the bytes. */
public enum Signal {
  /** Close-down has begun: finish what has arrived, then end. */
  DRAIN,
  /** The client took too long. */
  TOO_SLOW
}
