package mo.farol.window;

/** Counts events. */
final class EventTally implements Tally {
  @Override
  public Window best(Ring ring, int place, long span) {
    Window best = new Window(place, place, 0);
    int from = ring.firstFrom(ring.at(place) - span);
    long latest = ring.at(place) + span;
    for (int to = place; to < ring.size() && ring.at(to) <= latest; to++) {
      while (ring.at(from) < ring.at(to) - span) {
        from++;
      }
      long value = ring.weight(from, to);
      best = value > best.value() ? new Window(from, to, value) : best;
    }
    return best;
  }

  @Override
  public Window whole(Ring ring, int from, int to) {
    return new Window(from, to, ring.weight(from, to));
  }
}
