package mo.farol.hunt;

import mo.farol.event.Origin;

/** An import, whose windows stay apart from live ones. */
record Import(String agency, String lane, boolean exercise) {
  static Import of(Origin origin) {
    return new Import(origin.agency(), origin.lane(), origin.exercise());
  }
}
