package mo.farol.window;

/** Takes crossings on their way out. */
interface Report {
  /**
   * A group crossed or grew.
   *
   * @param lane whose group it is
   * @param fresh whether the group has just reached its bounds, rather than grown past them
   */
  void crossed(Lane lane, Crossing crossing, boolean fresh);

  /** How a group stands that crossed and grows; {@link #count} follows in its time. */
  void told(Crossing crossing);

  /** A group crossed or grew, all of which was told: for those alone that count it. */
  void count(Lane lane, Crossing crossing, boolean fresh);
}
