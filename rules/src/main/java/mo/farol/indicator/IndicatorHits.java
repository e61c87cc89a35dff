package mo.farol.indicator;

/** Takes hits, on the thread that matches. */
@FunctionalInterface
public interface IndicatorHits {
  /** Told of each indicator in each field of an event, once. */
  void hit(IndicatorHit hit);
}
