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
}
