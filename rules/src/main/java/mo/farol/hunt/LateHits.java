package mo.farol.hunt;

import java.util.ArrayDeque;
import java.util.List;
import mo.farol.event.Scope;
import mo.farol.window.LateHit;

/**
 * Hits that came too late for their windows, the newest thousand: history has them, and a hunt
 * finds them there. The detection thread writes, any may ask.
 */
public final class LateHits implements LateHit.Sink {
  private static final int KEPT = 1_000;

  private final ArrayDeque<LateHit> newest = new ArrayDeque<>();
  private long count;

  /**
   * What somebody may know of.
   *
   * @param hits the newest, newest first
   * @param count how many of all that are kept; all there were since the start for who sees every
   *     agency
   */
  public record Told(List<LateHit> hits, long count) {
    public Told {
      hits = List.copyOf(hits);
    }
  }

  @Override
  public synchronized void late(LateHit hit) {
    count++;
    newest.addFirst(hit);
    if (newest.size() > KEPT) {
      newest.removeLast();
    }
  }

  /** Those of agencies in a scope, so many at most. */
  public synchronized Told told(Scope scope, int most) {
    var seen = newest.stream().filter(hit -> scope.sees(hit.agency())).toList();
    boolean isAll = scope instanceof Scope.National;
    return new Told(seen.stream().limit(most).toList(), isAll ? count : seen.size());
  }
}
