package mo.farol.search;

/**
 * Where searches wait for their turns.
 *
 * @param light every search begins here
 * @param heavy goes on here once it took longer than {@code lightNanos}
 * @param tables those with stages, which hold more memory, stand in this one beside
 * @param turnNanos after which a heavy place is given back where others wait for it
 */
record Lanes(Lane light, Lane heavy, Lane tables, long lightNanos, long turnNanos) {
  void wake(Running who) {
    light.wake(who);
    heavy.wake(who);
    tables.wake(who);
  }
}
