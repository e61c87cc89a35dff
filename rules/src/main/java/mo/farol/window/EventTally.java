package mo.farol.window;

/** Counts events. */
final class EventTally implements Tally {
  @Override
  public Window best(Ring ring, int place, long span) {
    Window best = new Window(place, place, 0);
    int from = ring.firstFrom(ring.at(place) - span);
    long latest = ring.at(place) + span;
    long value = ring.weight(from, place - 1);
    for (int to = place; to < ring.size() && ring.at(to) <= latest; to++) {
      value += ring.weight(to);
      for (; ring.at(from) < ring.at(to) - span; from++) {
        value -= ring.weight(from);
      }
      best = value > best.value() ? new Window(from, to, value) : best;
    }
    return best;
  }

  @Override
  public Window whole(Ring ring, int from, int to) {
    return new Window(from, to, ring.weight(from, to));
  }
}
